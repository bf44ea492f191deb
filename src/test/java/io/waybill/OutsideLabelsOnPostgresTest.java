package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class OutsideLabelsOnPostgresTest extends OutsideLabelsContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
