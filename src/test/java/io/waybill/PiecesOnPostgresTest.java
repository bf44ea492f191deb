package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class PiecesOnPostgresTest extends PiecesContract {
    @Override
    Database database() {
        return Stores.postgres();
    }
}
