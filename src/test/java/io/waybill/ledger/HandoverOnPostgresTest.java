package io.waybill.ledger;

import java.nio.file.Path;

class HandoverOnPostgresTest extends HandoverContract {
    @Override
    Database database(Path folder) {
        return Stores.postgres();
    }
}
