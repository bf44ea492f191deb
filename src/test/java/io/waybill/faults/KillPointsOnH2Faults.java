package io.waybill.faults;

class KillPointsOnH2Faults extends KillPoints {
    @Override
    Store store() {
        return Store.h2();
    }
}
