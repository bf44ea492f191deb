package io.waybill.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Choice;
import io.waybill.carrier.Chooser;
import io.waybill.format.Document;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.order.Json;
import io.waybill.order.OrderCode;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.readiness.Readiness.When;
import io.waybill.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Orders ORDERS = new Orders();
    private static final Chooser GROUND_ONLY = (order, namespace) -> "ground".equals(order.service())
            ? new Choice.Fixed("a", "ups", "03", "service map")
            : new Choice.Nobody(Problem.of(OrderCode.NO_ACCOUNT_FOR_SERVICE));
    private static final String TEXT = """
            mapping: m
            version: 1
            writes: order/1
            reads: { format: row }
            unmapped: off
            fields:
              orderId: no
              reference: ref
              shipTo.name: who
              shipTo.line1: street
              shipTo.city: town
              shipTo.postalCode: zip
              shipTo.country: { const: DE }
              service: { from: svc, default: ground }
              parcels[0].weight: { from: kg, decimal: ".", unit: kg }
            """;
    private static final Mapping MAPPING =
            Mappings.load(Path.of("mappings"), ShippedTargets::of).compile("m", TEXT);

    private final Readiness readiness = readiness(List.of("oms"));

    @Test
    void every_field_says_how_often_it_is_given_and_where_it_comes_from() {
        rows(8, row -> row);
        rows(2, row -> row.replace("\"svc\":\"ground\"", "\"svc\":\"\""));

        assertThat(field("shipTo.city").path("documents").asInt()).isEqualTo(10);
        assertThat(origins("shipTo.city")).containsExactly("town");
        assertThat(origins("shipTo.country")).containsExactly("constant");
        assertThat(origins("service")).containsExactly("svc", "default");
        assertThat(origins("shipFrom.line1")).containsExactly("setting");
        assertThat(field("billing.costCenter").path("documents").asInt()).isZero();
        assertThat(report().path("assumed").toString())
                .contains("shipTo.country", "service", "shipFrom")
                .doesNotContain("shipFrom.line1");
    }

    @Test
    void good_documents_are_ready_and_each_verdict_shows_what_it_rests_on() {
        rows(20, row -> row);

        assertThat(states()).containsExactly("ready", "ready", "ready", "partly");
        assertThat(evidence("reconciliation")).contains("billing-given false").contains("references-given true");
        assertThat(report().at("/verdicts/3/evidence/3/text").asText())
                .isEqualTo("0 of 20 documents (0.0 %) have a cost centre, a department or a reference for billing;"
                        + " 80 % are wanted");
        assertThat(readiness
                        .report()
                        .json(Locale.CHINESE)
                        .at("/verdicts/0/stateText")
                        .asText())
                .isEqualTo("就绪");
    }

    @Test
    void wrong_addresses_unknown_services_and_missing_weights_are_counted() {
        rows(10, row -> row);
        rows(1, row -> row.replace("01067", "123"));
        rows(2, row -> row.replace("\"svc\":\"ground\"", "\"svc\":\"express\""));
        rows(5, row -> row.replace("\"kg\":\"1.5\"", "\"kg\":\"\""));

        assertThat(states().get(0)).isEqualTo("not-ready");
        assertThat(report().at("/countries/0").toString())
                .isEqualTo("{\"country\":\"DE\",\"documents\":18,\"valid\":17,"
                        + "\"problems\":[{\"word\":\"bad-postal-code\",\"count\":1}]}");
        assertThat(evidence("fields"))
                .contains("addresses-valid false")
                .contains("services-known false")
                .contains("weights-given false");
        assertThat(report().path("services").toString())
                .contains("{\"service\":\"express\",\"documents\":2,\"known\":false}");
        assertThat(report().at("/problems/examples/0/text").asText()).contains("123");
    }

    @Test
    void without_a_sink_answers_find_back_only_by_the_call() {
        Readiness deaf = readiness(List.of());
        deaf.add(document(1, row(1)), When.NOW);

        assertThat(deaf.report().json(Locale.ENGLISH).at("/verdicts/1/state").asText())
                .isEqualTo("partly");
    }

    @Test
    void a_number_that_names_two_orders_and_numbers_that_count_rows_are_not_ready() {
        rows(3, row -> row(7));
        assertThat(evidence("channels")).contains("numbers-unique true");
        rows(1, row -> row(7).replace("Dresden", "Berlin"));
        assertThat(evidence("channels")).contains("numbers-unique false");

        Readiness counted = readiness(List.of("oms"));
        for (int i = 1; i <= 5; i++) {
            counted.add(document(i, row(i).replace("SO-", "")), When.NOW);
        }
        assertThat(counted.report().json(Locale.ENGLISH).at("/verdicts/2").toString())
                .contains("\"state\":\"not-ready\"")
                .contains("numbers-are-rows");
    }

    @Test
    void columns_renamed_vanished_added_and_written_otherwise_since_the_first_file_are_told() {
        for (int i = 0; i < 10; i++) {
            readiness.add(document(i, row(i)), When.FIRST);
        }
        rows(
                10,
                row -> row.replace("\"ref\"", "\"our_ref\"")
                        .replace("\"note\":\"x\",", "\"colour\":\"#\",")
                        .replace("24.11.2026", "2026-11-24"));

        assertThat(changes())
                .containsExactlyInAnyOrder(
                        "the column \"ref\" is called \"our_ref\" now",
                        "the column \"note\" is filled no more",
                        "the column \"colour\" is new",
                        "the column \"day\" is written otherwise: \"9.9.9\" before, \"9-9-9\" now (9 a number, a letters)",
                        "the column \"day\" has 1 new values: 2026-11-24");
        assertThat(evidence("fields")).contains("source-steady false");
    }

    @Test
    void values_new_this_week_are_told_of_lists_and_never_of_persons() {
        for (int i = 0; i < 10; i++) {
            readiness.add(document(i, row(i)), When.EARLIER);
        }
        rows(3, row -> row.replace("\"svc\":\"ground\"", "\"svc\":\"pigeon\"").replace("Jane", "Joan"));

        assertThat(changes()).containsExactly("the column \"svc\" has 1 new values: pigeon");
    }

    @Test
    void what_is_remembered_of_many_numbers_is_bounded() {
        Hashes hashes = new Hashes();
        for (int i = 0; i < Hashes.MOST; i++) {
            hashes.add("SO-" + i, "a");
        }
        assertThat(hashes.add("SO-" + Hashes.MOST, "a")).isEqualTo(Hashes.Seen.NOT_REMEMBERED);
        assertThat(hashes.add("SO-1", "a")).isEqualTo(Hashes.Seen.SAME);
        assertThat(hashes.add("SO-1", "b")).isEqualTo(Hashes.Seen.DIFFERENT);
        assertThat(hashes.add("another", "a")).isEqualTo(Hashes.Seen.NOT_REMEMBERED);
    }

    private Readiness readiness(List<String> sinks) {
        Thresholds thresholds = Thresholds.read(Settings.of("").section("readiness"));
        return new Readiness(
                new Setting(
                        "erp", "acme", "m", Set.of("shipFrom", "service"), GROUND_ONLY, sinks, List.of(), thresholds),
                ORDERS,
                MAPPING);
    }

    private int rows;

    private void rows(int count, UnaryOperator<String> change) {
        for (int i = 0; i < count; i++) {
            rows++;
            readiness.add(document(rows, change.apply(row(100 + rows))), When.NOW);
        }
    }

    private static String row(int number) {
        return "{\"no\":\"SO-" + number + "\",\"ref\":\"PO-" + number + "\",\"who\":\"Jane Roe\",\"street\":\"Weg 1\","
                + "\"town\":\"Dresden\",\"zip\":\"01067\",\"svc\":\"ground\",\"note\":\"x\",\"day\":\"24.11.2026\",\"kg\":\"1.5\"}";
    }

    private static Document document(int ordinal, String json) {
        try {
            return new Document(ordinal, ordinal, ordinal, Json.mapper().readTree(json), List.of(), List.of());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode report() {
        return readiness.report().json(Locale.ENGLISH);
    }

    private JsonNode field(String name) {
        for (JsonNode field : report().path("fields")) {
            if (field.path("field").asText().equals(name)) {
                return field;
            }
        }
        throw new AssertionError(name);
    }

    private List<String> origins(String field) {
        return field(field).path("from").findValuesAsText("source");
    }

    private List<String> states() {
        return report().path("verdicts").findValuesAsText("state");
    }

    private String evidence(String question) {
        StringBuilder said = new StringBuilder();
        for (JsonNode verdict : report().path("verdicts")) {
            if (verdict.path("question").asText().equals(question)) {
                verdict.path("evidence")
                        .forEach(one -> said.append(one.path("code").asText())
                                .append(' ')
                                .append(one.path("good").asBoolean())
                                .append('\n'));
            }
        }
        return said.toString();
    }

    private List<String> changes() {
        return report().path("changes").findValuesAsText("text").stream()
                .map(text -> text.replaceAll("\\. [A-Z].*", ""))
                .toList();
    }
}
