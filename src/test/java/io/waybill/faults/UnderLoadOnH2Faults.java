package io.waybill.faults;

class UnderLoadOnH2Faults extends UnderLoad {
    @Override
    Store store() {
        return Store.h2();
    }
}
