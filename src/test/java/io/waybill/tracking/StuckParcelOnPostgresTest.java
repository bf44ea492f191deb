package io.waybill.tracking;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class StuckParcelOnPostgresTest extends StuckParcelContract {

    @Override
    Database database() {
        return Stores.postgres();
    }
}
