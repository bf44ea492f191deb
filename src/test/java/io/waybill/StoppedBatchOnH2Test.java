package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class StoppedBatchOnH2Test extends StoppedBatchContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
