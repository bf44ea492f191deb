package io.waybill.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrdersTest {
    static final String FULL = """
            { "orderId": "SO-1001", "namespace": "acme", "placedAt": "2026-11-24T09:30:00+01:00", "reference": "PO-77",
              "identifiers": [ {"system": "shopify", "type": "order", "value": "450789469"} ],
              "shipFrom": { },
              "shipTo": { "name": "Jane Roe", "company": "", "line1": "1 Main St", "city": "Austin", "state": "TX",
                 "postalCode": "78701", "country": "US", "phone": "+15125550100", "email": "jane@example.com",
                 "residential": true, "taxId": "" },
              "service": "ground", "account": "ups-acme", "release": "now",
              "parcels": [ { "reference": "box-1", "weight": {"value": 1.20, "unit": "kg"},
                 "dimensions": {"length": 30, "width": 20, "height": 10, "unit": "cm"}, "packaging": "", "items": ["A-1"] } ],
              "items": [ { "sku": "A-1", "description": "Mug", "descriptionLocal": "马克杯", "quantity": 2,
                 "unitPrice": {"amount": "12.50", "currency": "USD"}, "weight": {"value": 350, "unit": "g"},
                 "hsCode": "691200", "originCountry": "CN" } ],
              "customs": { "contents": "merchandise", "incoterm": "DAP", "declaredValue": {"amount": 25.00, "currency": "USD"} },
              "label": { "format": "PDF", "size": "4x6", "dpi": 203 },
              "billing": { "costCenter": "", "payer": "sender", "dutiesPayer": "recipient", "references": [] },
              "options": { "signature": "none", "insuredValue": null, "saturday": false, "batteries": "none",
                 "shipDate": "2026-11-24" },
              "metadata": { "channel": {"b": null, "a": "" } } }
            """;

    private final Orders orders = new Orders();

    @Test
    void a_full_order_survives_being_written_and_read_again() {
        Order order = orders.read(json(FULL));
        JsonNode written = orders.write(order);
        assertThat(orders.read(orders.parse(written.toString().getBytes(UTF_8))))
                .isEqualTo(order);
        assertThat(written.at("/placedAt").textValue()).isEqualTo("2026-11-24T09:30:00+01:00");
        assertThat(written.at("/parcels/0/weight")).hasToString("{\"value\":1.20,\"unit\":\"kg\"}");
        assertThat(written.at("/customs/declaredValue")).hasToString("{\"amount\":\"25.00\",\"currency\":\"USD\"}");
        assertThat(written.at("/options/shipDate").textValue()).isEqualTo("2026-11-24");
        assertThat(written.at("/options/saturday").isBoolean()).isTrue();
        assertThat(written.at("/metadata")).hasToString("{\"channel\":{\"b\":null,\"a\":\"\"}}");
        assertThat(written.has("shipFrom")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SO-1\u00A0",
                "\u3000SO-1",
                "SO-1\uFEFF",
                "SO\u200B-1",
                "SO-1\u200E",
                "SO-\u202E1",
                "SO\u0085-1",
                "\u2028SO-1"
            })
    void a_number_that_nobody_can_tell_from_another_is_refused(String number) {
        ObjectNode order = (ObjectNode) json(FULL);
        order.put("orderId", number);

        assertThat(problem(order, "/orderId").code()).isEqualTo("bad-order-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"订单 1", "SO\u00A01", "سفارش\u200Cها", "№ 7 / \uD83D\uDCE6", "x"})
    void a_number_in_any_script_is_taken(String number) {
        ObjectNode order = (ObjectNode) json(FULL);
        order.put("orderId", number);

        assertThat(orders.read(order).orderId()).isEqualTo(number);
    }

    @Test
    void every_bad_field_is_named_at_once() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.put("orderId", "SO\u0007");
        order.withObject("/shipTo").put("postal_code", "78701");
        order.withObject("/shipTo").remove("line1");
        order.withObject("/parcels/0/weight").put("value", 0);
        order.withObject("/items/0").put("quantity", "two").put("originCountry", "CHN");
        order.withObject("/items/0/unitPrice").put("amount", "12,50");
        order.withObject("/customs/declaredValue").put("currency", "USX");
        order.withObject("/label").put("format", "PFD");
        order.withObject("/options").put("shipDate", "2026-02-30");
        order.put("service", "grond").put("placedAt", "2026-11-24 09:30");
        assertThat(found(order))
                .containsExactlyInAnyOrder(
                        "/orderId bad-order-id",
                        "/shipTo/postal_code unknown-field",
                        "/shipTo/line1 missing-field",
                        "/parcels/0/weight/value weight-not-positive",
                        "/items/0/quantity wrong-type",
                        "/items/0/originCountry unknown-country",
                        "/items/0/unitPrice/amount bad-amount",
                        "/customs/declaredValue/currency unknown-currency",
                        "/label/format bad-value",
                        "/options/shipDate bad-date",
                        "/service bad-service",
                        "/placedAt bad-time");
    }

    @ParameterizedTest
    @CsvSource({
        "shipTo, shipto, shipTo",
        "orderId, order_id, orderId",
        "parcels, packages, parcels",
        "service, servise, service"
    })
    void a_misspelt_field_is_answered_with_the_likely_one(String field, String written, String meant) {
        ObjectNode order = (ObjectNode) json(FULL);
        order.set(written, order.remove(field));
        Problem problem = problem(order, "/" + written);
        assertThat(problem.code()).isEqualTo("unknown-field");
        assertThat(problem.hint(Locale.ENGLISH)).isEqualTo("Did you mean \"" + meant + "\"?");
        assertThat(problem.hint(Locale.CHINESE)).contains(meant);
    }

    @Test
    void a_field_like_no_other_gets_no_guess_but_the_legal_ones() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.withObject("/label").put("xyzzyplugh", 1);
        Problem problem = problem(order, "/label/xyzzyplugh");
        assertThat(problem.hint(Locale.ENGLISH)).isNull();
        assertThat(problem.expected(Locale.ENGLISH)).isEqualTo("one of: dpi, format, size");
    }

    @Test
    void a_state_is_read_by_its_name_and_kept_by_its_key() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.withObject("/shipTo").put("state", "texas");
        assertThat(orders.read(order).shipTo().state()).isEqualTo("TX");
        assertThat(order.at("/shipTo/state").textValue()).as("what came in").isEqualTo("texas");
    }

    @Test
    void a_weight_may_come_later_but_never_wrong() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.withObject("/parcels/0").remove("weight");
        assertThat(orders.read(order).parcels().get(0).weight()).isNull();
        order.withObject("/parcels/0").putObject("weight").put("value", -1).put("unit", "stone");
        assertThat(found(order))
                .containsExactlyInAnyOrder(
                        "/parcels/0/weight/value weight-not-positive", "/parcels/0/weight/unit bad-value");
    }

    @Test
    void money_has_as_many_places_as_a_number_as_it_has_as_a_text() {
        assertThat(found(json(FULL.replace("\"12.50\"", "10.123456")))).isEmpty();
        for (String amount : List.of("10.1234567891", "12345678901.1234567", "\"10.1234567\"")) {
            assertThat(found(json(FULL.replace("\"12.50\"", amount))))
                    .as(amount)
                    .containsExactly("/items/0/unitPrice/amount bad-amount");
        }
    }

    @Test
    void money_of_an_order_is_never_negative() {
        assertThat(found(json(FULL.replace("\"12.50\"", "\"-12.50\""))))
                .containsExactly("/items/0/unitPrice/amount bad-amount");
        assertThat(found(json(FULL.replace("\"12.50\"", "-12.50"))))
                .containsExactly("/items/0/unitPrice/amount bad-amount");
    }

    @Test
    void a_thousand_problems_are_enough() {
        ObjectNode order = (ObjectNode) json(FULL);
        for (int i = 0; i < 5000; i++) {
            order.put("nobody" + i, 1);
        }
        assertThat(orders.check(order)).hasSize(1000);
    }

    @Test
    void a_country_written_out_is_answered_with_its_code() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.withObject("/shipTo").put("country", "Germany");
        assertThat(problem(order, "/shipTo/country").hint(Locale.ENGLISH)).isEqualTo("Did you mean DE?");
    }

    @Test
    void a_parcel_holds_only_items_of_the_order_and_has_its_own_reference() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.withArray("/parcels")
                .addObject()
                .put("reference", "box-1")
                .putArray("items")
                .add("B-9");
        assertThat(found(order))
                .containsExactlyInAnyOrder("/parcels/1/reference duplicate-parcel", "/parcels/1/items/0 unknown-item");
    }

    @Test
    void blank_means_not_given() {
        ObjectNode order = (ObjectNode) json(FULL);
        order.put("orderId", "  ");
        assertThat(found(order)).containsExactly("/orderId missing-field");
    }

    @Test
    void a_number_that_would_fill_the_memory_is_refused() {
        assertThat(found(json(FULL.replace("1.20", "1e999999999"))))
                .containsExactly("/parcels/0/weight/value bad-number");
        assertThat(found(json(FULL.replace("25.00", "1e-999999999"))))
                .containsExactly("/customs/declaredValue/amount bad-number");
        assertThat(catchThrowableOfType(ProblemException.class, () -> orders.read(json(FULL.replace("1.20", "1e400")))))
                .hasMessageContaining("no exponent above 40");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{\"a\": 1,\n  \"b\": `, truncated-json, 2",
                "`{\"a\": 1,\n \"a\": 2}`, duplicate-field, 2",
                "`{\"a\": 1} {}`, not-json, 1",
                "`{\"a\": 1,\n 'b': 2}`, not-json, 2",
                "`{\"a\": NaN}`, not-json, 1",
                "`{\"a\": 1e99999999999}`, bad-number, ",
                "`{\"a\": -1e-99999999999}`, bad-number, ",
                "`[1]`, not-an-object, ",
                "`\"text\"`, not-an-object, ",
                "` `, empty-document, "
            })
    void text_that_is_not_one_json_object_is_refused_with_its_line(String text, String code, String line) {
        Problem problem = catchThrowableOfType(ProblemException.class, () -> orders.parse(text.getBytes(UTF_8)))
                .problems()
                .get(0);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.values().get("line")).isEqualTo(line);
    }

    @Test
    void json_nested_beyond_64_levels_is_refused() {
        String deep = "{\"metadata\":" + "[".repeat(70) + "]".repeat(70) + "}";
        assertThat(catchThrowableOfType(ProblemException.class, () -> orders.parse(deep.getBytes(UTF_8))))
                .hasMessageContaining("nested deeper than 64 levels, at line 1, column 77");
    }

    @Test
    void a_number_longer_than_the_hub_reads_is_told_where_it_stands() {
        String text = "{\"a\":\n [" + "1".repeat(120) + "]}";
        assertThat(catchThrowableOfType(ProblemException.class, () -> orders.parse(text.getBytes(UTF_8))))
                .hasMessageContaining("line 2, column 123");
    }

    @Test
    void a_packing_needs_a_parcel_and_no_order_number() {
        assertThat(orders.readPacking(
                                json("{\"parcels\":[{\"reference\":\"1\",\"weight\":{\"value\":2,\"unit\":\"lb\"}}]}"))
                        .parcels())
                .hasSize(1);
        assertThat(catchThrowableOfType(ProblemException.class, () -> orders.readPacking(json("{\"parcels\":[]}"))))
                .hasMessageContaining("/parcels there is no parcel");
    }

    @Test
    void a_tracking_event_is_checked_too() {
        assertThat(catchThrowableOfType(
                                ProblemException.class,
                                () -> orders.readTrackingEvent(json("{\"status\":\"deliverd\"}")))
                        .problems())
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder("/trackingNumber", "/occurredAt", "/status");
    }

    @Test
    void an_unknown_schema_is_answered_with_the_known_ones() {
        assertThat(orders.schema("order/1").at("/title").textValue()).isEqualTo("order/1");
        assertThat(catchThrowableOfType(ProblemException.class, () -> orders.schema("../etc/passwd")))
                .hasMessageContaining("order/1, packing/1, tracking-event/1");
    }

    private JsonNode json(String text) {
        return orders.parse(text.getBytes(UTF_8));
    }

    private Problem problem(JsonNode order, String pointer) {
        return orders.check(order).stream()
                .filter(problem -> pointer.equals(problem.pointer()))
                .findFirst()
                .orElseThrow();
    }

    private List<String> found(JsonNode order) {
        return orders.check(order).stream()
                .map(problem -> problem.pointer() + " " + problem.code())
                .collect(Collectors.toList());
    }
}
