package io.waybill;

import io.waybill.billing.Billing;
import io.waybill.delivery.Sinks;
import io.waybill.intake.Desk;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Stage;
import io.waybill.rollout.Pricing;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a hub does by the clock and no loop of a room does: ship dates that come, stages that were switched, bills and prices of shadows. */
final class Clockwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clockwork.class);
    private static final Duration DATES = Duration.ofSeconds(10);
    private static final Duration STAGES = Duration.ofSeconds(2);
    private static final Duration PRICES = Duration.ofSeconds(1);
    private static final Duration BILLS = Duration.ofMinutes(5);

    private final Ledger ledger;
    private final Sinks sinks;
    private final Desk desk;
    private final Billing billing;
    private final Pricing pricing;
    private final Predicate<String> duties;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "clockwork"));

    /** A carrier that does not answer holds nothing up but the bills, and not the end of the hub. */
    private final ScheduledExecutorService bills = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bills");
        thread.setDaemon(true);
        return thread;
    });

    /** @param duties whether what one node does at a time is this node's to do now */
    Clockwork(Ledger ledger, Sinks sinks, Desk desk, Billing billing, Pricing pricing, Predicate<String> duties) {
        this.ledger = ledger;
        this.sinks = sinks;
        this.desk = desk;
        this.billing = billing;
        this.pricing = pricing;
        this.duties = duties;
    }

    void start() {
        resumeBills();
        every(clock, DATES, "ship dates were not looked at", this::releaseDue);
        every(clock, STAGES, "stages were not looked at", this::readStages);
        every(bills, PRICES, "shadow orders were not priced", this::priceShadows);
        every(bills, BILLS, "bills were not pulled", this::pullBills);
    }

    private static void every(ScheduledExecutorService clock, Duration pause, String failed, Runnable task) {
        var unused = clock.scheduleWithFixedDelay(
                () -> quietly(failed, task), 1_000, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void quietly(String failed, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // what is thrown on ends its clock
            LOG.atLevel(LedgerFailure.telling(e)).log("{}: {}", failed, e.toString());
        }
    }

    /** Goes on with bills that were being matched when their node went; where others have the bills, they do at their next look. */
    void resumeBills() {
        clock.execute(() -> {
            if (duties.test("bills")) {
                billing.resume(this::mayBill);
            }
        });
    }

    /** Stages that any node's people switched. */
    void followStages() {
        quietly("stages were not looked at", this::readStages);
    }

    private void readStages() {
        sinks.follow(ledger.read(tx -> {
            Map<Stage, Set<String>> off = new EnumMap<>(Stage.class);
            for (Stage stage : Stage.values()) {
                off.put(stage, tx.rollout().off(stage));
            }
            return off;
        }));
    }

    private void releaseDue() {
        while (duties.test("ship-dates") && desk.releaseDue() >= Desk.RELEASED_AT_ONCE && !clock.isShutdown()) {
            // the next ones
        }
    }

    private void priceShadows() {
        while (duties.test("bills") && pricing.priceSome() && !bills.isShutdown()) {
            // the next page
        }
    }

    private void pullBills() {
        if (duties.test("bills")) {
            billing.resume(this::mayBill); // of a node that left, or that another than this one found gone
            billing.disputes().watchDeadlines();
        }
        while (mayBill() && billing.pull()) {
            // the next days
        }
    }

    private boolean mayBill() {
        return !bills.isShutdown() && duties.test("bills");
    }

    /** What is being done is finished, but no bill is waited for; nor is it interrupted, which an embedded database takes ill. */
    @Override
    public void close() {
        clock.shutdown();
        bills.shutdown();
    }
}
