package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AtOnceOnPostgresTest extends AtOnceContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
