package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class BooksAddUpOnPostgresTest extends BooksAddUpContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
