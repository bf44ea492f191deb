package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class BooksAddUpOnH2Test extends BooksAddUpContract {
    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
