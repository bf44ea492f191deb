package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class ShadowOnH2Test extends ShadowContract {
    @Override
    Database database() {
        return Stores.h2(folder.resolve("db"));
    }
}
