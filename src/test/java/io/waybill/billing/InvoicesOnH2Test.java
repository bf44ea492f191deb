package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class InvoicesOnH2Test extends InvoicesContract {
    @Override
    Database database(Path at) {
        return Stores.h2(at);
    }
}
