package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class MovedOrderOnPostgresTest extends MovedOrderContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
