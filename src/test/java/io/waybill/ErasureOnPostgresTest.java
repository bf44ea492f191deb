package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class ErasureOnPostgresTest extends ErasureContract {

    @Override
    Database database() {
        return Stores.postgres();
    }
}
