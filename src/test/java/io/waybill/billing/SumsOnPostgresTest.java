package io.waybill.billing;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class SumsOnPostgresTest extends SumsContract {
    @Override
    Database database(Path at) {
        return Stores.postgres();
    }
}
