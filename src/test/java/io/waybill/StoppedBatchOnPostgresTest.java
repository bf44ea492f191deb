package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class StoppedBatchOnPostgresTest extends StoppedBatchContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
