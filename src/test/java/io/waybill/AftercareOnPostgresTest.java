package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AftercareOnPostgresTest extends AftercareContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
