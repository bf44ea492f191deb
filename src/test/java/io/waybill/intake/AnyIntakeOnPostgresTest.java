package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyIntakeOnPostgresTest extends AnyIntakeContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
