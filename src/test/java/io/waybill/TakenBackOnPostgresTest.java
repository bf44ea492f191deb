package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class TakenBackOnPostgresTest extends TakenBackContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
