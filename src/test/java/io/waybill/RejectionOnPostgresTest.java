package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RejectionOnPostgresTest extends RejectionContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
