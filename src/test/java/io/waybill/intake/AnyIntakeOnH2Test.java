package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyIntakeOnH2Test extends AnyIntakeContract {
    /** In a file system in memory. */
    @Override
    Database database() {
        return Stores.memory();
    }
}
