package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class AnyTogetherOnH2Test extends AnyTogetherContract {
    /** In a file system in memory. */
    @Override
    Database database() {
        return Stores.memory();
    }
}
