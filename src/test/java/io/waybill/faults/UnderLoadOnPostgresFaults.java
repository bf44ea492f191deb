package io.waybill.faults;

import java.io.IOException;

class UnderLoadOnPostgresFaults extends UnderLoad {
    @Override
    Store store() throws IOException {
        return Store.postgresql();
    }
}
