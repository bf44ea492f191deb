package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Caller;
import io.waybill.access.NewKey;
import io.waybill.access.Role;
import io.waybill.access.Scope;
import io.waybill.api.Answer;
import io.waybill.api.InProcess;
import io.waybill.ledger.Database;
import io.waybill.ledger.Fact;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person asks of exceptions, within their namespaces. */
class ExceptionCallsTest {
    private static final Caller JANE = person("Jane", "acme");
    private static final Caller STRANGER = person("Stan", "globex");

    @TempDir
    Path folder;

    private Spine spine;

    @BeforeEach
    void start() throws IOException {
        Path data = folder.resolve("data");
        Stores.h2(data);
        spine = new Spine(
                Settings.of("""
                waybill.mappings.dir=%s
                exceptions.due.carrier-refused=45m
                exceptions.due.purchase-failed=0s
                """.formatted(Files.createDirectory(folder.resolve("mappings")))),
                DataFolder.open(data),
                name -> event -> {});
    }

    @AfterEach
    void stop() {
        spine.drain();
        spine.close();
    }

    @Test
    void one_says_what_happened_what_it_means_and_what_to_do_in_the_callers_language() throws Exception {
        String id = open(Reason.CARRIER_REFUSED, "S-1", "erp", "/shipTo/line1");

        JsonNode english = get(JANE, "/exceptions/" + id, Locale.ENGLISH);
        JsonNode chinese = get(JANE, "/exceptions/" + id, Locale.CHINESE);

        assertThat(english.path("happened").asText()).isEqualTo("The carrier refused to sell a label.");
        assertThat(english.path("means").asText()).isNotBlank();
        assertThat(english.path("toDo").asText()).contains("correct the order");
        assertThat(english.at("/problems/0/detail").asText()).isEqualTo("ups refused: no such street");
        assertThat(english.path("field").asText()).isEqualTo("/shipTo/line1");
        assertThat(english.path("occurrences").asInt()).isEqualTo(1);
        assertThat(english.path("age").asText()).isEqualTo("PT0S");
        assertThat(english.path("overdue").asBoolean()).isFalse();
        assertThat(chinese.path("happened").asText()).isEqualTo("承运商拒绝出售面单。");
        assertThat(chinese.path("toDo").asText()).contains("改正订单");
    }

    @Test
    void the_settings_say_how_soon_a_person_shall_look() throws Exception {
        String refused = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        String failed = open(Reason.PURCHASE_FAILED, "S-1", "erp", null);

        assertThat(get(JANE, "/exceptions/" + failed).path("overdue").asBoolean())
                .isTrue();
        assertThat(ids(get(JANE, "/exceptions?overdue=true"))).containsExactly(failed);
        assertThat(ids(get(JANE, "/exceptions"))).as("most urgent first").containsExactly(failed, refused);
    }

    @Test
    void the_list_is_filtered_by_reason_source_assignee_and_state() throws Exception {
        String refused = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        String parked = open(Reason.DELIVERY_PARKED, "S-2", "oms", null);
        key("Jane", "acme");
        assign(JANE, refused, "\"Jane\"");

        assertThat(ids(get(JANE, "/exceptions?reason=delivery-parked"))).containsExactly(parked);
        assertThat(ids(get(JANE, "/exceptions?source=erp"))).containsExactly(refused);
        assertThat(ids(get(JANE, "/exceptions?assignee=me"))).containsExactly(refused);
        assertThat(ids(get(JANE, "/exceptions?assignee=Jane&reason=delivery-parked")))
                .isEmpty();
        assertThat(ids(get(JANE, "/exceptions?assignee=none"))).containsExactly(parked);
        assertThat(ids(get(JANE, "/exceptions?state=closed"))).isEmpty();

        spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, "S-1"));

        JsonNode closed = get(JANE, "/exceptions?state=closed");
        assertThat(ids(closed)).containsExactly(refused);
        assertThat(closed.at("/items/0/closedBy").asText()).isEqualTo("label");
        assertThat(closed.at("/items/0/state").asText()).isEqualTo("closed");
        assertThat(ids(get(JANE, "/exceptions"))).containsExactly(parked);
    }

    @Test
    void the_list_is_filtered_by_when_they_were_opened() throws Exception {
        String old = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        String young = open(Reason.CARRIER_REFUSED, "S-2", "erp", null);
        openedHoursAgo(old, 30);
        Instant now = spine.ground.ledger.read(Tx::now);
        Instant yesterday = now.minus(Duration.ofHours(24));

        assertThat(ids(get(JANE, "/exceptions?since=" + yesterday))).containsExactly(young);
        assertThat(ids(get(JANE, "/exceptions?until=" + yesterday))).containsExactly(old);
        assertThat(ids(get(JANE, "/exceptions?until=2020-01-01"))).isEmpty();
    }

    @Test
    void pages_repeat_nothing_and_leave_nothing_out_while_others_are_opened_and_closed() throws Exception {
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 25; i++) {
            all.add(open(Reason.CARRIER_REFUSED, "S-" + i, "erp", null));
        }
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get(JANE, "/exceptions?limit=10" + (next.isEmpty() ? "" : "&cursor=" + next));
            seen.addAll(ids(page));
            next = page.path("next").asText("");
            open(Reason.PURCHASE_FAILED, "more-urgent-" + next, "erp", null);
            if (!next.isEmpty()) {
                String last = get(JANE, "/exceptions/" + next).path("subject").asText();
                spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, last));
            }
        } while (!next.isEmpty() && !next.equals("null"));

        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void all_that_are_asked_for_are_saved_as_a_table() throws Exception {
        open(Reason.DELIVERY_PARKED, "S-0", "oms", null);
        for (int i = 0; i < 205; i++) {
            String subject = "S-" + i;
            spine.ground.ledger.commitAll(tx -> tx.exceptions()
                    .open(Reason.CARRIER_REFUSED, subject, "acme", null, null, "erp", problems("/shipTo/line1")));
        }
        Answer saved = call(JANE, "get", "/exceptions?reason=carrier-refused&format=csv", "");

        assertThat(saved.status()).isEqualTo(200);
        assertThat(saved.headers().get("Content-Disposition")).endsWith("exceptions.csv");
        List<String> lines = Files.readAllLines(Objects.requireNonNull(saved.file()));
        assertThat(lines.get(0))
                .contains("id,reason,state,namespace,source,orderId")
                .contains("problem,toDo");
        assertThat(lines.subList(1, lines.size()))
                .allSatisfy(line -> assertThat(line).contains("ups refused: no such street", "/shipTo/line1"))
                .hasSize(205)
                .doesNotHaveDuplicates();
        assertThat(call(STRANGER, "get", "/exceptions?format=xlsx", "").status())
                .isEqualTo(200);
    }

    @Test
    void closed_ones_are_paged_newest_first() throws Exception {
        List<String> closed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String subject = "S-" + i;
            closed.add(0, open(Reason.CARRIER_REFUSED, subject, "erp", null));
            spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, subject));
        }

        JsonNode first = get(JANE, "/exceptions?state=closed&limit=3");
        JsonNode second = get(
                JANE,
                "/exceptions?state=closed&limit=3&cursor=" + first.path("next").asText());

        assertThat(ids(first)).isEqualTo(closed.subList(0, 3));
        assertThat(ids(second)).isEqualTo(closed.subList(3, 5));
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(get(JANE, "/exceptions?state=closed&limit=5").path("next").isNull())
                .as("a full page with nothing behind it")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exceptions?reason=bad-luck",
                "/exceptions?state=half",
                "/exceptions?overdue=yes",
                "/exceptions?limit=0",
                "/exceptions?limit=1e3",
                "/exceptions?since=soon",
                "/exceptions?cursor=exc_none",
                "/exceptions?colour=red",
                "/exceptions/causes?by=moon",
                "/exceptions/causes?since=yesterday"
            })
    void a_question_that_cannot_be_meant_is_a_400(String path) {
        assertThat(call(JANE, "get", path, "").status()).isEqualTo(400);
    }

    @Test
    void an_exception_of_another_namespace_does_not_exist() throws Exception {
        String id = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        key("Stan", "globex");

        assertThat(call(STRANGER, "get", "/exceptions/" + id, "").status()).isEqualTo(404);
        assertThat(assign(STRANGER, id, "\"Stan\"").status()).isEqualTo(404);
        assertThat(call(STRANGER, "post", "/exceptions/" + id + "/retry", "").status())
                .isEqualTo(404);
        assertThat(ids(get(STRANGER, "/exceptions"))).isEmpty();
        assertThat(get(STRANGER, "/exceptions/causes").path("items")).isEmpty();
        assertThat(call(STRANGER, "get", "/exceptions?cursor=" + id, "").status())
                .isEqualTo(400);
    }

    @Test
    void it_is_assigned_to_a_person_whose_key_works_and_sees_it_and_the_audit_log_says_so() throws Exception {
        String id = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        key("Jane", "acme");
        key("Stan", "globex");
        String gone = key("Gone", "acme");
        spine.ground.access.revoke(gone, "admin");
        spine.ground.access.create(
                new NewKey(
                        "robot",
                        Optional.empty(),
                        Set.of(Scope.READ),
                        Optional.empty(),
                        Namespaces.ALL,
                        Optional.empty()),
                "admin");

        assertThat(json(assign(JANE, id, "\"Jane\"")).path("assignee").asText()).isEqualTo("Jane");
        for (String nobody : List.of("Stan", "Gone", "robot", "Jane ")) {
            Answer refused = assign(JANE, id, "\"" + nobody + "\"");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(json(refused).at("/errors/0/expected").asText()).isEqualTo("one of: Jane");
        }
        assertThat(json(assign(JANE, id, "null")).path("assignee").isNull()).isTrue();
        assertThat(json(assign(JANE, id, "\"me\"")).path("assignee").asText()).isEqualTo("Jane");
        assertThat(assign(JANE, id, "7").status()).isEqualTo(422);
        assertThat(call(JANE, "post", "/exceptions/" + id + "/assign", "{}").status())
                .isEqualTo(422);
        assertThat(assign(reader(), id, "\"Jane\"").status()).isEqualTo(403);
        assertThat(assigned(id)).containsExactly("Jane Jane", "Jane null", "Jane Jane");
    }

    @Test
    void of_two_who_take_it_at_once_the_one_who_comes_later_is_told_and_does_not_get_it() throws Exception {
        String id = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        key("Jane", "acme");
        key("Sam", "acme");

        for (String nobody : List.of("null", "\"\"")) {
            assertThat(take(id, "Jane", nobody).status()).isEqualTo(200);
            assertThat(take(id, "Jane", nobody).status()).isEqualTo(200);
            Answer late = take(id, "Sam", nobody);
            assertThat(late.status()).isEqualTo(409);
            assertThat(json(late).at("/errors/0/code").asText()).isEqualTo("exception-taken");
            assertThat(json(late).path("detail").asText()).contains(id, "Jane");
            assertThat(take(id, "Sam", "\"Jane\"").status()).isEqualTo(200);
            assertThat(assign(JANE, id, "null").status()).isEqualTo(200);
            assertThat(take(id, "Jane", "\"Sam\"").status()).as("nobody has it").isEqualTo(200);
            assertThat(assign(JANE, id, "null").status()).isEqualTo(200);
        }
        spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, "S-1"));
        assertThat(json(take(id, "Jane", "null")).at("/errors/0/code").asText()).isEqualTo("exception-closed");
    }

    private Answer take(String id, String assignee, String was) {
        return call(
                JANE,
                "post",
                "/exceptions/" + id + "/assign",
                "{\"assignee\": \"" + assignee + "\", \"was\": " + was + "}");
    }

    @Test
    void what_is_closed_is_neither_assigned_nor_tried_again() throws Exception {
        String id = open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        key("Jane", "acme");
        spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.LABEL, "S-1"));

        assertThat(assign(JANE, id, "\"Jane\"").status()).isEqualTo(409);
        assertThat(call(JANE, "post", "/exceptions/" + id + "/retry", "").status())
                .isEqualTo(409);
    }

    @Test
    void what_cannot_be_tried_again_says_so() {
        String id = open(Reason.PARCEL_STUCK, "shp_1", "erp", null);

        assertThat(call(JANE, "post", "/exceptions/" + id + "/retry", "").status())
                .isEqualTo(409);
    }

    @Test
    void whoever_has_a_thing_tried_again_or_all_purchases_looked_up_stands_in_the_audit_log() throws Exception {
        for (Reason reason : List.of(Reason.TRACKING_FAILED, Reason.HOOK_UNREADABLE, Reason.BALANCE_LOW)) {
            String id = open(reason, "subject", "erp", null);

            assertThat(call(JANE, "post", "/exceptions/" + id + "/retry", "").status())
                    .isEqualTo(202);

            assertThat(assigned(id)).containsExactly("Jane " + reason.code());
        }
        assertThat(call(Caller.LOCAL, "post", "/purchases/audit", "").status()).isEqualTo(200);

        assertThat(json(call(Caller.LOCAL, "get", "/audit", ""))
                        .at("/items/0/act")
                        .asText())
                .isEqualTo("purchases.audited");
    }

    @Test
    void causes_are_counted_by_week_source_and_field() throws Exception {
        open(Reason.ORDER_REJECTED, "d-1", "erp", "/parcels/0/weight");
        open(Reason.ORDER_REJECTED, "d-2", "erp", "/parcels/1/weight");
        open(Reason.ORDER_REJECTED, "d-2", "erp", "/parcels/1/weight");
        open(Reason.ORDER_REJECTED, "d-3", "shop", "/shipTo/postalCode");
        open(Reason.CARRIER_REFUSED, "S-1", "erp", null);
        spine.ground.ledger.commitAll(tx -> tx.exceptions().closeBy(Fact.ACCEPTED, "d-1"));

        JsonNode causes = get(JANE, "/exceptions/causes?by=source,field");

        JsonNode first = causes.at("/items/0");
        assertThat(first.path("source").asText()).isEqualTo("erp");
        assertThat(first.path("field").asText()).isEqualTo("/parcels/*/weight");
        assertThat(first.path("opened").asInt()).isEqualTo(2);
        assertThat(first.path("stillOpen").asInt()).isEqualTo(1);
        assertThat(first.path("occurrences").asInt()).isEqualTo(3);
        assertThat(first.has("reason")).isFalse();
        LocalDate week = LocalDate.parse(first.path("week").asText());
        assertThat(week.getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(LocalDate.now(ZoneOffset.UTC)).isBetween(week, week.plusDays(7));
        assertThat(causes.path("items")).hasSize(3);
        assertThat(get(JANE, "/exceptions/causes").path("items")).hasSize(2);
        assertThat(get(JANE, "/exceptions/causes?since=2999-01-01").path("items"))
                .isEmpty();
    }

    @Test
    void causes_that_are_more_than_a_page_are_all_told_page_by_page() throws Exception {
        spine.ground.ledger.commitAll(tx -> IntStream.range(0, 1_003)
                .forEach(i -> tx.exceptions()
                        .open(Reason.ORDER_REJECTED, "d-" + i, "acme", null, null, "source-" + i, "[]")));

        JsonNode first = get(JANE, "/exceptions/causes?by=source");
        JsonNode rest = get(
                JANE,
                "/exceptions/causes?by=source&cursor=" + first.path("next").asText());

        assertThat(first.path("items")).hasSize(1_000);
        assertThat(rest.path("items")).hasSize(3);
        assertThat(rest.path("next").isNull()).isTrue();
        Set<String> told = new TreeSet<>(first.findValuesAsText("source"));
        told.addAll(rest.findValuesAsText("source"));
        assertThat(told).hasSize(1_003);
        assertThat(call(JANE, "get", "/exceptions/causes?cursor=exc_1", "").status())
                .isEqualTo(400);
    }

    private static String problems(@Nullable String pointer) {
        ObjectNode problem =
                Json.mapper().createObjectNode().put("code", "carrier-refused").put("pointer", pointer);
        problem.putObject("values").put("carrier", "ups").put("words", "no such street");
        return "[" + problem + "]";
    }

    private String open(Reason reason, String subject, String source, String pointer) {
        spine.ground.ledger.commitAll(
                tx -> tx.exceptions().open(reason, subject, "acme", null, null, source, problems(pointer)));
        return spine.ground.ledger.read(OpenExceptions::of).stream()
                .filter(row -> row.subjectId().equals(subject) && row.reason().equals(reason.code()))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private void openedHoursAgo(String id, int hours) {
        Database database = spine.ground.ledger.database();
        Jdbi.create(database.url(), database.user(), database.password())
                .useHandle(handle -> handle.createUpdate("UPDATE exception SET opened_at = :at WHERE id = :id")
                        .bind("at", Instant.now().minus(Duration.ofHours(hours)))
                        .bind("id", id)
                        .execute());
    }

    private String key(String name, String namespace) {
        return spine.ground
                .access
                .create(NewKey.forPerson(name, Role.OPS, Namespaces.of(Set.of(namespace))), "admin")
                .id();
    }

    private List<String> assigned(String id) {
        Database database = spine.ground.ledger.database();
        return Jdbi.create(database.url(), database.user(), database.password())
                .withHandle(handle -> handle.createQuery(
                                "SELECT actor || ' ' || COALESCE(detail, 'null') FROM audit_log WHERE entity_id = :id ORDER BY id")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    private Answer assign(Caller caller, String id, String assignee) {
        return call(caller, "post", "/exceptions/" + id + "/assign", "{\"assignee\": " + assignee + "}");
    }

    private JsonNode get(Caller caller, String path) throws IOException {
        return get(caller, path, Locale.ENGLISH);
    }

    private JsonNode get(Caller caller, String path, Locale language) throws IOException {
        Answer answer = new InProcess(spine.api().resources(1), caller).call("get", path, new byte[0], language);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return json(answer);
    }

    private Answer call(Caller caller, String verb, String path, String body) {
        return new InProcess(spine.api().resources(1), caller)
                .call(verb, path, body.getBytes(StandardCharsets.UTF_8), Locale.ENGLISH);
    }

    private static JsonNode json(Answer answer) throws IOException {
        return Json.mapper().readTree(answer.body());
    }

    private static List<String> ids(JsonNode list) {
        List<String> ids = new ArrayList<>();
        list.path("items").forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    private static Caller person(String name, String namespace) {
        return new Caller(
                name,
                Optional.empty(),
                Role.OPS.scopes(),
                Namespaces.of(Set.of(namespace)),
                true,
                Optional.empty(),
                Optional.empty());
    }

    private static Caller reader() {
        return new Caller(
                "Rita",
                Optional.empty(),
                Role.SUPPORT.scopes(),
                Namespaces.of(Set.of("acme")),
                true,
                Optional.empty(),
                Optional.empty());
    }
}
