package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TakenBackOnH2Test extends TakenBackContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
