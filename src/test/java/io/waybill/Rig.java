package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Access;
import io.waybill.access.Spending;
import io.waybill.api.Api;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.dispatch.Waits;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.CameAlone;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.Intake;
import io.waybill.intake.Originals;
import io.waybill.intake.Outside;
import io.waybill.intake.PackingDoor;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import io.waybill.tracking.Tracking;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intake, desk and dispatch on a real ledger with carriers in memory; one sink, {@code oms}, is owed every event. */
final class Rig implements AutoCloseable {
    /** Asks a person after three look-ups. */
    static final DispatchSettings PATIENCE = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(8));

    private static final String SETTINGS = """
        defaults.namespace=acme
        defaults.shipFrom.name=Acme Depot
        defaults.shipFrom.line1=500 Depot Rd
        defaults.shipFrom.city=Austin
        defaults.shipFrom.state=TX
        defaults.shipFrom.postalCode=78701
        defaults.shipFrom.country=US
        source.erp.onChange=replace
        source.strict.onChange=conflict
        source.shop.onChange=replace
        source.thrifty.onChange=conflict
        service.ground=fake:ground
        service.express=fake:express
        rules=light
        rule.light.services=economy
        rule.light.maxWeight=1.2kg
        rule.light.account=fake
        rule.light.use=ground
        source.small.limit.labelsPerDay=5
        source.thrifty.limit.amountPerDay=30 USD
        source.thrifty.limit.amountPerLabel=10 USD
        source.shared.namespace=shared
        namespace.shared.limit.labelsPerDay=2
        """;
    private static final Orders ORDERS = new Orders();

    final Ledger ledger;
    final Dispatch dispatch;
    final Intake intake;
    final Outside outside;
    final Desk desk;
    final Editing editing;
    final AnotherLabel anotherLabel;
    final Sources sources;

    /** What is taken in beside orders, as the hub has it. */
    Map<String, Intake.Door> doors() {
        return Map.of(
                "packing/1", new PackingDoor(intake, ORDERS, desk, sources),
                "tracking-event/1", new ScanDoor(intake, ORDERS, sources));
    }

    private Rig(Database database, DispatchSettings patience, Accounts accounts, Settings settings) {
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms"));
        Choosing choosing = Choosing.read(settings.section(""), accounts);
        Spending spending = Spending.read(settings);
        dispatch = new Dispatch(ledger, accounts, patience, spending, Ids.next("node"), () -> {});
        sources = new Sources(settings);
        intake = new Intake(
                ledger,
                ORDERS,
                sources,
                choosing,
                spending,
                new Originals(Duration.ofDays(30)),
                dispatch.atOnce(),
                dispatch::wake);
        outside = new Outside(ledger, ORDERS, accounts, sources, dispatch::wake);
        desk = new Desk(ledger, ORDERS, choosing, spending, dispatch::wake);
        editing = new Editing(ledger, intake, dispatch::wake);
        anotherLabel = new AnotherLabel(ledger, ORDERS, choosing, spending, dispatch::wake);
    }

    static Rig start(Database database, Account... accounts) {
        return start(database, PATIENCE, accounts);
    }

    static Rig start(Database database, DispatchSettings patience, Account... accounts) {
        Rig rig = stopped(database, patience, accounts);
        rig.dispatch.start();
        return rig;
    }

    /** With one setting said otherwise: {@code line} in the place of {@code before}. */
    static Rig start(Database database, String before, String line, Account... accounts) {
        Settings settings = Settings.of(SETTINGS.replace(before, line));
        Rig rig = new Rig(database, PATIENCE, new Accounts(List.of(accounts)), settings);
        rig.dispatch.start();
        return rig;
    }

    /** Takes orders in and buys nothing. */
    static Rig stopped(Database database, DispatchSettings patience, Account... accounts) {
        return new Rig(database, patience, new Accounts(List.of(accounts)), Settings.of(SETTINGS));
    }

    /** Accounts with breakers and retry budgets of their own. */
    static Rig start(Database database, Accounts accounts) {
        Rig rig = new Rig(database, PATIENCE, accounts, Settings.of(SETTINGS));
        rig.dispatch.start();
        return rig;
    }

    Taken take(ObjectNode order) {
        return take(from("erp", order));
    }

    Taken take(Submission submission) {
        return intake.take(submission);
    }

    /** A person corrects where it goes. */
    void correctAddress(Taken taken) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("shipTo").put("line1", "2 Main St");
        editing.edit(taken.orderUid(), patch, List.of(), Namespaces.ALL, "ops");
    }

    /**
     * A person asks for a label in place of one that was given back.
     *
     * @param content what it says otherwise than its order
     */
    void relabel(Taken taken, String key, ObjectNode content) {
        anotherLabel.ask(
                taken.orderUid(),
                new AnotherLabel.Wish(key, AnotherLabel.Why.RELABEL, false, "", content),
                Namespaces.ALL,
                "ops");
    }

    static Submission from(String source, ObjectNode order) {
        return new Submission(
                source, "file", order, null, Content.hash(order), CameAlone.of("f/1", order), null, null, false, "erp");
    }

    /** The order's shipment, once it stands there. */
    ShipmentRow settled(Taken taken, ShipmentState state) {
        return await().pollInterval(Duration.ofMillis(10))
                .until(() -> shipment(taken), shipment -> shipment.state() == state);
    }

    ShipmentRow shipment(Taken taken) {
        return ledger.read(tx -> tx.shipments().of(taken.orderUid())).get(0);
    }

    /** All shipments of the order, first to last. */
    List<ShipmentRow> shipments(Taken taken) {
        return ledger.read(tx -> tx.shipments().of(taken.orderUid()));
    }

    /** Its second shipment, once there is one and it stands there. */
    ShipmentRow secondSettled(Taken taken, ShipmentState state) {
        return await().pollInterval(Duration.ofMillis(10))
                .until(
                        () -> shipments(taken),
                        rows -> rows.size() > 1 && rows.get(1).state() == state)
                .get(1);
    }

    /** What is written on the order's money ledger: {@code kind type amount reason}. */
    List<String> charges(Taken taken) {
        return ledger.read(tx -> tx.charges().ofOrder(taken.orderUid())).stream()
                .map(row -> row.kind() + " " + row.type() + " "
                        + row.amount().stripTrailingZeros().toPlainString()
                        + (row.reason() == null ? "" : " " + row.reason()))
                .toList();
    }

    /** What happened to the order, in a word each. */
    List<String> story(Taken taken) {
        return ledger.read(tx -> tx.story().of(taken.orderUid())).stream()
                .map(StoryBook.Entry::what)
                .toList();
    }

    List<AttemptRow> attempts(ShipmentRow shipment) {
        return ledger.read(tx -> tx.attempts().of(shipment.id()));
    }

    List<ExceptionBook.Row> exceptions() {
        return ledger.read(OpenExceptions::of);
    }

    /** The types of the events the sink is owed about an order, in sequence; each is as the document tells it. */
    List<String> events(Taken taken) {
        List<DeliveryBook.Row> owed = ledger.read(tx -> tx.deliveries().of(taken.orderUid()));
        owed.forEach(row -> {
            String payload = ledger.read(tx ->
                    tx.deliveries().told(row.id(), Namespaces.ALL).orElseThrow().payload());
            assertThat(EventSchemas.broken(Json.kept(payload))).as(payload).isEmpty();
        });
        return owed.stream().map(DeliveryBook.Row::type).toList();
    }

    static Order.Parcel parcel(String kilograms) {
        return new Order.Parcel(null, Weight.of(kilograms, MassUnit.KG), null, null, List.of());
    }

    static ObjectNode order(String orderId, String kilograms) {
        ObjectNode order = (ObjectNode) ORDERS.parse("""
                {"orderId": "SO", "service": "ground",
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"reference": "box-1"}]}""".getBytes(StandardCharsets.UTF_8));
        order.put("orderId", orderId);
        if (kilograms != null) {
            ((ObjectNode) order.path("parcels").get(0))
                    .putObject("weight")
                    .put("value", new BigDecimal(kilograms))
                    .put("unit", "kg");
        }
        return order;
    }

    @Override
    public void close() {
        dispatch.close();
        ledger.close();
    }

    /** The calls as they are served, as far as they need no more than a rig has; what they do not have is null. */
    Api api(Accounts accounts, Access access, @Nullable Tracking tracking) {
        return new Api(
                new Api.Records(ledger, new Orders(), null, access, null),
                new Api.Doors(sources, intake, null, desk, null, null),
                new Api.Carriage(accounts, dispatch, Spending.read(Settings.of("")), null, tracking),
                null,
                new Api.Sheets(null, null, Optional.empty()),
                null,
                new Api.Opening(null, null, source -> null, null));
    }
}
