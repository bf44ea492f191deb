package io.waybill.tracking;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class JourneyOnPostgresTest extends JourneyContract {

    @Override
    Database database() {
        return Stores.postgres();
    }
}
