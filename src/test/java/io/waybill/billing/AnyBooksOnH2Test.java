package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class AnyBooksOnH2Test extends AnyBooksContract {
    @Override
    Database database(Path at) {
        return Stores.h2(at);
    }

    @Override
    int seeds() {
        return 4;
    }
}
