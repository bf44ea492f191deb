package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.Event;
import io.waybill.delivery.Sinks;
import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What invoices tell the systems of those who pay them. */
class MoneyEventsTest {
    private static final String DAY = "2026-11-16";

    @TempDir
    Path folder;

    private final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();

    @Test
    void an_invoice_its_adjustments_its_credits_and_its_postings_reach_the_sinks_each_once_with_invoice_and_line() {
        Database database = Stores.h2(folder);
        Ledger.open(database, Subscriptions.NONE).close();
        SoldLabels.put(
                database,
                "fake",
                "USD",
                List.of(new Label(
                        "SO-1", "1Z1", LocalDate.parse(DAY), Map.of("shipping", new BigDecimal("8.10")), false)));
        Sinks sinks = Sinks.read(Settings.of("""
                sink.erp.namespaces=acme
                sink.erp.events=invoice.reconciled,billing.adjusted,billing.refunded,journal.posted
                """));
        try (Ledger ledger = Ledger.open(database, sinks)) {
            Billing billing = new Billing(
                    ledger,
                    new Accounts(List.of(FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "1")))),
                    Mappings.load(folder, name -> null),
                    folder,
                    Path.of("mappings/lookups/gl.csv"),
                    "n");
            Delivery delivery = new Delivery(ledger, "node-1", sinks, name -> this::tell);
            delivery.start();
            try {
                asksBack(ledger);
                byte[] first = new UpsFile()
                        .charge("I-1", "1Z1", DAY, Charge.transport("8.10"))
                        .charge("I-1", "1Z1", DAY, Charge.adjusted("RADJ", "Residential Adjustment", "4.15"))
                        .bytes();
                take(billing, first);
                take(billing, first);
                String credit = take(
                        billing,
                        new UpsFile()
                                .charge("I-2", "1Z1", DAY, Charge.voided("-8.10"))
                                .bytes());
                billing.approve(credit, Namespaces.ALL, "Joe");
                billing.post(credit, Namespaces.ALL, "Joe");
                await().until(() -> told.size() >= 5);
            } finally {
                delivery.stop();
            }
        }

        assertThat(told)
                .extracting(event -> event.path("type").asText())
                .containsExactlyInAnyOrder(
                        "invoice.reconciled",
                        "billing.adjusted",
                        "invoice.reconciled",
                        "billing.refunded",
                        "journal.posted");
        assertThat(told)
                .allSatisfy(event -> assertThat(EventSchemas.broken(event)).isEmpty());
        JsonNode reconciled = told("invoice.reconciled");
        assertThat(List.of(
                        reconciled.path("invoice").asText(),
                        reconciled.path("total").asText(),
                        reconciled.path("expected").asText(),
                        reconciled.path("variance").asText()))
                .containsExactly("I-1", "12.25", "8.10", "4.15");
        JsonNode adjusted = told("billing.adjusted");
        assertThat(List.of(
                        adjusted.path("orderId").asText(),
                        adjusted.path("trackingNumber").asText(),
                        adjusted.path("invoice").asText(),
                        adjusted.at("/adjustments/0/invoiceLine").asText(),
                        adjusted.at("/adjustments/0/reason").asText(),
                        adjusted.at("/adjustments/0/amount").asText()))
                .containsExactly("SO-1", "1Z1", "I-1", "2", "RADJ", "4.15");
        JsonNode refunded = told("billing.refunded");
        assertThat(List.of(
                        refunded.path("orderId").asText(),
                        refunded.at("/refund/credited").asText(),
                        refunded.at("/refund/by").asText()))
                .containsExactly("SO-1", "8.10", "I-2");
        JsonNode posted = told("journal.posted");
        assertThat(posted.path("carrier").asText()).isEqualTo("fake");
        assertThat(posted.path("lines"))
                .extracting(line ->
                        line.path("debit").asText() + " " + line.path("credit").asText())
                .containsExactlyInAnyOrder("8.10 0.00", "0.00 8.10");
    }

    @Test
    void
            lines_on_no_shipment_of_a_shared_account_are_told_with_the_only_namespace_it_bills_or_to_sinks_that_take_a_star() {
        Database database = Stores.h2(folder);
        Ledger.open(database, Subscriptions.NONE).close();
        SoldLabels.put(
                database,
                "fake",
                "USD",
                List.of(new Label(
                        "SO-1", "1Z1", LocalDate.parse(DAY), Map.of("shipping", new BigDecimal("8.10")), false)));
        Sinks sinks = Sinks.read(Settings.of("""
                sink.erp.namespaces=acme
                sink.erp.events=journal.posted
                sink.group.namespaces=globex,*
                sink.group.events=journal.posted
                """));
        Charge fee = new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", "21.00");
        try (Ledger ledger = Ledger.open(database, sinks)) {
            Billing billing = billing(ledger, books());
            Delivery delivery = new Delivery(ledger, "node-1", sinks, name -> this::tell);
            delivery.start();
            try {
                post(
                        billing,
                        new UpsFile()
                                .charge("I-1", "1Z1", DAY, Charge.transport("8.10"))
                                .charge("I-1", "", DAY, fee));
                post(billing, new UpsFile().charge("I-2", "", DAY, fee));
                await().until(() -> told.size() >= 2);
            } finally {
                delivery.stop();
            }
        }

        assertThat(told)
                .extracting(event -> event.at("/data/entryId").asText() + " "
                        + event.at("/data/namespace").asText() + " "
                        + event.at("/data/lines").findValuesAsText("debit"))
                .containsExactlyInAnyOrder(
                        "INV-fake-I-1-1 acme [8.10, 21.00, 0.00, 0.00]", "INV-fake-I-2-1 * [21.00, 0.00]");
        assertThat(told)
                .allSatisfy(event -> assertThat(EventSchemas.broken(event)).isEmpty());
    }

    private static void post(Billing billing, UpsFile file) {
        String id = take(billing, file.bytes());
        billing.approve(id, Namespaces.ALL, "Joe");
        billing.post(id, Namespaces.ALL, "Joe");
    }

    private Billing billing(Ledger ledger, Path gl) {
        return new Billing(
                ledger,
                new Accounts(List.of(FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "1")))),
                Mappings.load(folder, name -> null),
                folder,
                gl,
                "n");
    }

    /** Lines on no shipment are the company's that pays for them. */
    private Path books() {
        try {
            Path gl = folder.resolve("gl.csv");
            Files.copy(Path.of("mappings/lookups/gl.csv"), gl);
            Files.writeString(folder.resolve("companies.csv"), "namespace,companyCode\n*,HQ\n");
            return gl;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first invoice it is of. */
    private static String take(Billing billing, byte[] file) {
        return billing.take(new Handed("nov.csv", Content.of(file), "ups", "fake", null, "Jane"), Namespaces.ALL)
                .invoices()
                .get(0)
                .row()
                .id();
    }

    private static void asksBack(Ledger ledger) {
        String shipment = ledger.read(tx -> tx.numbers().shipments("1Z1")).get(0);
        String order = ledger.read(tx -> tx.shipments().find(shipment, Namespaces.ALL))
                .orElseThrow()
                .orderUid();
        ledger.commitAll(tx -> {
            tx.refunds()
                    .ask(
                            new RefundBook.Asked(
                                    "acme",
                                    "fake",
                                    "ups",
                                    order,
                                    "SO-1",
                                    shipment,
                                    "1Z1",
                                    "REF-1",
                                    false,
                                    "requested",
                                    "USD",
                                    new BigDecimal("8.10")),
                            Duration.ofDays(30));
            tx.refunds().decide("fake", "1Z1", new RefundBook.Decided("pending", null, null, null));
        });
    }

    private void tell(Event event) throws IOException {
        told.add(Json.mapper().readTree(event.json()));
    }

    private JsonNode told(String type) {
        return told.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow()
                .path("data");
    }
}
