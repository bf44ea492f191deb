package io.waybill.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Spending;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Event;
import io.waybill.delivery.Sinks;
import io.waybill.dispatch.Choosing;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.DispatchSettings;
import io.waybill.intake.Intake;
import io.waybill.intake.Originals;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.order.Content;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The whole spine of a hub as {@code run} wires it, without HTTP and routes: one source, one sink that takes everything at once. */
final class Works implements AutoCloseable {
    private static final String SETTINGS = """
            defaults.namespace=acme
            defaults.shipFrom.name=Acme Depot
            defaults.shipFrom.line1=500 Depot Rd
            defaults.shipFrom.city=Austin
            defaults.shipFrom.state=TX
            defaults.shipFrom.postalCode=78701
            defaults.shipFrom.country=US
            source.erp.onChange=replace
            service.ground=%s:ground
            sink.oms.url=http://127.0.0.1:1/
            sink.oms.namespaces=acme
            sink.oms.events=order.labelled,billing.charged
            """;
    private static final Orders ORDERS = new Orders();

    final Ledger ledger;
    final AtomicInteger ended = new AtomicInteger();
    final AtomicInteger delivered = new AtomicInteger();
    /** Told the orderId of each order whose label was delivered to the sink. */
    volatile Consumer<String> onLabelled = order -> {};

    private final Dispatch dispatch;
    private final Delivery delivery;
    private final Intake intake;

    Works(Database database, List<Account> opened) {
        Settings settings = Settings.of(SETTINGS.formatted(opened.get(0).name()));
        Sinks sinks = Sinks.read(settings);
        Accounts accounts = new Accounts(opened);
        Choosing choosing = Choosing.read(settings.section(""), accounts);
        String node = Ids.next("node");
        ledger = Ledger.open(database, sinks);
        delivery = new Delivery(ledger, node, sinks, name -> this::deliver);
        dispatch = new Dispatch(
                ledger,
                accounts,
                DispatchSettings.read(settings.section("dispatch"), Duration.ofMinutes(30)),
                Spending.read(Settings.of("")),
                node,
                this::ended);
        intake = new Intake(
                ledger,
                ORDERS,
                new Sources(settings),
                choosing,
                Spending.read(Settings.of("")),
                Originals.NONE,
                dispatch.atOnce(),
                this::wake);
        dispatch.start();
        delivery.start();
    }

    /** Takes an order in as the REST interface does, under an idempotency key. */
    Taken take(ObjectNode order) {
        String key = order.path("orderId").asText();
        return intake.take(
                new Submission("erp", "api", order, key, Content.hash(order), null, null, null, false, "erp"));
    }

    private void wake() {
        dispatch.wake();
        delivery.wake();
    }

    private void deliver(Event event) {
        if (event.type().equals("order.labelled")) {
            onLabelled.accept(event.subject());
        }
        delivered.incrementAndGet();
    }

    private void ended() {
        ended.incrementAndGet();
        delivery.wake();
    }

    /** An order of usual size, for the first account unless one is named. */
    static ObjectNode order(String orderId) {
        ObjectNode order = (ObjectNode) ORDERS.parse("""
                {"orderId": "SO", "service": "ground", "reference": "PO-7781",
                 "identifiers": [{"system": "shop", "value": "gid://7781"}],
                 "shipTo": {"name": "Jane Roe", "company": "Roe & Sons", "line1": "1 Main St", "city": "Austin",
                            "state": "TX", "postalCode": "78701", "country": "US", "phone": "+15125550143"},
                 "parcels": [{"reference": "box-1", "weight": {"value": 1.2, "unit": "kg"}}],
                 "billing": {"costCenter": "CC-100"}}""".getBytes(StandardCharsets.UTF_8));
        order.put("orderId", orderId);
        return order;
    }

    static ObjectNode order(String orderId, String account) {
        return order(orderId).put("account", account);
    }

    @Override
    public void close() {
        dispatch.close();
        delivery.stop();
        ledger.close();
    }
}
