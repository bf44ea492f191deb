package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Retrying;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ids;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RejectionBook;
import io.waybill.ledger.ShipmentState;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A document that is no order stands where a person sees it until it is one: corrected, or tried again. */
abstract class RejectionContract {
    private static final String MAPPING = """
            mapping: erp
            version: 1
            writes: order/1
            reads: { format: csv }
            fields:
              orderId: no
              service: { const: ground }
              shipTo.name: name
              shipTo.line1: { const: 1 Main St }
              shipTo.city: { const: Austin }
              shipTo.state: { const: TX }
              shipTo.postalCode: { const: "78701" }
              shipTo.country: { const: US }
              parcels[0].weight: { from: kg, decimal: "%s", unit: kg }
            """;

    @TempDir
    Path folder;

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_row_nobody_could_number_is_closed_by_its_corrected_quarantine_file() throws IOException {
        Report first = drop("orders.csv", "no,name,kg\nA1,Ann,1.5\nA2,Bob,heavy\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");
        assertThat(open.orderId()).isEqualTo("A2");
        assertThat(open.orderUid()).as("its mapping made nothing of it").isNull();
        String quarantine = Files.readString(folder.resolve("data").resolve(first.quarantine()));

        assertThat(names(open)).containsExactly("orders.csv");

        Report stillBad = drop("again.csv", quarantine.replace("heavy", "light"));
        assertThat(theOnlyOne("order-rejected").id()).isEqualTo(open.id());
        assertThat(theOnlyOne("order-rejected").occurrences()).isEqualTo(2);
        assertThat(names(open)).containsExactly("again.csv");

        String second = Files.readString(folder.resolve("data").resolve(stillBad.quarantine()));
        drop("and-again.csv", second.replace("light", "2.5"));

        assertThat(rig.exceptions()).isEmpty();
        assertThat(closed(open).closingFact()).isEqualTo("accepted");
    }

    @Test
    void a_row_its_mapping_made_nothing_of_is_closed_by_its_number_when_its_system_sends_all_of_it_again()
            throws IOException {
        drop("orders.csv", "no,name,kg\nA1,Ann,1.5\nA2,Bob,heavy\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");

        drop("orders.csv", "no,name,kg\nA1,Ann,1.5\nA2,Bob,2.5\n");

        assertThat(rig.exceptions()).isEmpty();
        assertThat(closed(open).closingFact()).isEqualTo("accepted");
    }

    @Test
    void rows_of_one_order_that_stood_apart_are_ended_by_it_when_they_stand_together() throws IOException {
        String grouped = MAPPING.formatted(".").replace("format: csv", "format: csv, groupBy: no");
        drop(grouped, "orders.csv", "no,name,kg\nA1,Ann,1.5\nA2,Bob,2.5\nA1,Ann,1.5\n");
        assertThat(rig.exceptions())
                .extracting(ExceptionBook.Row::reason, ExceptionBook.Row::orderId)
                .containsExactly(tuple("order-rejected", "A1"), tuple("order-rejected", "A1"));

        drop(grouped, "sorted.csv", "no,name,kg\nA1,Ann,1.5\nA1,Ann,1.5\nA2,Bob,2.5\n");

        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_scan_of_an_order_ends_no_row_of_it_that_its_mapping_made_nothing_of() throws IOException {
        Taken known = rig.take(Rig.order("A2", "1"));
        String shipment = rig.settled(known, ShipmentState.LABELLED).id();
        drop("orders.csv", "no,name,kg\nA2,Bob,heavy\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");

        Taken told = scanned(shipment);

        assertThat(told.result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(theOnlyOne("order-rejected").id()).isEqualTo(open.id());
    }

    @Test
    void a_row_for_another_namespace_is_ended_by_an_order_of_that_and_no_other() throws IOException {
        String whose = MAPPING.formatted(".") + "  namespace: whose\n";
        drop(whose, "orders.csv", "no,name,kg,whose\nA2,Bob,heavy,shared\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");
        assertThat(open.orderId()).isEqualTo("A2");

        rig.take(Rig.order("A2", "1"));
        assertThat(theOnlyOne("order-rejected").id()).isEqualTo(open.id());

        drop(whose, "orders.csv", "no,name,kg,whose\nA2,Bob,2.5,shared\n");
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_row_whose_namespace_nobody_can_read_is_ended_by_no_order_of_its_sources() throws IOException {
        drop(
                MAPPING.formatted(".")
                        + "  namespace: { from: whose, lookup: shops, required: true }\nlookups: { shops: { values: { a: acme } } }\n",
                "orders.csv",
                "no,name,kg,whose\nA2,Bob,2.5,b\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");

        rig.take(Rig.order("A2", "1"));

        assertThat(theOnlyOne("order-rejected").id()).isEqualTo(open.id());
    }

    @Test
    void a_bad_row_of_a_number_that_no_table_keeps_stops_no_other() throws IOException {
        String longest = "A".repeat(201);

        Report report = drop(
                MAPPING.formatted(".").replace("orderId: no", "orderId: orderId"),
                "orders.csv",
                "orderId,name,kg\n" + longest + ",Bob,1.5,what is this\nA1,Ann,1.5\n");

        assertThat(report.lines())
                .extracting(line -> line.fate().result().word())
                .containsExactly("rejected", "accepted");
        assertThat(theOnlyOne("order-rejected").orderId()).isNull();
    }

    @Test
    void a_rejected_document_is_tried_again_through_the_mapping_as_it_is_today() throws IOException {
        drop("orders.csv", "no,name,kg\nA1,\"Ann\",\"1,5\"\n");
        ExceptionBook.Row open = theOnlyOne("order-rejected");

        assertThat(retrying(".").again(open, "ops").result().word()).isEqualTo("rejected");
        assertThat(theOnlyOne("order-rejected").id()).isEqualTo(open.id());
        assertThat(retrying(",").again(open, "ops").result().word()).isEqualTo("accepted");

        assertThat(rig.exceptions()).isEmpty();
        assertThatThrownBy(() -> retrying(",").again(closed(open), "ops"))
                .as("a second click buys nothing")
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_row_that_could_not_be_read_whole_is_not_tried_again_by_halves() throws IOException {
        drop("orders.csv", "no,name,kg\nA1,Ann,1.5,what is this\n");

        assertThatThrownBy(() -> retrying(".").again(theOnlyOne("order-rejected"), "ops"))
                .hasMessageContaining("could not be read whole")
                .as("an uploaded sheet has no folder")
                .hasMessageContaining("GET /v1/batches/bat_…/errors");
    }

    @Test
    void what_is_rejected_for_one_namespace_is_no_business_of_another_that_has_the_same_number() {
        Taken ours = rig.take(Rig.order("N-1", "1"));
        rig.settled(ours, ShipmentState.LABELLED);
        ObjectNode theirs = Rig.order("N-1", "1").put("namespace", "shared");

        Taken rejected = rig.take(theirs.deepCopy().put("service", "by mule"));

        assertThat(rejected.orderUid()).isNotEqualTo(ours.orderUid());
        assertThat(rig.story(ours)).doesNotContain("rejected");
        assertThat(rig.events(ours)).doesNotContain("order.rejected");
        assertThat(theOnlyOne("order-rejected").namespace()).isEqualTo("shared");
        assertThat(rig.take(theirs).orderUid()).isEqualTo(rejected.orderUid());
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_namespace_that_no_store_keeps_is_refused_with_its_document_alone() {
        Taken rejected = rig.take(Rig.order("N-2", "1").put("namespace", "ac\0me"));

        assertThat(rejected.problems()).extracting(Problem::code).containsOnly("bad-name");
        assertThat(theOnlyOne("order-rejected").namespace()).isEqualTo("acme");
    }

    @Test
    void nothing_is_called_off_or_held_by_what_no_namespace_can_be_called() {
        Taken known = rig.take(Rig.order("N-3", null));
        Submission misnamed = Rig.from("erp", Rig.order("N-3", null).put("namespace", "ac\0me"));

        for (Intake.Door door : List.of(new CancelDoor(rig.intake, true), new HoldDoor(rig.intake, true))) {
            assertThat(rig.ledger.commit(tx -> door.work(misnamed).apply(tx)).result())
                    .isEqualTo(Taken.Result.SKIPPED);
        }
        assertThat(rig.story(known)).doesNotContain("cancelled", "revised");
    }

    @Test
    void a_file_that_stops_as_a_whole_is_an_exception_until_one_of_its_name_comes_through() throws IOException {
        drop("orders.csv", "no,name,kg\nA1,\"Ann,1.5\n");
        ExceptionBook.Row open = theOnlyOne("file-failed");
        assertThat(open.namespace()).isEqualTo("acme");
        assertThat(open.problems()).contains("quote");

        drop("orders.csv", "no,name,kg\nA1,Ann,1.5\n");

        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_a_mapping_read_is_kept_once_beside_its_order_and_forgotten_with_it() throws IOException {
        drop("orders.csv", "no,name,kg\nA1,Ann,1.5\n");
        drop("again.csv", "no,name,kg\nA1,Ann,1.5\nA2,Bob,2\n");
        OrderRow order = rig.ledger
                .<Optional<OrderRow>>read(tx -> tx.orders().lock("acme", "A1"))
                .orElseThrow();

        assertThat(originals())
                .filteredOn(document -> document.contains("\"name\":\"Ann\""))
                .hasSize(1);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> rig.ledger
                        .read(tx -> tx.erasure().closed(List.of(order.id())))
                        .contains(order.id()));
        new Erasure(rig.ledger).order(order.id(), Namespaces.ALL, "ops");
        assertThat(originals()).hasSize(1).noneMatch(document -> document.contains("Ann"));
    }

    private List<String> originals() {
        return rig.ledger.read(tx -> tx.originals().latest("erp", 10).stream()
                .map(id -> new String(tx.originals().find(id).orElseThrow().bytes(), StandardCharsets.UTF_8))
                .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../outside.csv",
                "..\\..\\outside.csv",
                "/etc/passwd",
                "orders.csv\r\nX-Evil: 1",
                "\u202Evsc.exe",
                "C:\\orders:stream.csv",
                "~$orders.csv",
                ".."
            })
    void a_file_whose_name_means_harm_is_kept_under_one_the_hub_made(String name) throws IOException {
        keptInside(name);
    }

    @Test
    void a_file_of_a_very_long_name_is_kept_too() throws IOException {
        keptInside("x".repeat(300) + ".csv");
        keptInside("\uD840\uDC0B".repeat(62) + ".csv");
    }

    private void keptInside(String name) throws IOException {
        Report report = drop(name, "no,name,kg\nA1,Ann," + name.length() + "kg\n");

        Path data = folder.resolve("data").toRealPath();
        Path quarantine = data.resolve(report.quarantine()).toRealPath();
        assertThat(quarantine).startsWith(data);
        assertThat(String.valueOf(quarantine.getFileName()))
                .matches("[0-9]{8}-[0-9a-f]{12}-[\\p{L}\\p{N}._ +@()-]+")
                .doesNotContain("..");
        assertThat(Files.readString(quarantine)).contains("A1");
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(path -> String.valueOf(path.getFileName())))
                    .noneMatch(file -> file.contains("outside"));
        }
    }

    private Report drop(String name, String text) {
        return drop(MAPPING.formatted("."), name, text);
    }

    private Report drop(String mapping, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Mappings mappings = mappings(mapping);
        Batch batch = new Batch(rig.ledger, mapped(mappings), Archive.in(folder.resolve("data")), "node-1");
        return batch.run(IncomingFile.of(
                new ByteArrayInputStream(bytes),
                name,
                new SourceFeeds(rig.sources, mappings).feed("erp", "erp", null, "file")));
    }

    private Taken scanned(String shipment) {
        ObjectNode scan = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "trackingNumber",
                        rig.ledger.<String>read(
                                tx -> tx.numbers().of(shipment).get(0).numberValue()))
                .put("status", "in_transit")
                .put("occurredAt", "2026-11-24T10:00:00Z");
        Intake.Door door = Objects.requireNonNull(rig.doors().get("tracking-event/1"));
        return rig.ledger.commit(tx -> door.work(Rig.from("erp", scan)).apply(tx));
    }

    private Retrying retrying(String decimal) {
        return new Retrying(rig.ledger, mapped(mappings(MAPPING.formatted(decimal))));
    }

    private MappedIntake mapped(Mappings mappings) {
        return new MappedIntake(rig.intake, rig.outside, rig.doors(), rig.sources, mappings);
    }

    private Mappings mappings(String text) {
        try {
            Path mappings = folder.resolve(Ids.next("mappings"));
            Path file = Files.createDirectories(mappings.resolve("erp")).resolve("mapping.yaml");
            Files.writeString(file, text);
            return Written.mappings(Settings.of("waybill.mappings.dir=" + mappings), new Orders());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private ExceptionBook.Row theOnlyOne(String reason) {
        List<ExceptionBook.Row> open = rig.exceptions();
        assertThat(open).extracting(ExceptionBook.Row::reason).containsExactly(reason);
        return open.get(0);
    }

    /** Of the files of what an exception tells of: by the rejection's id and by its order's number. */
    private List<String> names(ExceptionBook.Row row) {
        return rig
                .ledger
                .<List<RejectionBook.Filed>>read(tx -> tx.rejections()
                        .files(
                                List.of(row.subjectId()),
                                List.of(row.namespace()),
                                List.of(String.valueOf(row.orderId()))))
                .stream()
                .map(RejectionBook.Filed::name)
                .toList();
    }

    private ExceptionBook.Row closed(ExceptionBook.Row row) {
        return rig.ledger
                .read(tx -> tx.exceptions().find(row.id(), Namespaces.ALL))
                .orElseThrow();
    }
}
