package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AfterRestoreOnPostgresTest extends AfterRestoreContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
