package io.waybill.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class AttemptCarrierOnH2Test extends AttemptCarrierContract {
    @TempDir
    Path folder;

    @Override
    Database empty() {
        return Database.embedded(folder.resolve("waybill"));
    }
}
