package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;

class AnyTogetherOnH2Test extends AnyTogetherContract {
    /** In a file system in memory. */
    @Override
    Database database() {
        return new Database("jdbc:h2:nioMemFS:" + Ids.next("together"), "sa", "");
    }
}
