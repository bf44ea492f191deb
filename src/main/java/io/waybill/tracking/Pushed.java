package io.waybill.tracking;

import static io.waybill.tracking.TrackingCode.HOOK_UNREADABLE;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.CarrierCode;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Webhooks;
import io.waybill.ledger.Fact;
import io.waybill.ledger.HookBook;
import io.waybill.ledger.InboxBook;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.TrackingBook.Key;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What carriers push: proven, stored, answered; then read, and told like what was asked for. */
final class Pushed {
    private static final Logger LOG = LoggerFactory.getLogger(Pushed.class);
    private static final int BATCH = 50;
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LONGEST_DOUBLING = 6;

    /** How often a label is kept for a purchase that is not recorded yet. */
    private static final int EARLY = 4;

    private final Ledger ledger;
    private final Accounts accounts;
    private final Pace pace;
    private final Runnable wake;
    private final Tracking.Arrivals arrivals;

    Pushed(Ledger ledger, Accounts accounts, Pace pace, Runnable wake, Tracking.Arrivals arrivals) {
        this.arrivals = arrivals;
        this.pace = pace;
        this.ledger = ledger;
        this.accounts = accounts;
        this.wake = wake;
    }

    /** Durable when it returns; a delivery that came before changes nothing. */
    void take(String account, Webhooks.Delivery delivery) {
        String name = webhooks(account)
                .orElseThrow(() -> new ProblemException(Problem.of(CarrierCode.CARRIER_HOOK_UNKNOWN)))
                .prove(delivery);
        String source = "carrier-hook:" + account;
        ledger.commitAll(tx -> {
            if (tx.inbox().find(source, name).isEmpty()) {
                String sha256 = HookProof.nameOf(delivery.body()).substring("sha256:".length());
                tx.inbox().put(source, name, new InboxBook.Entry(sha256, null, "HOOK", null));
                tx.hooks().keep(account, delivery.body());
            }
        });
    }

    /** Reads all that is due; what cannot be read holds up nothing else. */
    synchronized void readDue() {
        List<HookBook.Delivery> due = ledger.read(tx -> tx.hooks().due(BATCH));
        while (!due.isEmpty()) {
            due.forEach(this::read);
            wake.run();
            due = due.size() < BATCH ? List.of() : ledger.read(tx -> tx.hooks().due(BATCH));
        }
    }

    private void read(HookBook.Delivery delivery) {
        boolean early;
        try {
            early = takeIn(delivery);
        } catch (RuntimeException e) {
            LOG.warn("what {} pushed cannot be read: {}", delivery.account(), e.toString());
            ledger.commitAll(tx -> postpone(tx, delivery));
            return;
        }
        if (early && delivery.tries() < EARLY) {
            ledger.commitAll(tx -> tx.hooks().postpone(delivery.id(), Duration.ofSeconds(15L << delivery.tries())));
            return;
        }
        ledger.commitAll(tx -> {
            tx.hooks().read(delivery.id());
            if (delivery.tries() > 0 && !tx.hooks().hasUnreadable(delivery.account())) {
                tx.exceptions().closeBy(Fact.HOOKS_READ, delivery.account());
            }
        });
    }

    /**
     * Its label, then its events: neither is left where the other cannot be taken in.
     *
     * @return whether a label has no purchase yet
     */
    private boolean takeIn(HookBook.Delivery delivery) {
        Webhooks hooks = webhooks(delivery.account())
                .orElseThrow(() -> new IllegalStateException("this account takes no webhooks any more"));
        try {
            return hooks.arrived(delivery.body()).stream()
                            .filter(label -> !arrivals.take(delivery.account(), label))
                            .count()
                    > 0;
        } finally {
            Map<String, List<Tracks.Event>> byNumber = hooks.read(delivery.body()).stream()
                    .collect(Collectors.groupingBy(
                            Tracks.Event::trackingNumber, LinkedHashMap::new, Collectors.toList()));
            byNumber.forEach((number, events) -> tellOf(delivery.account(), number, events));
        }
    }

    /** A number that nobody has may be told with blanks or hyphens, or in small letters. */
    private void tellOf(String account, String number, List<Tracks.Event> events) {
        String plain = NumberText.plain(number);
        if (plain.equals(number)
                || !ledger.read(tx -> tx.numbers().shipments(number)).isEmpty()) {
            tell(account, number, events);
        } else {
            tell(account, plain, events.stream().map(event -> event.of(plain)).toList());
        }
    }

    /** An account tells of its own shipments only, whatever numbers it names. */
    private void tell(String account, String number, List<Tracks.Event> events) {
        for (String id : ledger.read(tx -> tx.numbers().shipments(number))) {
            Optional<ShipmentRow> found = ledger.read(tx -> tx.shipments().find(id, Namespaces.ALL))
                    .filter(row -> account.equals(row.account()));
            if (found.isPresent()) {
                Moving moving = new Moving(id, found.get().orderUid(), account, null, null, 0);
                ledger.commitAll(tx -> tell(tx, moving, events));
            }
        }
    }

    private void tell(Tx tx, Moving shipment, List<Tracks.Event> events) {
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        Set<Key> known = tx.tracking().known(List.of(shipment.id()));
        boolean over = Journey.tell(tx, order, shipment, events, known, "push").over();
        tx.journeys().next(shipment.id(), over ? null : pace.afterPush(shipment.id()));
    }

    /** Tried again for a month, ever more rarely: a newer hub may read it. */
    private static void postpone(Tx tx, HookBook.Delivery delivery) {
        tx.hooks().forget(KEPT);
        tx.hooks().postpone(delivery.id(), Duration.ofMinutes(1L << Math.min(delivery.tries(), LONGEST_DOUBLING)));
        if (!tx.exceptions().isOpen(Reason.HOOK_UNREADABLE, delivery.account())) {
            Problem problem = Problem.of(HOOK_UNREADABLE, "account", delivery.account());
            tx.exceptions()
                    .open(
                            Reason.HOOK_UNREADABLE,
                            delivery.account(),
                            "",
                            null,
                            null,
                            null,
                            Json.text(List.of(problem)));
        }
    }

    private Optional<Webhooks> webhooks(String account) {
        return accounts.find(account)
                .map(Account::carrier)
                .filter(Webhooks.class::isInstance)
                .map(Webhooks.class::cast);
    }
}
