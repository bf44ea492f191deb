package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class LoadOnPostgresTest extends LoadContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
