package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class HubOnH2Test extends HubContract {
    @Override
    Database database(Path folder) {
        return Stores.h2(folder);
    }
}
