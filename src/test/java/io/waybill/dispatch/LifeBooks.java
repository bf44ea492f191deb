package io.waybill.dispatch;

import java.util.List;

/** All books of a walk: what must hold at every moment, and what must hold once nothing is left to do. */
final class LifeBooks {
    private final LifeTables tables;
    private final LifeEventBooks events;
    private final LifeLabelBooks labels;
    private final LifeBoxBooks boxes;
    private final LifeMoneyBooks money;
    private final LifePeopleBooks people;

    LifeBooks(LifeWorld world) {
        this.tables = world.tables();
        this.events = new LifeEventBooks(world);
        this.labels = new LifeLabelBooks(world);
        this.boxes = new LifeBoxBooks(world);
        this.money = new LifeMoneyBooks(world);
        this.people = new LifePeopleBooks(world);
    }

    /** @throws AssertionError when a promise is broken */
    void check() {
        labels.check();
        money.check();
        events.check();
    }

    /** @throws AssertionError when a promise is broken */
    void checkAtTheEnd() {
        List<LifeShipment> shipments = LifeShipment.all(tables);
        shipments.forEach(labels::checkAtTheEnd);
        shipments.forEach(money::checkAtTheEnd);
        labels.eachSaleIsKnown();
        people.exceptions();
        boxes.check();
        people.waiting();
        labels.manifests();
        money.bills();
        people.stories();
        money.refunds();
        people.auditLog();
    }
}
