package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class ShadowOnPostgresTest extends ShadowContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
