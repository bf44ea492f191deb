package io.waybill;

import static io.waybill.intake.Taken.Result.ACCEPTED;
import static io.waybill.intake.Taken.Result.REJECTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Retrying;
import io.waybill.intake.Sources;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Translated;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.order.Content;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.rollout.Rollout;
import io.waybill.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who fills a source's folder, topic, table or webhook speaks for the namespaces of that source alone. */
class NamespacesOfSourceTest {
    private static final String ERP = "source.erp.onChange=replace";
    private static final String CSV = """
            mapping: sheet
            version: 1
            writes: order/1
            reads: { format: csv }
            cancel: [{ when: { from: state, in: [off] }, reason: called off }]
            fields:
              orderId: no
              namespace: namespace
              service: { const: ground }
              shipTo.name: { const: Jane Roe }
              shipTo.line1: { const: 1 Main St }
              shipTo.city: { const: Austin }
              shipTo.state: { const: TX }
              shipTo.postalCode: { const: "78701" }
              shipTo.country: { const: US }
            """;

    @TempDir
    Path folder;

    private Database database;
    private Rig rig;

    @BeforeEach
    void start() {
        database = Stores.h2(folder);
        rig = bounded("acme-eu, acme-us");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_document_of_another_namespace_makes_no_order_and_is_told_where_its_sources_own_are() {
        Taken taken = rig.take(order("SO-1", "globex"));

        assertThat(taken.result()).isEqualTo(REJECTED);
        assertThat(taken.orderId()).isEqualTo("SO-1");
        assertTold(taken.problems());
        assertThat(rig.exceptions()).singleElement().satisfies(told -> {
            assertThat(told.namespace()).isEqualTo("acme");
            assertThat(told.orderId()).isNull();
            assertThat(told.problems()).contains("namespace-not-of-source", "globex");
        });
        assertThat(isKnown("globex", "SO-1")).isFalse();
        assertThat(isKnown("acme", "SO-1")).isFalse();
    }

    @Test
    void its_own_namespace_those_that_are_listed_and_none_at_all_are_taken() {
        assertThat(List.of("acme", "acme-eu", "acme-us", ""))
                .extracting(namespace ->
                        rig.take(order("SO-" + namespace, namespace)).result())
                .containsOnly(ACCEPTED);
    }

    @Test
    void a_source_without_the_setting_brings_what_it_says() {
        assertThat(rig.take(Rig.from("shop", order("SO-2", "globex"))).result()).isEqualTo(ACCEPTED);
    }

    @Test
    void the_order_of_another_namespace_is_neither_changed_nor_told_of_nor_called_off() {
        ObjectNode theirs = Rig.order("SO-3", null).put("namespace", "globex");
        Taken known = rig.take(Rig.from("shop", theirs));
        rig.settled(known, ShipmentState.HELD);
        List<String> events = rig.events(known);

        assertThat(rig.take(theirs.deepCopy()).result()).isEqualTo(REJECTED);
        assertThat(rig.take(theirs.deepCopy().put("reference", "mine now")).result())
                .isEqualTo(REJECTED);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new CancelDoor(rig.intake, true).work(Rig.from("erp", theirs)))
                .satisfies(refused -> assertTold(refused.problems()));

        assertThat(rig.events(known)).isEqualTo(events);
        assertThat(rig.story(known)).doesNotContain("rejected", "revised", "cancelled");
    }

    @Test
    void a_caller_hears_it_at_once_and_nothing_is_kept() {
        Taken taken = rig.take(called(order("SO-4", "globex")));

        assertTold(taken.problems());
        assertThat(rig.exceptions()).isEmpty();
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.intake.preview(called(order("SO-4", "globex"))))
                .satisfies(refused -> assertTold(refused.problems()));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> rig.intake.toRate("erp", order("SO-4", "globex")))
                .satisfies(refused -> assertTold(refused.problems()));
    }

    @Test
    void a_caller_who_calls_off_the_order_of_another_hears_it_at_once_too() throws IOException {
        ObjectNode theirs = order("SO-12", "globex");
        Translated calledOff = new Translated(theirs, "sheet", 1, "called off", MappedIntake.CANCEL);

        Taken taken = mapped().stop(called(theirs), calledOff);

        assertThat(taken.result()).isEqualTo(REJECTED);
        assertTold(taken.problems());
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void what_was_taken_in_under_a_callers_key_before_there_was_a_bound_is_its_answer_still() {
        restart("acme-eu,globex");
        Taken taken = rig.take(called(order("SO-5", "globex")));

        restart("acme-eu");

        assertThat(rig.take(called(order("SO-5", "globex"))).orderUid()).isEqualTo(taken.orderUid());
        assertThat(rig.take(order("SO-5", "globex")).result()).isEqualTo(REJECTED);
    }

    @Test
    void a_label_bought_elsewhere_is_for_no_order_of_another_namespace() {
        ObjectNode label = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", "SO-6")
                .put("namespace", "globex")
                .put("carrier", "Regional Post")
                .put("trackingNumber", "RP77")
                .put("date", "2026-11-17")
                .put("system", "post counter");

        assertTold(rig.outside.take(Rig.from("erp", label)).problems());
        assertThat(isKnown("globex", "SO-6")).isFalse();
    }

    @Test
    void rows_of_a_sheet_that_its_mapping_gives_to_another_are_rejected_and_the_others_taken() throws IOException {
        Taken theirs = rig.take(Rig.from("shop", order("SO-7", "globex")));
        Report report = drop("no,namespace,state\nSO-7,acme-eu,\nSO-8,globex,\nSO-7,globex,off\n");

        assertThat(report.lines())
                .extracting(
                        line -> line.fate().result().name() + " " + line.fate().orderId())
                .containsExactly("ACCEPTED SO-7", "REJECTED SO-8", "REJECTED SO-7");
        assertThat(rig.story(theirs)).doesNotContain("cancelled");
        assertThat(rig.exceptions())
                .extracting(ExceptionBook.Row::namespace)
                .filteredOn("globex"::equals)
                .isEmpty();
    }

    @Test
    void once_the_source_may_bring_it_what_was_turned_away_is_tried_again() throws IOException {
        drop("no,namespace,state\nSO-9,globex,\n");
        restart("globex");

        assertThat(new Retrying(rig.ledger, mapped())
                        .again(rig.exceptions().get(0), "ops")
                        .result()
                        .word())
                .isEqualTo("accepted");
        assertThat(isKnown("globex", "SO-9")).isTrue();
        assertThat(rig.exceptions()).isEmpty();
    }

    @Test
    void a_document_nobody_can_map_is_looked_at_for_its_source_whatever_namespace_it_names() throws IOException {
        new Rollout(rig.ledger, Set.of("acme"), () -> {}).setShadow("acme", "erp", true, null, "Ada");

        drop("no,namespace,state\n,globex,\n");

        assertThat(rig.ledger.<Long>read(tx -> tx.shadows().count("erp", Namespaces.ALL)))
                .isOne();
        assertThat(rig.ledger.<Long>read(tx -> tx.shadows().count("erp", Namespaces.of(Set.of("globex")))))
                .isZero();
    }

    @Test
    void what_is_no_namespace_at_all_is_quoted_in_brief() {
        Taken taken = rig.take(order("SO-10", "g\0" + "x".repeat(100_000)));

        assertThat(taken.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence(Locale.ENGLISH))
                        .hasSizeLessThan(500)
                        .doesNotContain("\0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " , "})
    void a_bound_of_nobody_is_no_licence_for_any(String said) {
        Settings settings = Settings.of("source.erp.namespaces=" + said);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new Sources(settings))
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .satisfies(problem -> {
                            assertThat(problem.code()).isEqualTo("bad-setting");
                            assertThat(problem.sentence(Locale.ENGLISH)).contains("source.erp.namespaces");
                        }));
    }

    @Test
    void a_bound_of_its_own_alone_lets_it_bring_no_others() {
        restart("acme");

        assertThat(rig.take(order("SO-11", "globex")).result()).isEqualTo(REJECTED);
        assertThat(rig.take(order("SO-11", "acme")).result()).isEqualTo(ACCEPTED);
    }

    private static void assertTold(List<Problem> problems) {
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("namespace-not-of-source");
            assertThat(problem.pointer()).isEqualTo("/namespace");
            assertThat(problem.sentence(Locale.ENGLISH))
                    .contains("erp", "globex", "acme, acme-eu, acme-us", "source.erp.namespaces");
        });
    }

    private boolean isKnown(String namespace, String number) {
        return rig.ledger.<Boolean>read(
                tx -> tx.orders().lock(namespace, number).isPresent());
    }

    private static ObjectNode order(String number, String namespace) {
        return Rig.order(number, "1.2").put("namespace", namespace);
    }

    private static Submission called(ObjectNode order) {
        return new Submission(
                "erp",
                "api",
                order,
                "key-" + order.path("orderId").asText(),
                Content.hash(order),
                null,
                null,
                null,
                false,
                "erp");
    }

    private void restart(String namespaces) {
        rig.close();
        rig = bounded(namespaces);
    }

    private Rig bounded(String namespaces) {
        return Rig.start(
                database,
                ERP,
                ERP + "\nsource.erp.namespaces=" + namespaces,
                FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
    }

    private Report drop(String csv) throws IOException {
        Batch batch = new Batch(rig.ledger, mapped(), Archive.in(folder.resolve("data")), "node-1");
        return batch.run(IncomingFile.of(
                new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)),
                "sheet.csv",
                new SourceFeeds(rig.sources, mappings()).feed("erp", "sheet", null, "file")));
    }

    private MappedIntake mapped() throws IOException {
        Map<String, Intake.Door> doors = new HashMap<>(rig.doors());
        doors.put(MappedIntake.CANCEL, new CancelDoor(rig.intake, true));
        return new MappedIntake(rig.intake, rig.outside, doors, rig.sources, mappings());
    }

    private Mappings mappings() throws IOException {
        Path file = Files.createDirectories(folder.resolve("mappings/sheet")).resolve("mapping.yaml");
        Files.writeString(file, CSV);
        return Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
    }
}
