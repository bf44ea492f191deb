package io.waybill;

import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RefundWriteOffOnH2Test extends RefundWriteOffContract {
    @TempDir
    Path folder;

    @Override
    Database database() {
        return Stores.h2(folder);
    }
}
