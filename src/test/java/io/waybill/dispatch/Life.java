package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.billing.Billing;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.BreakerSettings;
import io.waybill.carrier.RetryBudget;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Intake;
import io.waybill.intake.Origin;
import io.waybill.intake.Originals;
import io.waybill.intake.Outside;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.ManifestBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Retention;
import io.waybill.ledger.ShipmentRow;
import io.waybill.mapping.Mappings;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Content;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import io.waybill.tracking.Scans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One walk through the lives of some orders: what was thrown happens, one thing after another, or while the hub waits for
 * its carrier; then all goes well until nothing is left to do, and the books must agree.
 */
final class Life {
    private static final DispatchSettings PATIENCE = new DispatchSettings(
            Duration.ofSeconds(120),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(8));
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            source.strict.onChange=conflict
            source.small.onChange=replace
            source.small.limit.labelsPerDay=2
            service.ground=fake:ground
            service.express=spare:ground
            """);
    /** Its time is not the walk's. */
    private static final BreakerSettings NEVER = new BreakerSettings(100, 10_000, 10_000, Duration.ofMinutes(1));

    private static final RetryBudget.Limits PLENTY = new RetryBudget.Limits(100, 10_000, Duration.ofMinutes(1));
    private static final Spending SPENDING = Spending.read(SETTINGS);
    private static final Orders ORDERS = new Orders();
    private static final List<Duration> AUDITS = List.of(
            Duration.ofMinutes(20),
            Duration.ofHours(2),
            Duration.ofHours(25),
            Duration.ofHours(25),
            Duration.ofHours(2));
    private static final List<Long> PASSES = List.of(1_000L, 10_000L, 40_000L, 100_000L, 130_000L, 4_000_000L);
    private static final Map<String, String> AIMS = Map.of(
            "resolve", "UNKNOWN|REVIEW",
            "void", "LABELLED|BOUGHT",
            "retry", "REFUSED|UNKNOWN|REVIEW|VOIDING|BOUGHT",
            "another", "VOIDED|LABELLED",
            "patch", "READY|REFUSED|VOIDED|HELD",
            "pack", "HELD|READY|REFUSED",
            "release", "HELD",
            "past limit", "HELD");
    private static final int ROUNDS = 200;
    private static final int DEEPEST = 3;

    private final Ledger ledger;
    private final LifeBooks books;
    private final List<LifeCarrier> carriers;
    private final Accounts accounts;
    private final Accounts fewer;
    private final Choosing choosing;
    private final Sources sources = new Sources(SETTINGS.section("source"), SETTINGS.section("defaults"));
    private final boolean atOnce;
    private final List<String> history = new ArrayList<>();
    private final Deque<LifeAct> left = new ArrayDeque<>();
    private final List<Dispatch> nodes = new ArrayList<>();

    /** What was taken in, as whoever sent it knows: the hub's id by number. */
    final Map<String, String> orders = new TreeMap<>();

    /** How often each was taken in with something new in it. */
    final Map<String, Integer> revisions = new TreeMap<>();

    /** What people did and were told was done: act and hub id. */
    final Map<String, Integer> done = new TreeMap<>();

    private final boolean single;
    private Dispatch dispatch;
    private Dispatch other;
    private boolean dies;
    private int deaths;
    private int depth;

    Life(Ledger ledger, LifeBooks books, long seed) {
        this.ledger = ledger;
        this.books = books;
        SplittableRandom dice = new SplittableRandom(seed);
        this.carriers = List.of(
                new LifeCarrier("fake", dice.nextLong(), this::tell, this::meanwhile),
                new LifeCarrier("spare", dice.nextLong(), this::tell, this::meanwhile));
        List<Account> all = carriers.stream().map(Life::account).toList();
        this.accounts = new Accounts(all, NEVER, PLENTY);
        this.fewer = new Accounts(all.subList(0, 1), NEVER, PLENTY);
        this.choosing = Choosing.read(SETTINGS.section(""), accounts);
        this.atOnce = dice.nextBoolean();
        this.single = dice.nextBoolean();
        this.dispatch = born();
        this.other = single ? dispatch : born();
        tell(carriers + (atOnce ? ", bought at once" : "") + (single ? "" : ", two nodes"));
    }

    private static Account account(LifeCarrier carrier) {
        Aftercare care = new Aftercare(
                Duration.ofMinutes(30),
                List.of(Duration.ofMinutes(15), Duration.ofHours(24)),
                Duration.ofDays(28),
                Duration.ofDays(5));
        return new Account(
                carrier.name,
                "ups",
                carrier,
                Set.of(),
                4,
                Duration.ofSeconds(95),
                "on_creation",
                carrier.isProven(),
                care);
    }

    Accounts accounts() {
        return accounts;
    }

    List<String> history() {
        return history;
    }

    List<LifeCarrier> carriers() {
        return carriers;
    }

    /** Whether something happened so often, as far as people know: of what was done when the hub was killed nobody was told. */
    boolean may(int happened, int told) {
        return told <= happened && happened <= told + deaths;
    }

    /** Called in a transaction that tells sinks something. */
    void telling() {
        if (dies) {
            dies = false;
            tell("the hub is killed before its commit");
            throw new Crash();
        }
    }

    /** @throws AssertionError when a promise is broken */
    void run(List<LifeAct> acts) {
        try {
            left.addAll(acts);
            while (!left.isEmpty()) {
                act(left.remove());
                books.check(this);
            }
            calmDown();
            books.checkAtTheEnd(this);
        } finally {
            nodes.forEach(Dispatch::close);
        }
    }

    private void meanwhile() {
        LifeAct next = left.peek();
        if (next == null || !next.meanwhile() || depth >= DEEPEST) {
            return;
        }
        left.remove();
        depth++;
        try {
            tell("meanwhile:");
            perform(next);
        } finally {
            depth--;
        }
    }

    private void act(LifeAct act) {
        try {
            perform(act);
        } catch (Crash crash) {
            depth = 0;
            deaths++;
            dispatch = born();
            other = single ? dispatch : other;
        }
    }

    private Dispatch born() {
        return born(accounts);
    }

    private Dispatch born(Accounts known) {
        Dispatch node =
                new Dispatch(ledger, known, PATIENCE, SPENDING, "node-" + (nodes.size() + 1), () -> {}, new Stepped());
        if (single) {
            ledger.commit(tx -> tx.purchases().endLeases("node-" + (nodes.size() + 1)));
        }
        nodes.add(node);
        return node;
    }

    private static final class Stepped implements io.waybill.dispatch.Outside {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long between(long least, long most) {
            return least;
        }

        @Override
        public boolean gathers() {
            return false;
        }
    }

    private void perform(LifeAct act) {
        SplittableRandom dice = new SplittableRandom(act.dice());
        if (dice.nextBoolean()) {
            Dispatch one = dispatch;
            dispatch = other;
            other = one;
        }
        switch (act.what()) {
            case "work" -> work(dice);
            case "turn" -> turn();
            case "pass" -> pass(1 + dice.nextLong(PASSES.get(dice.nextInt(PASSES.size()))));
            case "kill" -> kill();
            case "die" -> dies = true;
            case "scan" -> scan(dice);
            case "close" -> person(act, () -> close(dice));
            case "retain" -> {
                tell("labels are kept for a day");
                new Erasure(ledger)
                        .retain(new Retention(Optional.empty(), Optional.of(Duration.ofDays(1)), Optional.empty()));
            }
            case "gone" -> {
                tell("starts without spare");
                dispatch = born(fewer);
                other = single ? dispatch : other;
            }
            case "fees" ->
                dispatch.loops().stream()
                        .filter(loop -> loop.name().startsWith("refunds-"))
                        .forEach(Loop::once);
            case "audit" -> dispatch.audit(Duration.ofSeconds(30));
            case "off" -> {
                String account = carriers.get(dice.nextInt(2)).name;
                tell(account + " is switched off");
                ledger.commitAll(tx -> tx.stops().stop(account, "lunch", "ops"));
            }
            case "on" -> {
                String account = carriers.get(dice.nextInt(2)).name;
                ledger.commit(tx -> tx.stops().start(account));
            }
            case "send" -> person(act, () -> send(act, dice));
            case "call off" -> person(act, () -> callOff(act, dice));
            case "hold" -> person(act, () -> hold(act));
            case "outside" -> person(act, () -> outside(act, dice));
            default -> {
                LifeAct about = aimed(act, dice);
                String uid = orders.get(number(about));
                if (uid != null) {
                    person(about, () -> ask(about, uid, dice));
                }
            }
        }
    }

    /** Mostly about an order of which it can be done. */
    private LifeAct aimed(LifeAct act, SplittableRandom dice) {
        String state = AIMS.get(act.what());
        List<String> fit = state == null || dice.nextInt(4) == 0 ? List.of() : books.ordersIn(state);
        return fit.isEmpty()
                ? act
                : new LifeAct(
                        act.what(),
                        Integer.parseInt(fit.get(dice.nextInt(fit.size())).substring(3)) - 1,
                        act.dice(),
                        act.meanwhile());
    }

    private static String number(LifeAct act) {
        return "SO-" + (act.order() + 1);
    }

    private void person(LifeAct act, Runnable does) {
        tell(act.what() + " " + number(act));
        try {
            does.run();
        } catch (ProblemException no) {
            tell("is told: " + no.problems().get(0).code());
        } catch (LifeCarrier.Bug bug) {
            tell("is told: " + bug.getMessage());
        }
    }

    private void ask(LifeAct act, String uid, SplittableRandom dice) {
        switch (act.what()) {
            case "patch" -> patch(act, uid, dice);
            case "pack" -> {
                String box = "AB".substring(dice.nextInt(2)).substring(0, 1);
                List<Order.Parcel> parcels = IntStream.rangeClosed(1, 1 + dice.nextInt(3))
                        .mapToObj(i -> new Order.Parcel(
                                box + i, Weight.of(String.valueOf(i), MassUnit.KG), null, null, List.of()))
                        .toList();
                tell("  " + parcels.size() + " of " + box);
                desk().pack(uid, parcels, Namespaces.ALL, "bench");
                did("order.packed " + uid);
            }
            case "cancel" -> {
                desk().cancel(uid, Namespaces.ALL, "ops");
                did("order.cancelled " + uid);
            }
            case "release" -> {
                desk().release(uid, Namespaces.ALL, "ops");
                did("order.released " + uid);
            }
            case "past limit" -> {
                desk().releasePastLimit(uid, Namespaces.ALL, "ops");
                did("order.released " + uid);
            }
            case "erase" -> new Erasure(ledger).order(uid, Namespaces.ALL, "ops");
            case "retry" -> {
                desk().retry(uid, Namespaces.ALL, "ops");
                did("order.retried " + uid);
            }
            case "void" -> {
                ShipmentRow row = one(uid, dice, "LABELLED|BOUGHT");
                tell("  its " + row.seq() + ", " + row.state());
                dispatch.voidLabel(row.id(), Namespaces.ALL, "ops");
            }
            case "void order" -> dispatch.voidOrder(uid, Namespaces.ALL, "ops");
            case "resolve" -> resolve(uid, dice);
            case "another" -> another(uid, dice);
            default -> throw new IllegalArgumentException(act.what());
        }
    }

    private void did(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private Desk desk() {
        return new Desk(ledger, ORDERS, choosing, SPENDING, () -> {});
    }

    private Intake intake() {
        AtOnce who = atOnce ? dispatch.atOnce(its -> Runnable::run) : AtOnce.NEVER;
        return new Intake(ledger, ORDERS, sources, choosing, SPENDING, Originals.NONE, who, () -> {});
    }

    private ShipmentRow one(String uid, SplittableRandom dice, String states) {
        List<ShipmentRow> all = ledger.read(tx -> tx.shipments().of(uid));
        List<ShipmentRow> fit =
                all.stream().filter(row -> row.state().name().matches(states)).toList();
        List<ShipmentRow> rows = fit.isEmpty() || dice.nextInt(4) == 0 ? all : fit;
        return rows.get(dice.nextInt(rows.size()));
    }

    private void send(LifeAct act, SplittableRandom dice) {
        ObjectNode order = order(number(act), 1 + dice.nextInt(3) % 2, dice.nextInt(6) > 0, dice.nextInt(8) == 0);
        boolean reopen = dice.nextInt(3) == 0;
        String source = List.of("strict", "small", "erp", "erp", "erp").get(dice.nextInt(5));
        order.put("service", List.of("ground", "ground", "express", "cheapest").get(dice.nextInt(4)));
        boolean called = dice.nextBoolean();
        Taken taken = intake().take(new Submission(
                source,
                called ? "api" : "file",
                order,
                null,
                Content.hash(order),
                called ? null : Origin.of("f/1", order),
                null,
                null,
                reopen,
                source));
        took(
                act,
                taken,
                source + (called ? " api" : "") + (reopen ? " reopen " : " ")
                        + order.at("/shipTo/line1").asText() + " "
                        + order.path("service").asText() + (order.has("parcels") ? "" : " unpacked")
                        + (order.has("release") ? " hold" : ""));
    }

    private void took(LifeAct act, Taken taken, String how) {
        tell("  " + how + ": " + taken.result()
                + (taken.problems().isEmpty()
                        ? ""
                        : " " + taken.problems().get(0).code()));
        String uid = taken.orderUid();
        if (uid != null && taken.isIn()) {
            orders.put(number(act), uid);
        }
        if (taken.result() == Taken.Result.ACCEPTED || taken.result() == Taken.Result.REPLACED) {
            revisions.merge(number(act), 1, Integer::sum);
        }
    }

    private static ObjectNode order(String number, int street, boolean weighed, boolean held) {
        ObjectNode order =
                (ObjectNode) ORDERS.parse("""
                {"orderId": "%s", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "%d Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"}}""".formatted(number, street).getBytes(UTF_8));
        if (weighed) {
            ArrayNode parcels = order.putArray("parcels");
            parcels.addObject()
                    .put("reference", "S1")
                    .putObject("weight")
                    .put("value", 1)
                    .put("unit", "kg");
        }
        if (held) {
            order.put("release", "hold");
        }
        return order;
    }

    private void patch(LifeAct act, String uid, SplittableRandom dice) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        int street = 3 + dice.nextInt(2);
        String service = List.of("ground", "express", "cheapest").get(dice.nextInt(3));
        if (dice.nextBoolean()) {
            patch.put("service", service);
        } else {
            patch.putObject("shipTo").put("line1", street + " Main St");
        }
        Taken taken = new Editing(ledger, intake(), () -> {}).edit(uid, patch, null, Namespaces.ALL, "ops");
        took(act, taken, "to " + patch);
        if (taken.result() == Taken.Result.REPLACED) {
            did("order.edited " + uid);
        }
    }

    private Submission about(LifeAct act, String why) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("orderId", number(act));
        return new Submission(
                "erp",
                "file",
                order,
                null,
                Content.hash(order),
                Origin.of("f/1", order),
                "m",
                1,
                false,
                false,
                "erp",
                null,
                why);
    }

    private void callOff(LifeAct act, SplittableRandom dice) {
        Taken taken = ledger.commit(tx -> new CancelDoor(intake(), dice.nextBoolean())
                .work(about(act, "cancelled"))
                .apply(tx));
        tell("  " + taken.result());
    }

    private void hold(LifeAct act) {
        Taken taken = ledger.commit(
                tx -> new HoldDoor(intake()).work(about(act, "fraud check")).apply(tx));
        if (taken.result() == Taken.Result.REPLACED) {
            revisions.merge(number(act), 1, Integer::sum);
        }
        tell("  " + taken.result());
    }

    private void outside(LifeAct act, SplittableRandom dice) {
        int which = 1 + dice.nextInt(2);
        boolean voided = dice.nextInt(3) == 0;
        ObjectNode label = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", number(act))
                .put("account", "fake")
                .put("trackingNumber", "9X" + number(act) + which)
                .put("date", "2026-11-16")
                .put("system", "marketplace");
        if (voided) {
            label.put("voided", true);
        }
        label.putObject("cost").put("amount", "5.00").put("currency", "USD");
        Submission submission = new Submission(
                "erp", "file", label, null, Content.hash(label), Origin.of("l/1", label), null, null, false, "erp");
        Taken taken = new Outside(ledger, ORDERS, accounts, sources, () -> {}).take(submission);
        tell("  label " + which + (voided ? " voided" : "") + ": " + taken.result()
                + (taken.problems().isEmpty()
                        ? ""
                        : " " + taken.problems().get(0).code()));
        if (taken.orderUid() != null && taken.isIn()) {
            orders.put(number(act), taken.orderUid());
        }
    }

    private void resolve(String uid, SplittableRandom dice) {
        ShipmentRow row = one(uid, dice, "UNKNOWN|REVIEW");
        Resolution.Action action = List.of(Resolution.Action.values()).get(dice.nextInt(3));
        List<String> sold = carriers.stream()
                .flatMap(carrier -> carrier.book.stream())
                .filter(sale -> sale.ref.orderNumber().equals(books.orderNumber(row.id())))
                .map(sale -> sale.id)
                .toList();
        List<String> taken = books.labels();
        boolean mistaken = !taken.isEmpty() && dice.nextInt(5) == 0;
        String number = mistaken
                ? taken.get(dice.nextInt(taken.size()))
                : sold.isEmpty() ? dice.nextInt(4) == 0 ? "f99" : null : sold.get(dice.nextInt(sold.size()));
        String shipment = dice.nextBoolean() ? row.id() : null;
        tell("  " + action + " " + number + " of " + (shipment == null ? "any" : row.seq() + ", " + row.state()));
        dispatch.resolve(
                uid,
                new Resolution(action, "so it is", shipment, number == null ? null : "1Z" + number, number),
                Namespaces.ALL,
                "ops");
    }

    private void another(String uid, SplittableRandom dice) {
        AnotherLabel.Why why = List.of(AnotherLabel.Why.values()).get(dice.nextInt(4));
        boolean lost = dice.nextInt(3) == 0;
        tell("  " + why + (lost ? ", lost" : ""));
        AnotherLabel.Asked asked = new AnotherLabel(ledger, ORDERS, choosing, SPENDING, () -> {})
                .ask(
                        uid,
                        new AnotherLabel.Wish(
                                why + " " + dice.nextInt(2), why, lost, "", JsonNodeFactory.instance.objectNode()),
                        Namespaces.ALL,
                        "ops");
        if (!asked.replayed()) {
            did("label.another " + asked.shipment());
        }
    }

    private void kill() {
        tell("the hub is killed");
        throw new Crash();
    }

    private void work(SplittableRandom dice) {
        List<Loop> loops = loops();
        int which = dice.nextInt(loops.size() * 2);
        if (which >= loops.size()) {
            claim();
        } else {
            loops.get(which).once();
        }
    }

    private void scan(SplittableRandom dice) {
        List<String> numbers = books.trackingNumbers();
        if (numbers.isEmpty()) {
            return;
        }
        String number = numbers.get(dice.nextInt(numbers.size()));
        String status = List.of("in_transit", "delivery_failed", "out_for_delivery", "delivered", "return_to_sender")
                .get(dice.nextInt(5));
        tell(number + " is " + status);
        ObjectNode scan = JsonNodeFactory.instance
                .objectNode()
                .put("trackingNumber", number)
                .put("status", status)
                .put("occurredAt", Instant.now().toString());
        ledger.commit(tx -> Scans.tell(tx, "acme", scan));
    }

    private void close(SplittableRandom dice) {
        String account = carriers.get(dice.nextInt(2)).name;
        List<ManifestBook.Row> open =
                ledger.read(tx -> tx.manifests().of(account, Namespaces.ALL, Namespaces.ALL, null, 100)).stream()
                        .filter(row -> row.state() == ManifestBook.State.OPEN)
                        .toList();
        Manifesting manifesting = new Manifesting(ledger, accounts);
        if (!open.isEmpty() && dice.nextBoolean()) {
            tell("  again");
            manifesting.again(open.get(dice.nextInt(open.size())), Namespaces.ALL, "ops");
        } else {
            manifesting.close(account, LocalDate.now(ZoneOffset.UTC), Namespaces.ALL, "ops");
        }
    }

    private void claim() {
        dispatch.buyers().forEach(buyers -> buyers.claim(Runnable::run));
    }

    private List<Loop> loops() {
        return dispatch.loops();
    }

    private void turn() {
        claim();
        loops().forEach(Loop::once);
    }

    private void pass(long millis) {
        tell(millis + " ms pass");
        books.pass(millis);
        carriers.forEach(carrier -> carrier.pass(millis));
    }

    /** Nothing breaks any more, and time passes until nothing is left to do, the audits done. */
    private void calmDown() {
        tell("all goes well from here");
        dies = false;
        carriers.forEach(carrier -> {
            carrier.calm = true;
            ledger.commit(tx -> tx.stops().start(carrier.name));
        });
        dispatch = born();
        other = single ? dispatch : born();
        pass(60_000);
        settle();
        for (Duration later : AUDITS) {
            pass(later.toMillis());
            settle();
        }
    }

    /** Each carrier bills all it sold, and what it gave back. */
    void bill() {
        Path nowhere = Path.of("target/no-such-folder");
        Billing billing =
                new Billing(ledger, accounts, Mappings.load(nowhere, target -> null), nowhere, nowhere, "node-1");
        for (LifeCarrier carrier : carriers) {
            UpsFile file = new UpsFile();
            String day = LocalDate.now(ZoneOffset.UTC).toString();
            carrier.book.forEach(sale -> {
                file.charge("I-" + carrier.name, "1Z" + sale.id, day, Charge.transport("8.10"));
                file.charge("I-" + carrier.name, "1Z" + sale.id, day, Charge.fuel("1.20"));
                if (sale.voided) {
                    file.charge("I-" + carrier.name, "1Z" + sale.id, day, Charge.voided("-9.30"));
                }
            });
            if (!carrier.book.isEmpty()) {
                byte[] bytes = file.bytes();
                billing.take(
                        new Handed(
                                carrier.name + ".csv",
                                io.waybill.billing.Content.of(bytes),
                                "ups",
                                carrier.name,
                                null,
                                "Jane"),
                        Namespaces.ALL);
            }
        }
    }

    private void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            turn();
            Dispatch one = dispatch;
            dispatch = other;
            other = one;
            turn();
            desk().releaseDue();
            books.check(this);
            long next = books.untilNextDue();
            if (next < 0) {
                return;
            }
            pass(next + 1_000);
        }
        throw new AssertionError("it never comes to rest: " + books.standing());
    }

    void tell(@Nullable String line) {
        double now = carriers == null ? 0 : carriers.get(0).now / 1000.0;
        history.add("%9.3f s %s%s".formatted(now, "  ".repeat(depth), line));
    }
}
