package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Desk;
import io.waybill.intake.Intake;
import io.waybill.intake.Originals;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Content;
import io.waybill.order.Orders;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One history of a few shipments, all of it from one seed: the dispatch and the ledger that ship, stepped through in a
 * chance order on one or two nodes that are paused and killed, with a carrier that misbehaves and people who interfere.
 * Then all goes well for as long as it takes, and the books must agree.
 */
final class Simulation {
    private static final DispatchSettings PATIENCE = Waits.of(
            Duration.ofSeconds(120),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            3,
            Duration.ofSeconds(8));
    static final Duration SETTLE = Duration.ofSeconds(95);
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            service.ground=fake:ground
            """);
    private static final Spending SPENDING = Spending.read(SETTINGS);
    private static final Orders ORDERS = new Orders();
    private static final Map<String, Set<String>> WORK = Map.of(
            "claims", Set.of("READY"),
            "recovery-", Set.of("BUYING", "UNKNOWN"),
            "labels-", Set.of("BOUGHT"),
            "voiding-", Set.of("VOIDING"),
            "orphans-", Set.of("orphan"),
            "audit-", Set.of("tried again"));
    private static final List<Duration> AUDITS =
            List.of(Duration.ofMinutes(20), Duration.ofHours(2), Duration.ofHours(25), Duration.ofHours(2));
    private static final String PARCEL = "{\"weight\": {\"value\": 1, \"unit\": \"kg\"}}";
    private static final int STEPS = 60;
    private static final int ROUNDS = 400;

    private final Ledger ledger;
    private final Books books;
    private final Stage stage = new Stage();
    private final Chance chance;
    private final VirtualCarrier carrier;
    private final Accounts accounts;
    private final Choosing choosing;
    private final Desk desk;
    private final boolean single;

    /** Orders come while the nodes work, and are bought in the commit that takes them in where a worker is free. */
    private final boolean atOnce;

    private final int parcels;
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> numbers = new ArrayList<>();

    /** What was taken in, as whoever sent it knows. */
    private final Map<String, String> orders = new LinkedHashMap<>();

    private int births;
    private Set<String> known = Set.of();

    /** A process of the hub. */
    private static final class Node {
        final Stage.Process process;
        final Dispatch dispatch;
        final Intake intake;
        final Set<String> busy = new HashSet<>();

        Node(Stage.Process process, Dispatch dispatch, Function<Node, Intake> intake) {
            this.process = process;
            this.dispatch = dispatch;
            this.intake = intake.apply(this);
        }
    }

    /** @param adapter what stands between the hub and its carrier; a test may spoil it */
    Simulation(Ledger ledger, Books books, long seed, UnaryOperator<Carrier> adapter, Duration settle) {
        VirtualTime.reset();
        this.ledger = ledger;
        this.books = books;
        this.chance = new Chance(seed, stage);
        IdempotencyClass kind = chance.one(List.of(IdempotencyClass.values()));
        boolean proven = kind == IdempotencyClass.B && chance.of(60);
        this.carrier = new VirtualCarrier(kind, proven, chance);
        this.single = chance.of(40);
        this.parcels = chance.of(25) ? 2 : 1;
        Account account =
                new Account("fake", "fake", adapter.apply(carrier), Set.of(), 2, settle, "on_creation", proven);
        this.accounts = new Accounts(List.of(account));
        this.atOnce = chance.of(50);
        this.choosing = Choosing.read(SETTINGS.section(""), accounts);
        this.desk = new Desk(ledger, ORDERS, choosing, Spending.read(Settings.of("")), () -> {});
        for (int i = 0; i < (single ? 1 : 2); i++) {
            nodes.add(born());
        }
        chance.tell("class " + kind + (proven ? ", look-ups proven" : "") + ", " + nodes.size() + " node(s), " + parcels
                + " parcel(s) an order" + (atOnce ? ", bought at once" : ""));
    }

    List<String> history() {
        return chance.history();
    }

    /** @throws AssertionError when a promise is broken */
    void run() {
        SteppedDatabase.commits = new Steps();
        try {
            for (int i = 0; i < (chance.of(80) ? 1 : 2); i++) {
                numbers.add("SO-" + (i + 1));
            }
            if (!atOnce) {
                sendTheRest();
            }
            for (int i = 0; i < STEPS; i++) {
                step();
                check();
            }
            calmDown();
            books.checkAtTheEnd(carrier);
        } finally {
            nodes.forEach(this::kill);
            SteppedDatabase.commits = SteppedDatabase.Commits.NOBODY;
        }
    }

    /** At every commit whoever acts may be killed before it, or stand still after it. */
    private final class Steps implements SteppedDatabase.Commits {
        @Override
        public void before() {
            Stage.Actor actor = Stage.acting();
            if (actor != null && actor.process.dead) {
                throw new Crash();
            }
            if (actor != null && !chance.calm && !actor.spared && chance.of(1)) {
                chance.tell("is killed before its commit");
                actor.process.dead = true;
                throw new Crash();
            }
        }

        @Override
        public void after() {
            if (Stage.acting() != null && !chance.calm && chance.of(40)) {
                stage.standStill();
            }
        }
    }

    private void check() {
        if (SteppedDatabase.written) {
            SteppedDatabase.written = false;
            known = books.states();
            books.check();
        }
    }

    private void step() {
        List<Stage.Actor> ready = stage.ready();
        int turn = chance.upTo(100);
        if (turn < 45 && !ready.isEmpty()) {
            stage.cue(chance.one(ready));
        } else if (turn < 75) {
            begin(chance.one(nodes));
        } else if (turn < 92) {
            pass();
        } else if (turn < 95) {
            interfere();
        } else {
            kill(chance.one(nodes));
        }
        nodes.stream().filter(node -> node.process.dead).toList().forEach(this::bury);
    }

    private void begin(Node node) {
        List<Runnable> parts = new ArrayList<>();
        for (Buyers buyers : node.dispatch.buyers()) {
            if (mayDo("claims")) {
                parts.add(() -> part(node, "claims", () -> buyers.claim(buy -> part(node, "buyer", buy))));
            }
        }
        if (!orders.keySet().containsAll(numbers)) {
            parts.add(() -> part(node, "taker", () -> takeIn(node, missing().get(0))));
        }
        for (Loop loop : loops(node)) {
            if (mayDo(loop.name())) {
                parts.add(() -> part(node, loop.name(), loop::once));
            }
        }
        if (!parts.isEmpty()) {
            chance.one(parts).run();
        }
    }

    /** Mostly when there is something to do: looking in vain tests nothing and takes time. */
    private boolean mayDo(String name) {
        String part = name.substring(0, name.indexOf('-') + 1);
        Set<String> states = WORK.get(part.isEmpty() ? name : part);
        return states == null ? chance.of(20) : states.stream().anyMatch(states()::contains) || chance.of(3);
    }

    private Set<String> states() {
        if (SteppedDatabase.written || known.isEmpty()) {
            known = books.states();
        }
        return known;
    }

    /** Rates are asked for on threads of their own; nothing here is chosen by its price, and no account goes. */
    private static List<Loop> loops(Node node) {
        return node.dispatch.loops().stream()
                .filter(loop -> !Set.of("rating", "stranded").contains(loop.name()))
                .toList();
    }

    private void part(Node node, String name, Runnable part) {
        boolean loop = !name.equals("buyer");
        if (loop && !node.busy.add(name)) {
            return;
        }
        Stage.Actor actor = stage.enter(node.process, name, part, done -> node.busy.remove(name));
        if (Stage.acting() == null) {
            stage.cue(actor);
        }
    }

    private void pass() {
        if (chance.of(3)) {
            stepClock();
        }
        long millis = chance.one(List.of(50L, 1_000L, 10_000L, 40_000L, 100_000L, 130_000L));
        pass(Duration.ofMillis(1 + chance.upTo(millis)));
    }

    /** What a machine whose clock was wrong does: it is set, by seconds or by minutes, forward or back. */
    private void stepClock() {
        long millis = 1 + chance.upTo(chance.one(List.of(5_000L, 60_000L, 900_000L)));
        Duration by = Duration.ofMillis(chance.of(50) ? millis : -millis);
        chance.tell("the database's clock is set by " + by);
        VirtualTime.step(by);
    }

    private void interfere() {
        if (orders.isEmpty()) {
            return;
        }
        String order = chance.one(List.copyOf(orders.keySet()));
        Node node = chance.one(nodes);
        int turn = chance.upTo(100);
        String what = turn < 50 ? "void" : turn < 80 ? "retry" : turn < 90 ? "cancel" : "send again";
        part(node, "person", () -> {
            chance.tell("wants to " + what + " " + order);
            try {
                ask(node, order, what);
            } catch (ProblemException no) {
                chance.tell("is told: " + no.problems().get(0).code());
            }
        });
    }

    private void ask(Node node, String order, String what) {
        String uid = orders.get(order);
        switch (what) {
            case "void" -> node.dispatch.voidLabel(books.shipment(uid), Namespaces.ALL, "ops");
            case "retry" -> desk.retry(uid, Namespaces.ALL, "ops");
            case "cancel" -> desk.cancel(uid, Namespaces.ALL, "ops");
            default -> takeIn(node, order);
        }
    }

    private void kill(Node node) {
        if (stage.all().stream().anyMatch(actor -> actor.process == node.process && actor.spared)
                && !node.process.dead) {
            return;
        }
        chance.tell(node.process.name + " is killed");
        node.process.dead = true;
    }

    private void bury(Node node) {
        stage.clear(node.process);
        nodes.set(nodes.indexOf(node), born());
    }

    private Node born() {
        Stage.Process process = new Stage.Process("node-" + ++births);
        Dispatch dispatch = new Dispatch(ledger, accounts, PATIENCE, SPENDING, process.name, () -> {}, chance);
        if (single && births > 1) {
            ledger.commit(tx -> tx.purchases().endLeases(process.name));
        }
        chance.tell(process.name + " starts");
        return new Node(process, dispatch, node -> {
            Sources sources = new Sources(SETTINGS);
            AtOnce who = atOnce ? dispatch.atOnce(its -> buy -> part(node, "buyer", buy)) : AtOnce.NEVER;
            return new Intake(ledger, ORDERS, sources, choosing, SPENDING, Originals.NONE, who, () -> {});
        });
    }

    private List<String> missing() {
        return numbers.stream().filter(number -> !orders.containsKey(number)).toList();
    }

    /** Whoever was not answered sends again. */
    private void sendTheRest() {
        missing().forEach(number -> takeIn(nodes.get(0), number));
    }

    /** Its buyers look first whether others wait. */
    private void takeIn(Node node, String orderId) {
        if (atOnce) {
            node.dispatch.buyers().forEach(buyers -> buyers.claim(buy -> part(node, "buyer", buy)));
        }
        ObjectNode order = (ObjectNode) ORDERS.parse(
                """
                        {"orderId": "%s", "service": "ground",
                         "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                                    "postalCode": "78701", "country": "US"},
                         "parcels": [%s]}""".formatted(orderId, String.join(", ", Collections.nCopies(parcels, PARCEL)))
                        .getBytes(StandardCharsets.UTF_8));
        Submission submission =
                new Submission("erp", "file", order, null, Content.hash(order), null, null, null, false, "erp");
        orders.put(orderId, node.intake.take(submission).orderUid());
        chance.tell(orderId + " is taken in");
    }

    /** Nothing breaks any more, and time passes until nothing is left to do, the audits done. */
    private void calmDown() {
        chance.tell("all goes well from here");
        carrier.calm = true;
        chance.calm = true;
        sendTheRest();
        settle();
        for (Duration later : AUDITS) {
            if (!books.mayHoldSurprises()) {
                return;
            }
            pass(later);
            settle();
        }
    }

    private void settle() {
        for (int round = 0; round < ROUNDS; round++) {
            for (Stage.Actor actor : stage.all()) {
                stage.cue(actor);
            }
            boolean last = stage.all().isEmpty() && books.isQuiet();
            for (Node node : List.copyOf(nodes)) {
                turn(node, last);
            }
            check();
            if (last && books.isQuiet()) {
                return;
            }
            pass(Duration.ofMillis(books.untilNextDue()));
        }
        throw new AssertionError("it never comes to rest: " + books.standing());
    }

    private void pass(Duration time) {
        VirtualTime.pass(time);
        carrier.takeEffect();
    }

    private void turn(Node node, boolean everything) {
        for (Loop loop : loops(node)) {
            if (everything || mayDo(loop.name())) {
                loop.once();
            }
        }
        if (everything || mayDo("claims")) {
            node.dispatch.buyers().forEach(buyers -> buyers.claim(Runnable::run));
        }
    }
}
