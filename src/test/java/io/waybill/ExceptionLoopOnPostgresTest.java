package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class ExceptionLoopOnPostgresTest extends ExceptionLoopContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
