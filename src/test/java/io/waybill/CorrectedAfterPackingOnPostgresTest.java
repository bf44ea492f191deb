package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class CorrectedAfterPackingOnPostgresTest extends CorrectedAfterPackingContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
