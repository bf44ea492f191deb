package io.waybill;

/** How a hub does: its disk, its database, and what waits to be bought and told. */
final class Pulse implements AutoCloseable {
    final Vitals vitals;
    final Waiting waiting;

    Pulse(Plan plan, Ground ground) {
        vitals = new Vitals(plan.load, ground.ledger, ground.data::freeBytes);
        waiting = new Waiting(ground.ledger, plan.accounts, plan.load.maxAge(), vitals::tell);
        vitals.lookAtDisk();
    }

    void start() {
        vitals.start();
        waiting.start();
    }

    @Override
    public void close() {
        waiting.close();
        vitals.close();
    }
}
