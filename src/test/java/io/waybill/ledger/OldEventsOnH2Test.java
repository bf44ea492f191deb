package io.waybill.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class OldEventsOnH2Test extends OldEventsContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
