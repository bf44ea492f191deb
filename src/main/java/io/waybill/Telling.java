package io.waybill;

import io.waybill.delivery.Bundles;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Sink;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Deliver: every fact goes to the sinks it is owed to, each by itself or in bundles. */
final class Telling implements AutoCloseable {
    final Delivery delivery;
    final Bundles bundles;
    private final Duration flush;

    /** @param sinkOf the sink under a name; asked when its first event is delivered */
    Telling(Plan plan, Ground ground, Function<String, Sink> sinkOf) {
        HubNode node = ground.node;
        delivery = new Delivery(ground.ledger, node.run, plan.sinks, sinkOf);
        delivery.keeps(plan.retention.events());
        bundles = new Bundles(ground.ledger, node.name, Clock.systemUTC(), node::has);
        flush = plan.load.flush();
    }

    void start() {
        delivery.start();
    }

    /** Tells what is due if that is quick, and no more. */
    @Override
    public void close() {
        delivery.flush(flush);
        delivery.stop();
    }
}
