package io.waybill;

import io.waybill.api.Api;
import io.waybill.billing.Billing;
import io.waybill.delivery.Sink;
import io.waybill.rollout.Pricing;
import io.waybill.settings.Settings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The promise, wired: take in once → choose → buy → record → deliver. Each part stands on those before it alone. Knows
 * nothing of Camel.
 */
final class Spine implements AutoCloseable {
    final Plan plan;
    final Ground ground;
    final Pulse pulse;
    final Telling telling;
    final Buying buying;
    final TakingIn takingIn;
    final Batches batches;
    final Billing billing;
    private final Clockwork clockwork;
    private final LookupWatch lookups;
    private final Opening opening;

    /** @param sinkOf the sink under a name; asked when its first event is delivered */
    Spine(Settings settings, DataFolder data, Function<String, Sink> sinkOf) {
        plan = new Plan(settings, data);
        ground = new Ground(plan, data);
        pulse = new Pulse(plan, ground);
        telling = new Telling(plan, ground, sinkOf);
        buying = new Buying(plan, ground, pulse, telling);
        takingIn = new TakingIn(plan, ground, pulse, buying);
        batches = new Batches(plan, ground, buying, takingIn);
        billing = new Billing(
                ground.ledger,
                plan.accounts,
                ground.mappings,
                plan.contracts,
                plan.lookups.resolve("gl.csv"),
                ground.node.name);
        Pricing pricing = new Pricing(ground.ledger, buying::price);
        clockwork = new Clockwork(ground.ledger, plan.sinks, takingIn.desk, billing, pricing, ground.node::has);
        lookups = ground.watchLookups();
        opening = new Opening(plan, ground, clockwork::followStages);
        clockwork.followStages();
    }

    /** The calls of the REST interface over these parts. */
    Api api() {
        return new Api(
                ground.records(),
                takingIn.doors(),
                buying.carriage(),
                telling.delivery,
                batches.sheets(),
                billing,
                opening.calls());
    }

    /** Lets the other nodes of the database know; before anything is claimed. */
    void join() {
        ground.node.join(this::takeOver, pulse.vitals::outgrow);
    }

    /** A node is gone: what it had claimed is looked up, sent and finished here. */
    private void takeOver() {
        buying.wake();
        clockwork.resumeBills();
    }

    void start() {
        pulse.start();
        buying.dispatch.start();
        telling.start();
        buying.tracking.start();
        ground.housekeeping.start();
        batches.start();
        clockwork.start();
        lookups.start();
    }

    /** Claims nothing any more; open purchases finish, and what they have to tell is told if that is quick. What is left is taken up at the next start. */
    void drain() {
        ground.node.standDown();
        buying.dispatch.claimNoMore();
        clockwork.close();
        lookups.close();
        together(
                buying.dispatch::finish,
                batches.uploads::close,
                batches.comparing::close,
                ground.housekeeping::close,
                buying.tracking::close);
        buying.dispatch.close();
        telling.close();
        ground.node.leave();
        pulse.close();
    }

    /** What takes long to end keeps nothing else from its own end, and the hub no longer than it takes itself. */
    private static void together(Runnable... ends) {
        ExecutorService each = Executors.newCachedThreadPool();
        List<CompletableFuture<Void>> ending = Stream.of(ends)
                .map(end -> CompletableFuture.runAsync(end, each))
                .toList();
        each.shutdown();
        ending.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        batches.uploads.close();
        batches.comparing.close();
        ground.close();
    }
}
