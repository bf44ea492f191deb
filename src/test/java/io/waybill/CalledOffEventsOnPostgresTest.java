package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class CalledOffEventsOnPostgresTest extends CalledOffEventsContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
