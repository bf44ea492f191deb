package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Retention;
import io.waybill.tracking.Scans;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What happens around the orders: the hub works or dies, time passes, accounts come and go, parcels are scanned. */
final class LifeAroundActs {
    private static final List<Long> PASSES = List.of(1_000L, 10_000L, 40_000L, 100_000L, 130_000L, 4_000_000L);
    private static final List<String> STATUSES =
            List.of("in_transit", "delivery_failed", "out_for_delivery", "delivered", "return_to_sender");

    private final LifeWorld world;
    private final LifeHub hub;

    LifeAroundActs(LifeWorld world) {
        this.world = world;
        this.hub = world.hub();
    }

    Map<String, Consumer<LifeTry>> all() {
        return Map.ofEntries(
                Map.entry("work", act -> hub.work(act.dice())),
                Map.entry("turn", act -> hub.turn()),
                Map.entry("pass", this::pass),
                Map.entry("kill", act -> hub.kill()),
                Map.entry("die", act -> hub.dies(true)),
                Map.entry("scan", this::scan),
                Map.entry("retain", act -> retain()),
                Map.entry("gone", act -> gone()),
                Map.entry("heir", act -> heir()),
                Map.entry("back", act -> hub.restart()),
                Map.entry("fees", act -> hub.refunds()),
                Map.entry("audit", act -> hub.audit()),
                Map.entry("off", this::switchOff),
                Map.entry("on", this::switchOn));
    }

    private void pass(LifeTry act) {
        world.pass(1 + act.dice().nextLong(act.one(PASSES)));
    }

    private void retain() {
        world.tell("labels are kept for a day");
        Retention aDay =
                new Retention(Optional.empty(), Optional.of(Duration.ofDays(1)), Optional.empty(), Optional.empty());
        new Erasure(world.ledger()).retain(aDay, () -> () -> true);
    }

    private void gone() {
        world.tell("starts without spare");
        hub.restartWithoutSpare();
    }

    private void heir() {
        world.tell("starts with heir for fake");
        hub.restartWithHeir();
    }

    private void switchOff(LifeTry act) {
        String account = act.one(world.carriers()).account().name();
        world.tell(account + " is switched off");
        world.ledger().commitAll(tx -> tx.stops().stop(account, "lunch", "ops"));
    }

    private void switchOn(LifeTry act) {
        String account = act.one(world.carriers()).account().name();
        world.ledger().commit(tx -> tx.stops().start(account));
    }

    /** Now and then of a label whose sale the hub has not heard of yet. */
    private List<String> numbers(LifeTry act) {
        return act.onceIn(3)
                ? world.sales().map(sale -> "1Z" + sale.id).toList()
                : world.tables().column("SELECT DISTINCT number_value FROM shipment_number ORDER BY number_value");
    }

    private void scan(LifeTry act) {
        List<String> numbers = numbers(act);
        if (numbers.isEmpty()) {
            return;
        }
        String number = act.one(numbers);
        String status = act.one(STATUSES);
        world.tell(number + " is " + status);
        ObjectNode scan = JsonNodeFactory.instance
                .objectNode()
                .put("trackingNumber", number)
                .put("status", status)
                .put("occurredAt", Instant.now().toString());
        world.ledger().commit(tx -> Scans.tell(tx, "acme", scan));
    }
}
