package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;

class ThreeWaysOnPostgresTest extends ThreeWaysContract {
    @Override
    Database database(Path folder) {
        return Stores.postgres();
    }
}
