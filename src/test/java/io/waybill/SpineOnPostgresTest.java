package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class SpineOnPostgresTest extends SpineContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
