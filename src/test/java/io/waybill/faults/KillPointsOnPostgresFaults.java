package io.waybill.faults;

import java.io.IOException;

class KillPointsOnPostgresFaults extends KillPoints {
    @Override
    Store store() throws IOException {
        return Store.postgresql();
    }
}
