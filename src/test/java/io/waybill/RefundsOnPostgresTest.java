package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RefundsOnPostgresTest extends RefundsContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
