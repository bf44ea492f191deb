package io.waybill.tracking;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyJourneyOnPostgresTest extends AnyJourneyContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
