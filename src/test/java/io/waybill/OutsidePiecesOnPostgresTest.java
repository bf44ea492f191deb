package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;

class OutsidePiecesOnPostgresTest extends OutsidePiecesContract {
    @Override
    Database database() {
        return Stores.postgres();
    }

    @Override
    String waiting() {
        return "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    }
}
