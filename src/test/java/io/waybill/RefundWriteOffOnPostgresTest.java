package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RefundWriteOffOnPostgresTest extends RefundWriteOffContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
