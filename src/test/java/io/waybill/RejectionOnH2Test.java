package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RejectionOnH2Test extends RejectionContract {
    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
