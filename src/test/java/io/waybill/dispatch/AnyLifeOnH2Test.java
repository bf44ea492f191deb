package io.waybill.dispatch;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyLifeOnH2Test extends AnyLifeContract {
    @Override
    Database database() {
        return Stores.memory();
    }

    @Override
    int walks() {
        return 12;
    }
}
