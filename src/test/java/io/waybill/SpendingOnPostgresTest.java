package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class SpendingOnPostgresTest extends SpendingContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
