package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class SumsOnH2Test extends SumsContract {
    @Override
    Database database(Path at) {
        return Stores.h2(at);
    }
}
