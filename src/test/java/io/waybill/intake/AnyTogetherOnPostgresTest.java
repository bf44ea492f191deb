package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyTogetherOnPostgresTest extends AnyTogetherContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
