package io.waybill.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.AttemptBook;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.OrderBook.Revision;
import io.waybill.ledger.PlanBook.Plan;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.order.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An order in a real ledger, whose labels a test sells and gives back one step at a time, without any thread. */
final class OneOrder {
    private static final String CONTENT = """
            {"orderId": "SO-1", "namespace": "acme", "service": "ground",
             "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX", "postalCode": "78701",
                        "country": "US"},
             "shipFrom": {"name": "Acme Depot", "line1": "500 Depot Rd", "city": "Austin", "state": "TX",
                          "postalCode": "78701", "country": "US"},
             "billing": {"costCenter": "4711"},
             "parcels": [{"weight": {"value": 1, "unit": "kg"}}]}""";
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            3,
            Duration.ofSeconds(8));

    final Ledger ledger;
    final Account account;
    final Voiding voiding;
    final VoidCalls voidCalls;
    final String orderUid;
    final String shipment;
    private final Recording recording;
    private final Orphans orphans;
    private int attempts;

    OneOrder(Ledger ledger, Account account) {
        this.ledger = ledger;
        this.account = account;
        Accounts accounts = new Accounts(List.of(account));
        this.voidCalls = new VoidCalls(ledger, accounts, VoidCalls.UNANSWERED);
        this.voiding = new Voiding(ledger, accounts, voidCalls);
        this.recording = new Recording(ledger, SETTINGS, Outside.REAL, sold -> {});
        this.orphans = new Orphans(ledger);
        Plan plan = new Plan(
                ShipmentState.READY, account.name(), "fake", "ground", "PDF", "4x6", 203, null, null, null, null);
        orderUid = ledger.commit(tx -> tx.orders()
                .insert(new Revision(
                        "acme",
                        Ids.next("SO"),
                        "Ann",
                        null,
                        List.of(),
                        CONTENT,
                        "sha",
                        CONTENT,
                        "now",
                        "api",
                        "local",
                        null,
                        null,
                        null)));
        shipment = ledger.commit(tx -> tx.plans().begin(orderUid, 1, "order", null, plan));
    }

    /** H2 in a file system in memory. */
    static Ledger ledger() {
        return Ledger.open(Stores.memory(), (namespace, type) -> List.of("oms"));
    }

    /** Claims the shipment for its first purchase. */
    AttemptRow claim() {
        return claim(account);
    }

    /** Claims it for a purchase at this account. */
    AttemptRow claim(Account buyer) {
        ShipmentRow row = row();
        ledger.commitAll(tx -> tx.purchases().claim(List.of(row), buyer.carrierId(), "node", Duration.ofMinutes(5)));
        return attempt(buyer);
    }

    /** One more request, whatever the shipment stands at. */
    AttemptRow attempt() {
        return attempt(account);
    }

    /** The same at this account. */
    AttemptRow attempt(Account buyer) {
        attempts++;
        AttemptRow attempt = new AttemptRow(
                Ids.next("REF").substring(0, 30),
                shipment,
                attempts,
                "9b2f3c52-2b5e-4d2b-9a65-0d2a7c0c4a11",
                "SO-1",
                buyer.name(),
                buyer.carrierId(),
                row().fence(),
                "SENDING",
                new byte[] {1},
                null,
                Instant.EPOCH);
        ledger.commitAll(tx -> tx.attempts().open(attempt, new AttemptBook.Buyer("local", "acme", 1), "node"));
        return attempt;
    }

    /** The carrier answers an attempt with a label, in one part of a price for each charge. */
    void sold(AttemptRow attempt, String number, List<Charge> charges) {
        sold(
                attempt,
                number,
                charges,
                new Label(List.of(new Label.Document("shipping_label", 1, "PDF", "4x6", new byte[] {1}))));
    }

    /** The same, with its label still to come where that is null. */
    void sold(AttemptRow attempt, String number, List<Charge> charges, @Nullable Label label) {
        sold(
                attempt,
                new Outcome.Bought(
                        new ShipmentId(number),
                        List.of(new ExternalNumber("tracking", 1, "T" + number)),
                        charges,
                        Optional.ofNullable(label),
                        new byte[] {1}));
    }

    /** The carrier answers an attempt with this. */
    void sold(AttemptRow attempt, Outcome.Bought bought) {
        recording.bought(account, attempt, attempt.fence(), bought);
    }

    /** Asks the carrier to void every orphan whose time it is. */
    void voidOrphans() {
        orphans.voidThoseDue(account);
    }

    ShipmentRow row() {
        return ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL)).orElseThrow();
    }

    List<ChargeBook.Row> charges() {
        return ledger.read(tx -> tx.charges().ofOrder(orderUid));
    }

    /** What is asked back: the state of each, and what was approved. */
    List<String> refunds() {
        return ledger.read(tx -> tx.refunds().ofShipments(List.of(shipment))).stream()
                .map(row -> row.state() + " "
                        + Objects.requireNonNull(row.approved()).setScale(2).toPlainString())
                .toList();
    }

    List<String> events() {
        return ledger.read(tx -> tx.deliveries().of(orderUid)).stream()
                .map(DeliveryBook.Row::type)
                .toList();
    }

    /** The data of its first event of this type. */
    JsonNode told(String type) {
        return ledger.read(tx -> tx.deliveries().of(orderUid)).stream()
                .filter(row -> row.type().equals(type))
                .map(row -> ledger.read(tx -> tx.deliveries()
                        .told(row.id(), Namespaces.ALL)
                        .orElseThrow()
                        .payload()))
                .map(payload -> Json.kept(payload).path("data"))
                .findFirst()
                .orElseThrow();
    }

    List<String> reasons() {
        return ledger.read(OpenExceptions::of).stream()
                .map(ExceptionBook.Row::reason)
                .toList();
    }

    /** What is said of all that is open. */
    String problems() {
        return ledger.read(OpenExceptions::of).toString();
    }
}
