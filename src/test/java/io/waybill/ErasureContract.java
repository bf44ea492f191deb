package io.waybill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Aftercare;
import io.waybill.carrier.Documents;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.intake.Taken;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.ComparedBook;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.Database;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.FileBook;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.OutcomeBook;
import io.waybill.ledger.QuoteBook;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.RejectionBook;
import io.waybill.ledger.Retention;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.TrackingBook.Event;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import io.waybill.tracking.Scans;
import io.waybill.tracking.Tracking;
import io.waybill.tracking.TrackingSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A recipient is put into every place that can hold one, forgotten, and looked for in every column of every table. */
abstract class ErasureContract {
    private static final String NAME = "Zebedee Canarius";
    private static final String PHONE = "+15125550177";
    private static final String EMAIL = "zebedee@canary.example";
    private static final String STREET = "77 Canary Wharf Lane";
    private static final List<String> CANARIES = List.of(NAME, "canarius", PHONE, EMAIL, STREET);

    private Database database;
    private Rig rig;
    private Erasure erasure;

    abstract Database database();

    @BeforeEach
    void start() {
        database = database();
        rig = Rig.start(database, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
        erasure = new Erasure(rig.ledger);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void nothing_of_the_recipient_is_left_in_any_column_of_any_table() throws SQLException {
        Taken taken = rig.take(canary("E-1"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        writeEverywhere(taken, shipment);
        assertThat(whereFound())
                .contains(
                        "orders.content",
                        "orders.effective",
                        "orders.recipient",
                        "order_revision.content",
                        "order_identifier.id_value",
                        "order_word.word",
                        "story.detail",
                        "outbox.payload",
                        "source_document.gzip",
                        "rejection.problems",
                        "inbound_document.problems",
                        "compared_row.problems",
                        "exception.problems",
                        "quote.excluded",
                        "tracking_event.reason",
                        "shipment.problem",
                        "purchase_attempt.request_bytes",
                        "purchase_attempt.response_bytes",
                        "purchase_attempt.words",
                        "document.bytes",
                        "orphan.words",
                        "refund.words",
                        "manifest_paper.bytes",
                        "manifest.words",
                        "dispute.words",
                        "variance_decision.reason",
                        "batch_row.problems",
                        "inbox.problems",
                        "shadow_document.effective",
                        "shadow_document.problems");

        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        assertThat(whereFound()).isEmpty();
    }

    @Test
    void what_a_carrier_said_of_manifests_it_cannot_have_been_left_out_of_stays() throws SQLException {
        Taken taken = rig.take(canary("E-16"));
        rig.settled(taken, ShipmentState.LABELLED);
        try (Connection connection = open()) {
            manifest(connection, "man_before", "bought_at - INTERVAL '1' DAY");
            manifest(connection, "man_soon", "bought_at + INTERVAL '1' DAY");
            manifest(connection, "man_late", "bought_at + INTERVAL '31' DAY");

            erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

            List<String> told = new ArrayList<>();
            try (ResultSet rows = connection
                    .createStatement()
                    .executeQuery("SELECT id FROM manifest WHERE words IS NOT NULL ORDER BY id")) {
                while (rows.next()) {
                    told.add(rows.getString("id"));
                }
            }
            assertThat(told).containsExactly("man_before", "man_late");
        }
    }

    /** One the carrier refused, made at a time told by the shipment. */
    private static void manifest(Connection connection, String id, String time) throws SQLException {
        run(connection, """
                INSERT INTO manifest (id, account, ship_day, state, words, created_by, created_at)
                SELECT ?, 'fake', DATE '2026-11-24', 'REFUSED', 'account suspended', 'Ann', %s FROM shipment""".formatted(time), id);
    }

    @Test
    void what_another_source_of_its_namespace_said_of_it_in_a_file_goes_too() throws SQLException {
        Taken taken = rig.take(canary("E-15"));
        rig.settled(taken, ShipmentState.LABELLED);
        String told = "[{\"code\":\"bad-value\",\"values\":{\"value\":\"" + NAME + "\"}}]";
        rig.ledger.commitAll(tx -> {
            FileBook.Drop drop = new FileBook.Drop("sheet", "orders", "sha", "corrected.csv", 10, null);
            String file = tx.files()
                    .claim(drop, "node", Duration.ofSeconds(1))
                    .orElseThrow()
                    .id();
            tx.rejections()
                    .keep(
                            new RejectionBook.Row(
                                    null, "sheet", "acme", "file", "E-15", file, 1, 2L, null, "sheet/k", told),
                            new RejectionBook.Match("sheet", "acme", "sheet/k", null, "E-15"));
            tx.files()
                    .progress(
                            file,
                            List.of(new OutcomeBook.Outcome(
                                    1, 2, 2, "E-15", null, "REJECTED", "bad-value", told, null, null)),
                            2,
                            "node",
                            Duration.ofSeconds(1));
            String compared = tx.compared()
                    .lockOf(new ComparedBook.Arrival(
                            "sheet", "acme", "sha", "corrected.csv", 10, null, 5_000, "node", "Ann", "*"))
                    .id();
            tx.comparedRows()
                    .priced(
                            compared,
                            List.of(new ComparedRows.Row(1, 2, 2, null, "E-15", "BAD", null, told, null, null)),
                            2);
        });
        try (Connection connection = open()) {
            run(connection, """
                    INSERT INTO batch (id, source, namespace, file_sha256, name, size, state, node, created_by, visible,
                        next_document, created_at)
                    SELECT 'bat_1', 'sheet', 'acme', 'sha', 'corrected.csv', 10, 'CHECKED', 'node', 'Ann', '*', 2, created_at
                    FROM shipment""");
            for (String whose : List.of("acme", "globex")) {
                run(connection, """
                        INSERT INTO batch_row (batch_id, ordinal, first_row, last_row, namespace, order_id, result, problems, held)
                        SELECT 'bat_1', CASE WHEN CAST(? AS VARCHAR) = 'acme' THEN 1 ELSE 2 END, 2, 2, ?, order_id, 'BAD', ?, FALSE
                        FROM orders""", whose, whose, whose.equals("acme") ? told : "[\"theirs\"]");
            }
        }
        assertThat(whereFound()).contains("inbound_document.problems", "batch_row.problems", "compared_row.problems");

        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        assertThat(whereFound()).isEmpty();
        try (Connection connection = open();
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT problems FROM batch_row WHERE ordinal = 2")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).as("of another namespace").isEqualTo("[\"theirs\"]");
        }
    }

    @Test
    void amounts_numbers_country_and_the_beginning_of_the_postal_code_stay() throws IOException {
        Taken taken = rig.take(canary("E-2"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        List<ChargeBook.Row> charges = rig.ledger.read(tx -> tx.charges().ofShipment(shipment.id()));
        List<String> numbers = rig.ledger.read(tx -> tx.numbers().tracking(shipment.id()));
        assertThat(numbers).isNotEmpty();

        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        OrderRow order = rig.ledger
                .read(tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL))
                .orElseThrow();
        JsonNode rest = Json.mapper().readTree(order.effective());
        assertThat(rest.at("/shipTo/country").asText()).isEqualTo("US");
        assertThat(rest.at("/shipTo/postalCode").asText()).isEqualTo("787");
        assertThat(rest.at("/billing/costCenter").asText()).isEqualTo("CC-7");
        assertThat(rig.ledger.<List<ChargeBook.Row>>read(tx -> tx.charges().ofShipment(shipment.id())))
                .isEqualTo(charges)
                .isNotEmpty();
        assertThat(rig.ledger.<List<String>>read(tx -> tx.numbers().tracking(shipment.id())))
                .isEqualTo(numbers);
        List<AuditBook.Entry> audit = rig.ledger.read(tx -> tx.audit().list(Namespaces.ALL, order.id(), null, 9));
        assertThat(audit).extracting(AuditBook.Entry::actor).containsExactly("privacy officer");
    }

    @Test
    void an_event_not_yet_delivered_is_still_a_whole_event() throws Exception {
        Taken taken = rig.take(canary("E-3"));
        rig.settled(taken, ShipmentState.LABELLED);

        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        try (Connection connection = open();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT id, payload FROM outbox WHERE type = 'order.labelled'")) {
            assertThat(rows.next()).isTrue();
            JsonNode event = Json.mapper().readTree(rows.getString("payload"));
            assertThat(event.path("id").asText()).isEqualTo(rows.getString("id"));
            assertThat(event.path("subject").asText()).isEqualTo("E-3");
            assertThat(event.at("/data/trackingNumber").asText()).startsWith("F");
            assertThat(event.at("/data/erased").asBoolean()).isTrue();
        }
    }

    @Test
    void an_order_whose_shipment_is_open_is_left_as_it_is() throws SQLException {
        ObjectNode order = canary("E-4");
        ((ObjectNode) order.path("parcels").get(0)).remove("weight");
        Taken taken = rig.take(order);
        Set<String> before = whereFound();

        assertThatThrownBy(() -> erasure.order(taken.orderUid(), Namespaces.ALL, "ops"))
                .hasMessageContaining("still open");
        assertThat(erasure.namespace("acme", "ops")).isEqualTo(new Erasure.Done(0, 1));
        assertThat(whereFound()).isEqualTo(before).isNotEmpty();

        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(erasure.namespace("acme", "ops")).isEqualTo(new Erasure.Done(1, 0));
        assertThat(whereFound()).isEmpty();
    }

    @Test
    void orders_are_forgotten_together_and_what_is_open_or_unreadable_or_another_namespace_s_keeps_none_of_them()
            throws SQLException {
        for (String number : List.of("E-10", "E-11", "E-12")) {
            rig.settled(rig.take(canary(number)), ShipmentState.LABELLED);
        }
        ObjectNode open = canary("E-13");
        ((ObjectNode) open.path("parcels").get(0)).remove("weight");
        rig.take(open);
        rig.take(canary("E-10").put("namespace", "globex"));
        try (Connection connection = open()) {
            connection.createStatement().execute("UPDATE orders SET effective = '{' WHERE order_id = 'E-11'");
        }

        assertThat(erasure.namespace("acme", "ops")).isEqualTo(new Erasure.Done(2, 2));

        assertThat(remembered()).containsExactly("acme/E-11", "acme/E-13", "globex/E-10");
    }

    private List<String> remembered() throws SQLException {
        List<String> orders = new ArrayList<>();
        try (Connection connection = open();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT namespace, order_id FROM orders WHERE recipient IS NOT NULL ORDER BY 1, 2")) {
            while (rows.next()) {
                orders.add(rows.getString(1) + "/" + rows.getString(2));
            }
        }
        return orders;
    }

    @Test
    void another_namespace_s_order_is_not_there() {
        Taken taken = rig.take(canary("E-5"));
        rig.settled(taken, ShipmentState.LABELLED);

        assertThatThrownBy(() -> erasure.order(taken.orderUid(), Namespaces.of(Set.of("other")), "ops"))
                .hasMessageContaining("there is no order");
    }

    @Test
    void the_same_order_again_after_it_was_forgotten_buys_nothing() {
        Taken taken = rig.take(canary("E-6"));
        rig.settled(taken, ShipmentState.LABELLED);
        erasure.order(taken.orderUid(), Namespaces.ALL, "ops");

        Taken again = rig.take(canary("E-6"));

        assertThat(again.result()).isEqualTo(Taken.Result.CONFLICT);
        assertThat(rig.shipment(taken).attempts()).isEqualTo(1);
    }

    @Test
    void what_is_kept_long_enough_goes_by_itself_and_what_is_younger_stays() throws SQLException {
        Taken taken = rig.take(canary("E-7"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        writeEverywhere(taken, shipment);
        Retention ninety =
                Retention.read(Settings.of("retention.documents=90d\nretention.labels=90d\nretention.personal=90d")
                        .section("retention"));
        assertThat(retain(ninety).isNothing()).isTrue();

        age("source_document", "received_at");
        age("document", "created_at");
        assertThat(retain(ninety)).isEqualTo(new Erasure.Gone(0, 1, 2));
        assertThat(whereFound()).contains("orders.content").doesNotContain("document.bytes", "source_document.gzip");
        age("orders", "updated_at");
        assertThat(retain(ninety).orders()).as("labelled a moment ago").isZero();
        age("shipment", "labelled_at");
        assertThat(retain(ninety)).isEqualTo(new Erasure.Gone(1, 0, 0));
        assertThat(whereFound()).isEmpty();
        assertThat(retain(ninety).isNothing()).isTrue();
    }

    @Test
    void what_is_told_of_a_parcel_after_its_order_was_forgotten_moves_it_and_brings_nothing_back() throws SQLException {
        Taken taken = rig.take(canary("E-8"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        String number =
                rig.ledger.read(tx -> tx.numbers().tracking(shipment.id())).get(0);
        MoodyCarrier carrier = new MoodyCarrier(IdempotencyClass.A);
        carrier.pushed.add(scan(number, "in_transit", "2026-11-24T10:00:00Z"));
        try (Tracking tracking = tracking(carrier)) {
            push(tracking, "before");
            scanFile(number, "delivery_failed", "2026-11-24T11:00:00Z");
            assertThat(whereFound()).contains("tracking_event.place", "tracking_event.text", "outbox.payload");

            erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");
            carrier.pushed.add(scan(number, "out_for_delivery", "2026-11-24T12:00:00Z"));
            push(tracking, "after");
            assertThat(whereFound()).isEmpty();
            assertThat(rig.shipment(taken).trackingStatus()).isEqualTo("out_for_delivery");
            assertThat(rig.ledger.<List<Event>>read(tx -> tx.tracking().of(shipment.id())))
                    .as("what was known before is known")
                    .hasSize(3);
        }
        scanFile(number, "delivery_failed", "2026-11-24T11:00:00Z");
        scanFile(number, "delivered", "2026-11-24T13:00:00Z");

        assertThat(whereFound()).isEmpty();
        assertThat(rig.shipment(taken).word()).isEqualTo("delivered");
    }

    @Test
    void nobody_is_asked_again_about_the_parcel_of_an_order_that_was_forgotten() {
        Taken taken = rig.take(canary("E-9"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        String number =
                rig.ledger.read(tx -> tx.numbers().tracking(shipment.id())).get(0);
        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");
        MoodyCarrier carrier = new MoodyCarrier(IdempotencyClass.A);
        carrier.pushed.add(scan(number, "in_transit", "2026-11-24T10:00:00Z"));
        try (Tracking tracking = tracking(carrier)) {
            push(tracking, "after");
        }
        assertThat(rig.ledger.<List<Moving>>read(tx -> tx.journeys().claim("fake", 10, Duration.ofMinutes(1))))
                .isEmpty();
    }

    @Test
    void no_label_or_paper_of_an_order_that_was_forgotten_is_printed_again_and_kept() throws SQLException {
        rig.close();
        Printer printer = new Printer(new FakeCarrier(IdempotencyClass.A, "8.10"));
        rig = Rig.start(database, FakeCarrier.account("fake", printer, "on_creation", Aftercare.DEFAULT));
        erasure = new Erasure(rig.ledger);
        Taken taken = rig.take(canary("E-10"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        assertThat(rig.dispatch.label(shipment, 1, "ZPL")).isPresent();
        assertThat(whereFound()).contains("document.bytes");
        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        assertThat(rig.dispatch.label(shipment, 1, "ZPL")).isEmpty();
        assertThat(rig.dispatch.label(shipment, 1, "PNG")).isEmpty();
        assertThat(rig.dispatch.papers(shipment)).isEmpty();

        assertThat(whereFound()).isEmpty();
    }

    @Test
    void a_label_that_was_kept_long_enough_is_printed_again_kept_as_long_and_goes_again() throws SQLException {
        Taken taken = rig.take(Rig.order("E-14", "1.2"));
        ShipmentRow shipment = rig.settled(taken, ShipmentState.LABELLED);
        Retention ninety = Retention.read(Settings.of("retention.labels=90d").section("retention"));
        age("document", "created_at");
        assertThat(retain(ninety)).isEqualTo(new Erasure.Gone(0, 1, 0));
        assertThat(rig.ledger.<List<Integer>>read(tx -> tx.labels().parcels(shipment.id(), "PDF")))
                .isEmpty();

        assertThat(rig.dispatch.label(shipment, 1, "PDF")).isPresent();

        assertThat(rig.ledger.<List<Integer>>read(tx -> tx.labels().parcels(shipment.id(), "PDF")))
                .containsExactly(1);
        assertThat(retain(ninety).isNothing()).isTrue();
        age("document", "created_at");
        assertThat(retain(ninety)).isEqualTo(new Erasure.Gone(0, 1, 0));
    }

    @Test
    void a_label_or_paper_that_is_printed_while_its_order_is_forgotten_is_not_kept() throws SQLException {
        rig.close();
        Printer printer = new Printer(new FakeCarrier(IdempotencyClass.A, "8.10"));
        rig = Rig.start(database, FakeCarrier.account("fake", printer, "on_creation", Aftercare.DEFAULT));
        erasure = new Erasure(rig.ledger);
        Taken one = rig.take(canary("E-11"));
        Taken other = rig.take(canary("E-12"));
        ShipmentRow labelled = rig.settled(one, ShipmentState.LABELLED);
        ShipmentRow papered = rig.settled(other, ShipmentState.LABELLED);

        printer.meanwhile = () -> erasure.order(one.orderUid(), Namespaces.ALL, "privacy officer");
        assertThat(rig.dispatch.label(labelled, 1, "ZPL")).isEmpty();
        printer.meanwhile = () -> erasure.order(other.orderUid(), Namespaces.ALL, "privacy officer");
        assertThat(rig.dispatch.papers(papered)).isEmpty();

        assertThat(whereFound()).isEmpty();
    }

    @Test
    void what_waits_in_a_bundle_is_forgotten_with_its_order_and_the_others_are_told() throws SQLException {
        Taken taken = rig.take(canary("E-13"));
        rig.settled(taken, ShipmentState.LABELLED);
        List<String> events = eventIds();
        rig.ledger.commitAll(tx -> {
            events.forEach(event -> tx.bundles().add("oms", event, "to " + NAME));
            tx.bundles().add("oms", "evt_of_another", "to somebody else");
        });
        assertThat(whereFound()).contains("bundled_event.content");

        erasure.order(taken.orderUid(), Namespaces.ALL, "privacy officer");

        assertThat(whereFound()).isEmpty();
        rig.ledger.commitAll(tx -> tx.bundles().close("oms", 100));
        String bundle = rig.ledger
                .commit(tx -> tx.bundles().claim("oms", "node", Duration.ofMinutes(1)))
                .orElseThrow()
                .id();
        assertThat(rig.ledger
                        .<Optional<List<String>>>read(tx -> tx.bundles().contents(bundle, "node"))
                        .orElseThrow())
                .containsExactly("to somebody else");
    }

    @Test
    void what_was_said_of_many_documents_is_forgotten_in_one_round_in_whatever_tables_it_stands() throws SQLException {
        String told = "[{\"code\":\"bad-value\",\"values\":{\"value\":\"" + NAME + "\"}}]";
        rig.ledger.commitAll(tx -> {
            FileBook.Drop drop = new FileBook.Drop("erp", "orders", "sha", "orders.csv", 10, null);
            String file = tx.files()
                    .claim(drop, "node", Duration.ofSeconds(1))
                    .orElseThrow()
                    .id();
            List<OutcomeBook.Outcome> outcomes = new ArrayList<>();
            for (int row = 1; row <= 250; row++) {
                String orderId = "R-" + row;
                tx.rejections()
                        .keep(
                                new RejectionBook.Row(
                                        null, "erp", "acme", "file", null, file, row, 2L, null, "erp/" + row, told),
                                new RejectionBook.Match("erp", "acme", "erp/" + row, null, orderId));
                outcomes.add(
                        new OutcomeBook.Outcome(row, 2, 2, orderId, null, "REJECTED", "bad-value", told, null, null));
            }
            tx.files().progress(file, outcomes, 250, "node", Duration.ofSeconds(1));
        });
        assertThat(whereFound()).containsExactlyInAnyOrder("rejection.problems", "inbound_document.problems");
        age("rejection", "rejected_at");
        age("inbound_document", "recorded_at");

        retain(Retention.read(Settings.of("retention.documents=90d").section("retention")));

        assertThat(whereFound()).isEmpty();
    }

    private Erasure.Gone retain(Retention keep) {
        return erasure.retain(keep, () -> () -> true);
    }

    /** Prints its labels and papers as often as it is asked to, with the recipient on them. */
    private static final class Printer implements LikeFake, Documents {
        private final FakeCarrier fake;
        private Runnable meanwhile = () -> {};

        Printer(FakeCarrier fake) {
            this.fake = fake;
        }

        @Override
        public FakeCarrier fake() {
            return fake;
        }

        @Override
        public Fetched fetch(ShipmentId id, LabelRequest request) {
            return new Fetched.Ready(new Label(List.of(printed("shipping_label", 1, request.format()))));
        }

        @Override
        public List<Label.Document> documents(ShipmentId id) {
            return List.of(printed("invoice", 0, "PDF"));
        }

        private Label.Document printed(String kind, int parcel, String format) {
            meanwhile.run();
            return new Label.Document(kind, parcel, format, "4x6", ("for " + NAME).getBytes(UTF_8));
        }
    }

    private List<String> eventIds() throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = open();
                ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM outbox")) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        assertThat(ids).isNotEmpty();
        return ids;
    }

    private Tracking tracking(MoodyCarrier carrier) {
        return new Tracking(
                rig.ledger,
                new Accounts(List.of(carrier.account("fake"))),
                new TrackingSettings(Duration.ZERO),
                () -> {});
    }

    private void push(Tracking tracking, String body) {
        tracking.take("fake", MoodyCarrier.push(body));
        await().until(() -> rig.ledger.read(tx -> tx.hooks().due(10)).isEmpty());
    }

    private static Tracks.Event scan(String number, String status, String at) {
        return new Tracks.Event(number, status, "C", "left with " + NAME, "behind " + STREET, OffsetDateTime.parse(at));
    }

    private void scanFile(String number, String status, String at) {
        ObjectNode scan = Json.mapper().createObjectNode();
        scan.put("trackingNumber", number).put("status", status).put("occurredAt", at);
        scan.put("signedBy", NAME).putObject("place").put("city", STREET);
        rig.ledger.commitAll(tx -> Scans.tell(tx, "acme", scan));
    }

    private static ObjectNode canary(String orderId) {
        ObjectNode order = Rig.order(orderId, "1.2");
        ((ObjectNode) order.path("shipTo"))
                .put("name", NAME)
                .put("line1", STREET)
                .put("phone", PHONE)
                .put("email", EMAIL);
        order.put("reference", "for " + NAME);
        order.putObject("metadata").put("gift", "from " + NAME);
        order.putArray("identifiers")
                .addObject()
                .put("system", "shop")
                .put("type", "buyer")
                .put("value", EMAIL);
        order.putObject("billing").put("costCenter", "CC-7");
        return order;
    }

    private void writeEverywhere(Taken taken, ShipmentRow shipment) throws SQLException {
        String told = "[{\"code\":\"bad-value\",\"values\":{\"value\":\"" + NAME + "\"}}]";
        rig.ledger.commitAll(tx -> {
            OrderRow order = tx.orders().lock(taken.orderUid(), Namespaces.ALL).orElseThrow();
            FileBook.Drop drop = new FileBook.Drop("erp", "orders", "sha", "orders.csv", 10, null);
            String file = tx.files()
                    .claim(drop, "node", Duration.ofSeconds(1))
                    .orElseThrow()
                    .id();
            String first = tx.originals().keep(original(null));
            tx.originals().keep(original(order.id()));
            RejectionBook.Match match = new RejectionBook.Match("erp", "acme", "erp/k", null, order.orderId());
            String rejection = tx.rejections()
                    .keep(
                            new RejectionBook.Row(null, "erp", "acme", "file", null, file, 1, 2L, first, "erp/k", told),
                            match);
            tx.rejections().close(match, order.id());
            tx.exceptions().open(Reason.ORDER_REJECTED, rejection, "acme", null, null, "erp", told);
            tx.files()
                    .progress(
                            file,
                            List.of(new OutcomeBook.Outcome(
                                    1, 2, 2, order.orderId(), null, "REJECTED", "bad-value", told, null, null)),
                            2,
                            "node",
                            Duration.ofSeconds(1));
            String compared = tx.compared()
                    .lockOf(new ComparedBook.Arrival(
                            "erp", "acme", "sha", "orders.csv", 10, null, 5_000, "node", "Ann", "*"))
                    .id();
            tx.comparedRows()
                    .priced(
                            compared,
                            List.of(new ComparedRows.Row(
                                    1, 2, 2, null, order.orderId(), "BAD", null, told, null, null)),
                            2);
            String number = String.valueOf(shipment.carrierShipment());
            tx.refunds()
                    .ask(
                            new RefundBook.Asked(
                                    "acme",
                                    "fake",
                                    "fake",
                                    order.id(),
                                    order.orderId(),
                                    shipment.id(),
                                    number,
                                    "ref",
                                    false,
                                    "requested",
                                    "USD",
                                    BigDecimal.TEN),
                            null);
            tx.refunds()
                    .decide("fake", number, new RefundBook.Decided("rejected", null, null, "signed for by " + NAME));
            ObjectNode kept = Json.mapper().createObjectNode();
            kept.putObject("refund").put("credited", "0").put("reason", NAME + " has the parcel");
            tx.events().emit(order, shipment.id(), "billing.refunded", kept);
            tx.story().tell(order.id(), shipment.id(), "revised", "shop", told);
            tx.exceptions().open(Reason.CARRIER_REFUSED, shipment.id(), "acme", order, shipment.id(), "erp", told);
            String notTaken = tx.deliveries().of(order.id()).stream()
                    .filter(row -> row.type().equals("exception.opened"))
                    .findFirst()
                    .orElseThrow()
                    .id();
            tx.exceptions().open(Reason.DELIVERY_PARKED, notTaken, "acme", null, null, "oms", told);
            tx.quotes()
                    .keep(
                            order.id(),
                            shipment.id(),
                            new QuoteBook.Quote(
                                    "fake",
                                    "fake",
                                    "ground",
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    "no way to " + STREET,
                                    false,
                                    null));
        });
        try (Connection connection = open()) {
            run(connection, "UPDATE shipment SET problem = ?", told);
            run(connection, "UPDATE purchase_attempt SET request_bytes = ?", NAME.getBytes(UTF_8));
            run(connection, "UPDATE purchase_attempt SET response_bytes = ?", PHONE.getBytes(UTF_8));
            run(connection, "UPDATE purchase_attempt SET words = ?", STREET);
            run(connection, "UPDATE document SET bytes = ?", EMAIL.getBytes(UTF_8));
            run(connection, """
                    INSERT INTO orphan (id, shipment_uid, ref, account, carrier, carrier_shipment, state, asks, due, found_at,
                        words)
                    SELECT 'orp_1', shipment_uid, ref, 'fake', 'fake', 'F9', 'STUCK', 1, created_at, created_at, ?
                    FROM purchase_attempt""", "signed for by " + NAME);
            run(connection, """
                    INSERT INTO manifest (id, account, ship_day, state, created_by, created_at)
                    SELECT 'man_1', 'fake', DATE '2026-11-24', 'CLOSED', 'Ann', bought_at FROM shipment""");
            run(connection, """
                    INSERT INTO manifest (id, account, ship_day, state, created_by, created_at)
                    SELECT 'man_0', 'fake', DATE '2026-11-24', 'REFUSED', 'Ann', bought_at FROM shipment""");
            run(connection, "UPDATE manifest SET words = ?", "no way to " + STREET);
            run(connection, "INSERT INTO manifest_paper VALUES ('man_1', 0, 'PDF', ?)", NAME.getBytes(UTF_8));
            run(connection, "UPDATE shipment SET manifest_id = 'man_1'");
            claim(connection);
            run(connection, """
                    INSERT INTO batch (id, source, namespace, file_sha256, name, size, state, node, created_by, visible,
                        next_document, created_at)
                    SELECT 'bat_1', 'erp', 'acme', 'sha', 'orders.csv', 10, 'CHECKED', 'node', 'Ann', '*', 2, created_at
                    FROM shipment""");
            run(connection, """
                    INSERT INTO batch_row (batch_id, ordinal, first_row, last_row, order_id, result, problems, held)
                    SELECT 'bat_1', 1, 2, 2, order_id, 'BAD', ?, FALSE FROM orders""", told);
            run(connection, """
                    INSERT INTO inbox (source, idem_key, body_sha256, order_uid, result, problems, received_at)
                    SELECT 'shop', 'k', 'sha', id, 'CONFLICT', ?, updated_at FROM orders""", told);
            run(connection, """
                    INSERT INTO shadow_document (id, source, document_key, namespace, order_id, channel, effective, problems,
                        price_state, times, received_at, changed_at)
                    SELECT 'sha_1', 'erp', 'k', namespace, order_id, 'file', ?, ?, 'NONE', 1, updated_at, updated_at
                    FROM orders""", told, told);
            for (String place : List.of("Austin", "Dallas")) {
                run(connection, """
                        INSERT INTO tracking_event (id, shipment_uid, tracking_number, status, reason, code, text, place,
                            happened_at, recorded_at, source, applied)
                        SELECT ?, id, 'F1', 'delivered', ?, 'D', ?, ?, created_at, created_at, 'poll', TRUE
                        FROM shipment""", "trk_" + place, "signed by " + NAME, "at " + STREET, place);
            }
        }
    }

    /** The carrier bills more, which is claimed back, and it says no. */
    private static void claim(Connection connection) throws SQLException {
        run(connection, """
                INSERT INTO invoice_file (id, account, layout, name, file_sha256, state, documents, owner, lease_until,
                    received_by, received_at)
                SELECT 'ivf_1', 'fake', 'own', 'bill.csv', 'sha', 'DONE', 1, 'node', created_at, 'Ann', created_at
                FROM shipment""");
        run(connection, """
                INSERT INTO invoice (id, file_uid, namespace, account, carrier, number, currency, line_count, state, next_line,
                    imported_by, imported_at)
                SELECT 'inv_1', 'ivf_1', 'acme', 'fake', 'fake', 'B-1', 'USD', 1, 'POSTED', 2, 'Ann', created_at FROM shipment""");
        run(connection, """
                INSERT INTO invoice_finding (id, invoice_uid, rule_name, shipment_uid, amount, claim, evidence)
                SELECT 'fnd_1', 'inv_1', 'late', id, 1, 1, 'billed=9.10' FROM shipment""");
        run(connection, """
                INSERT INTO variance_decision (finding_id, invoice_uid, decision, reason, decided_by, decided_at)
                SELECT 'fnd_1', 'inv_1', 'disputed', ?, 'Ann', created_at FROM shipment""", NAME + " was at home");
        run(connection, """
                INSERT INTO dispute (id, namespace, account, carrier, invoice_uid, state, currency, claimed, credited, rejected,
                    words, opened_by, opened_at)
                SELECT 'dsp_1', 'acme', 'fake', 'fake', 'inv_1', 'rejected', 'USD', 1, 0, 1, ?, 'Ann', created_at
                FROM shipment""", "signed for by " + NAME);
        run(connection, """
                INSERT INTO dispute_line (dispute_uid, finding_id, shipment_uid, rule_name, evidence, claimed, credited)
                SELECT 'dsp_1', 'fnd_1', id, 'late', 'billed=9.10', 1, 0 FROM shipment""");
    }

    private static DocumentBook.Original original(String orderUid) {
        return new DocumentBook.Original(
                "erp", "file", null, null, orderUid, null, "text/csv", (NAME + "," + STREET).getBytes(UTF_8), null);
    }

    private void age(String table, String column) throws SQLException {
        try (Connection connection = open()) {
            run(connection, "UPDATE " + table + " SET " + column + " = " + column + " - INTERVAL '100' DAY");
        }
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    /** {@code table.column} of each place where a canary sings, plain or packed. */
    private Set<String> whereFound() throws SQLException {
        Set<String> found = new TreeSet<>();
        try (Connection connection = open()) {
            for (String table : tables(connection)) {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + table)) {
                    while (rows.next()) {
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                            if (sings(rows, i)) {
                                found.add((table + "." + rows.getMetaData().getColumnName(i)).toLowerCase());
                            }
                        }
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> tables(Connection connection) throws SQLException {
        Set<String> tables = new TreeSet<>();
        DatabaseMetaData about = connection.getMetaData();
        try (ResultSet rows =
                about.getTables(null, connection.getSchema(), "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (rows.next()) {
                String name = rows.getString("TABLE_NAME");
                tables.add(name.startsWith("flyway") ? "\"" + name + "\"" : name);
            }
        }
        assertThat(tables).hasSizeGreaterThan(20);
        return tables;
    }

    private static boolean sings(ResultSet rows, int column) throws SQLException {
        String type = rows.getMetaData().getColumnTypeName(column).toLowerCase();
        boolean binary = type.contains("binary") || type.equals("bytea") || type.contains("blob");
        Stream<String> texts;
        if (binary) {
            byte[] bytes = rows.getBytes(column);
            texts = bytes == null ? Stream.of() : Stream.of(new String(bytes, ISO_8859_1), unpacked(bytes));
        } else {
            String text = rows.getString(column);
            texts = text == null ? Stream.of() : Stream.of(text);
        }
        return texts.anyMatch(text -> CANARIES.stream().anyMatch(text::contains));
    }

    private static String unpacked(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException notPacked) {
            return "";
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
