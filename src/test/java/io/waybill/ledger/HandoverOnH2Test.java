package io.waybill.ledger;

import java.nio.file.Path;

class HandoverOnH2Test extends HandoverContract {
    @Override
    Database database(Path folder) {
        return Stores.h2(folder);
    }
}
