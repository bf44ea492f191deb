package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RolloutOnH2Test extends RolloutContract {
    @Override
    Database database() {
        return Stores.h2(folder.resolve("db"));
    }
}
