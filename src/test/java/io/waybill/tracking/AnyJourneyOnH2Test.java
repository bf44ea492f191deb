package io.waybill.tracking;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyJourneyOnH2Test extends AnyJourneyContract {
    @Override
    Database database() {
        return Stores.memory();
    }
}
