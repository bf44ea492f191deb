package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class RolloutOnPostgresTest extends RolloutContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
