package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class PullsOnH2Test extends PullsContract {
    @Override
    Database database(Path at) {
        return Stores.h2(at);
    }
}
