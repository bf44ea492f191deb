package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

class PiecesOnH2Test extends PiecesContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder.resolve(UUID.randomUUID().toString()));
    }
}
