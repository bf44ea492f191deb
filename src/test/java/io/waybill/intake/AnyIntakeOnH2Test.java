package io.waybill.intake;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;

class AnyIntakeOnH2Test extends AnyIntakeContract {
    /** In a file system in memory. */
    @Override
    Database database() {
        return new Database("jdbc:h2:nioMemFS:" + Ids.next("intake"), "sa", "");
    }
}
