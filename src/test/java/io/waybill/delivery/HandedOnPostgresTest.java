package io.waybill.delivery;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class HandedOnPostgresTest extends HandedContract {
    @Override
    Database database(Path folder) {
        return Stores.postgres();
    }
}
