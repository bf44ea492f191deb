package io.waybill.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class NewestOnH2Test extends NewestContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
