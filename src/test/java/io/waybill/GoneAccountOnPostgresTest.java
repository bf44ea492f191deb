package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class GoneAccountOnPostgresTest extends GoneAccountContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
