package io.waybill.dispatch;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyLifeOnPostgresTest extends AnyLifeContract {
    @Override
    Database database() {
        return Stores.postgres();
    }

    @Override
    int walks() {
        return 3;
    }
}
