package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class SentTwiceOnPostgresTest extends SentTwiceContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
