package io.waybill.tracking;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StuckParcelOnH2Test extends StuckParcelContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
