package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class AnyBooksOnPostgresTest extends AnyBooksContract {
    @Override
    Database database(Path at) {
        return Stores.postgres();
    }

    @Override
    int seeds() {
        return 2;
    }
}
