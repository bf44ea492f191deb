package io.waybill.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Choice;
import io.waybill.intake.Arrivals.Paper;
import io.waybill.intake.Arrivals.Step;
import io.waybill.intake.Arrivals.Trouble;
import io.waybill.intake.Arrivals.Way;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.AtOnce;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OrderSearch;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.ledger.PurchaseBook.Sold;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/**
 * Whatever comes for one order number, over whichever channel, how often, with whatever going wrong in between: there is
 * one order, and every answer is the one a plain model gives.
 */
abstract class AnyIntakeContract {
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
            """);
    private static final Orders ORDERS = new Orders();

    private final Ledger ledger = Store.getOrCreate(
                    "ledger", Lifespan.PROPERTY, () -> new Opened(Ledger.open(database(), (space, type) -> sinks())))
            .get()
            .ledger();
    private final Sources sources = new Sources(SETTINGS);
    private final Intake intake = new Intake(
            ledger,
            ORDERS,
            sources,
            (order, namespace) -> new Choice.Fixed("fake", "fake", "ground", "test"),
            Spending.read(SETTINGS),
            Originals.NONE,
            AtOnce.NEVER,
            AnyIntakeContract::wake);
    private final Desk desk = new Desk(
            ledger,
            ORDERS,
            (order, namespace) -> new Choice.Fixed("fake", "fake", "ground", "test"),
            Spending.read(Settings.of("")),
            () -> {});
    private String orderId = "";

    private static volatile Trouble trouble = Trouble.NONE;

    abstract Database database();

    /** Closed after the last try. */
    private record Opened(Ledger ledger) implements Store.CloseOnReset {
        @Override
        public void close() {
            ledger.close();
        }
    }

    @Property(tries = 80)
    void one_number_is_one_order_whatever_comes_and_goes_wrong(
            @ForAll("papers") List<Paper> papers, @ForAll("steps") List<Step> steps) {
        orderId = Ids.next("SO");
        IntakeModel model = new IntakeModel(papers);
        for (Step step : steps) {
            if (step instanceof Step.Take take) {
                take(model, take);
            } else if (step instanceof Step.Buy buy && model.isReady()) {
                buy(buy.to());
                model.state = buy.to();
            } else if (step instanceof Step.Cancel && model.isOpen()) {
                desk.cancel(order().id(), Namespaces.ALL, "ops");
                model.state = ShipmentState.CANCELLED;
            }
            compare(model);
        }
    }

    @Example
    void a_number_no_database_can_hold_is_refused_like_any_other_mistake() {
        for (String number : List.of("SO-\0-1", "SO-\uD83D-1")) {
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("orderId", number);
            Submission submission = new Submission(
                    "erp", "file", document, null, "0", CameAlone.of("doc", document), null, null, false, "erp");

            Taken taken = intake.take(submission);

            assertThat(taken.result()).isEqualTo(Result.REJECTED);
            assertThat(taken.problems()).extracting(Problem::code).containsAnyOf("bad-order-id", "half-character");
        }
    }

    @Example
    void a_number_nobody_can_write_out_is_refused_like_any_other_mistake() {
        BigDecimal absurd = new BigDecimal("1e99999");
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", Ids.next("SO"))
                .put("reference", absurd);
        document.putObject("metadata").putArray("sums").add(absurd);
        Submission submission = new Submission(
                "erp", "file", document, null, "0", CameAlone.of("doc", document), null, null, false, "erp");

        Taken taken = intake.take(submission);

        assertThat(taken.result()).isEqualTo(Result.REJECTED);
        assertThat(taken.problems()).extracting(Problem::code).contains("bad-number");
        OrderRow kept = ledger.read(tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL))
                .orElseThrow();
        assertThat(Json.kept(kept.content()).at("/metadata/sums/0").asText()).isEqualTo("1E+99999");
    }

    @Property(tries = 12)
    void at_once_from_everywhere_one_is_accepted_and_every_replacement_is_a_revision(
            @ForAll("papers") List<Paper> papers, @ForAll("rush") List<Step.Take> rush) {
        orderId = Ids.next("SO");
        Executor threads = task -> new Thread(task, "sender").start();
        List<CompletableFuture<Taken>> answers = rush.stream()
                .map(take -> CompletableFuture.supplyAsync(() -> intake.take(submission(papers, take)), threads))
                .toList();
        List<Result> results =
                answers.stream().map(CompletableFuture::join).map(Taken::result).toList();

        assertThat(results).containsOnlyOnce(Result.ACCEPTED).doesNotContain(Result.REJECTED);
        assertThat(order().revision()).isEqualTo(1 + Collections.frequency(results, Result.REPLACED));
        assertThat(rush.stream().map(take -> Content.hash(document(papers, take))))
                .contains(order().contentSha256());
        assertThat(stories("received")).isEqualTo(1);
        assertThat(shipments()).hasSize(1);
    }

    private void take(IntakeModel model, Step.Take take) {
        Submission submission = submission(model.papers, take);
        String expected = model.answer(take, submission.bodySha256());
        boolean isNews = expected.equals("ACCEPTED") || expected.equals("REPLACED");
        boolean isIn = isNews || expected.equals("DUPLICATE");
        trouble = isIn ? take.trouble() : Trouble.NONE;
        try {
            if (take.trouble() == Trouble.BEFORE_THE_COMMIT && isNews
                    || take.trouble() == Trouble.AFTER_THE_COMMIT && isIn) {
                assertThatThrownBy(() -> intake.take(submission)).hasMessage("killed");
            } else {
                assertThat(word(intake.take(submission))).isEqualTo(expected);
            }
        } finally {
            trouble = Trouble.NONE;
        }
        if (isIn && !(take.trouble() == Trouble.BEFORE_THE_COMMIT && isNews)) {
            model.taken(take, submission.bodySha256(), isNews);
        }
    }

    private static String word(Taken taken) {
        String codes =
                String.join(",", taken.problems().stream().map(Problem::code).toList());
        return taken.result() + (codes.isEmpty() ? "" : " " + codes);
    }

    private void buy(ShipmentState to) {
        ShipmentRow ready = shipments().get(0);
        ledger.commitAll(tx -> {
            assertThat(tx.purchases().claim(List.of(ready), ready.carrier(), "node", Duration.ofMinutes(5)))
                    .containsExactly(true);
            ShipmentRow row = tx.shipments().of(ready.orderUid()).get(0);
            if (to == ShipmentState.LABELLED) {
                tx.purchases()
                        .sold(
                                new Sold(
                                        row.id(),
                                        row.fence(),
                                        to,
                                        String.valueOf(row.account()),
                                        "fake",
                                        Ids.next("F")),
                                Looks.AT_ONCE);
            } else if (to != ShipmentState.BUYING) {
                tx.purchases().settle(row.id(), row.fence(), to, Duration.ZERO, null);
            }
        });
    }

    private void compare(IntakeModel model) {
        List<OrderRow> found = found();
        assertThat(found).hasSize(model.revision == 0 ? 0 : 1);
        if (model.last != null) {
            OrderRow order = found.get(0);
            assertThat(order.revision()).isEqualTo(model.revision);
            assertThat(order.contentSha256()).isEqualTo(Content.hash(document(model.papers, model.last)));
            assertThat(shipments()).extracting(ShipmentRow::state).containsExactly(model.state);
            assertThat(stories("received")).isEqualTo(1);
            assertThat(stories("revised")).isEqualTo(model.revision - 1);
            assertThat(ledger.read(tx -> tx.deliveries().of(order.id())).stream()
                            .filter(event -> event.type().equals("order.accepted")))
                    .hasSize(model.revision);
        }
    }

    private Submission submission(List<Paper> papers, Step.Take take) {
        ObjectNode document = document(papers, take);
        boolean called = take.way() == Way.API;
        return new Submission(
                take.way().source,
                take.way().channel,
                document,
                take.key() == null ? null : orderId + take.key(),
                UUID.nameUUIDFromBytes(document.toString().getBytes(UTF_8)).toString(),
                called ? null : CameAlone.of(take.way() + "/" + orderId + "/" + take.paper(), document),
                null,
                null,
                take.reopen(),
                take.way().source);
    }

    private ObjectNode document(List<Paper> papers, Step.Take take) {
        Paper paper = take.paper() == 3 ? papers.get(0).inShort() : papers.get(take.paper());
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        address.put("name", "Jane Roe").put("line1", paper.line1()).put("city", "Austin");
        address.put("state", "TX").put("postalCode", "78701").put("country", "US");
        ObjectNode order = JsonNodeFactory.instance.objectNode();
        if (take.otherwise()) {
            order.putNull("billing").putArray("identifiers");
            order.set("shipTo", address.put("line2", " "));
        }
        BigDecimal weight = take.otherwise() ? paper.kilograms().setScale(4) : paper.kilograms();
        order.put("service", "ground").put("orderId", orderId).put("reference", paper.reference());
        order.putArray("parcels")
                .addObject()
                .putObject("weight")
                .put("unit", "kg")
                .put("value", weight);
        if (!take.otherwise()) {
            order.set("shipTo", address);
        }
        return order;
    }

    private static List<String> sinks() {
        if (trouble == Trouble.BEFORE_THE_COMMIT) {
            throw new IllegalStateException("killed");
        }
        return List.of("oms");
    }

    private static void wake() {
        if (trouble == Trouble.AFTER_THE_COMMIT) {
            throw new IllegalStateException("killed");
        }
    }

    private OrderRow order() {
        return found().get(0);
    }

    private List<OrderRow> found() {
        return ledger.read(tx ->
                tx.orders().search(new OrderSearch(null, orderId, null, null, null, null, null, 10), Namespaces.ALL));
    }

    private List<ShipmentRow> shipments() {
        return ledger.read(tx -> tx.shipments().of(order().id()));
    }

    private long stories(String what) {
        return ledger.read(tx -> tx.story().of(order().id())).stream()
                .filter(entry -> entry.what().equals(what))
                .count();
    }

    @Provide
    Arbitrary<List<Paper>> papers() {
        return Arrivals.papers();
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arrivals.steps();
    }

    @Provide
    Arbitrary<List<Step.Take>> rush() {
        return Arrivals.rush();
    }
}
