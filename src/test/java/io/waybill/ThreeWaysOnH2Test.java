package io.waybill;

import io.waybill.ledger.Database;
import java.nio.file.Path;

class ThreeWaysOnH2Test extends ThreeWaysContract {
    @Override
    Database database(Path folder) {
        return new Database("jdbc:h2:file:" + folder.resolve("other") + "", "sa", "");
    }
}
