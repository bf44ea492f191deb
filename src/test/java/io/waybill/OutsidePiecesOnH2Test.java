package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class OutsidePiecesOnH2Test extends OutsidePiecesContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }

    @Override
    String waiting() {
        return "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL";
    }
}
