package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Formats;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules compiled from order/1 find fault with the very fields the JSON Schema validator finds fault with. */
class OrderRulesTest {
    private static final Orders ORDERS = new Orders();
    private static final Target ORDER = ShippedTargets.of("order/1");
    private static final String GOOD = """
            {"orderId":"SO-1","placedAt":"2026-11-24T09:30:00Z","service":"ground",
             "identifiers":[{"system":"acme","value":"7"}],
             "shipTo":{"name":"Jane Roe","line1":"Main St 1","city":"Austin","state":"TX","postalCode":"78701","country":"US"},
             "items":[{"sku":"A","quantity":2,"unitPrice":{"amount":"9.50","currency":"EUR"},"hsCode":"6109.10","originCountry":"CN"}],
             "parcels":[{"reference":"box-1","weight":{"value":1.5,"unit":"kg"},
                         "dimensions":{"length":30,"width":20,"height":10,"unit":"cm"},"items":["A"]}],
             "customs":{"contents":"merchandise"},"label":{"format":"ZPL","dpi":203},
             "billing":{"references":["PO-1"]},"options":{"saturday":false,"shipDate":"2026-11-25"},"metadata":{"x":[1]}}
            """;

    /** One field of the good order set to another value, or taken away. */
    private record Change(String pointer, String json) {
        void to(JsonNode order) {
            JsonPointer at = JsonPointer.compile(pointer);
            String name = at.last().getMatchingProperty();
            if (order.at(at.head()) instanceof ArrayNode list
                    && list.has(at.last().getMatchingIndex())) {
                list.set(at.last().getMatchingIndex(), Formats.json(json, "change"));
            } else if (order.at(at.head()) instanceof ObjectNode object && json.isEmpty()) {
                object.remove(name);
            } else if (order.at(at.head()) instanceof ObjectNode object) {
                object.set(name, Formats.json(json, "change"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "packing-1", "tracking-event-1", "invoice-line-1", "shipment-import-1"})
    void what_is_expected_of_a_text_is_told_by_an_example_and_never_by_a_pattern(String schema) throws IOException {
        List<JsonNode> patterned = Formats.json(
                        Files.readString(Path.of("src/main/resources/schemas/" + schema + ".schema.json")), schema)
                .findParents("pattern");

        assertThat(patterned).allSatisfy(text -> {
            assertThat(text.path("examples")).as(text.toString()).isNotEmpty();
            assertThat(text.path("examples"))
                    .allSatisfy(example -> assertThat(example.asText())
                            .matches(text.path("pattern").asText()));
        });
    }

    @Test
    void what_a_service_may_be_is_told_by_all_its_words() {
        ObjectNode order = (ObjectNode) Formats.json(GOOD, "good");
        order.put("service", "Standart");

        List<Object> legal = new ArrayList<>();
        ORDER.root().check(order, "", (pointer, code, values) -> legal.add(values[1]));

        assertThat(legal).containsExactly("ground, express, economy, overnight, cheapest, fastest, ups:03");
    }

    @Test
    void a_character_nobody_sees_is_named_where_it_stands() {
        ObjectNode order = (ObjectNode) Formats.json(GOOD, "good");
        order.put("orderId", "SO-\u200b1001");
        List<String> told = new ArrayList<>();
        ORDER.root()
                .check(order, "", (pointer, code, values) -> told.add(pointer + code + values[1] + " " + values[3]));

        assertThat(told).containsExactly("/orderIdHIDDEN_CHARACTERU+200B 4");
    }

    private static final List<Change> HARMLESS = List.of(
            new Change("/orderId", "\"x\""),
            new Change("/reference", "\"" + "é".repeat(100) + "\""),
            new Change("/reference", "\"" + "\uD83D\uDCE6".repeat(100) + "\""),
            new Change("/placedAt", "\"2026-11-24T09:30:00.123+01:00\""),
            new Change("/service", "\"ups:03\""),
            new Change("/items/0/quantity", "1000000"),
            new Change("/items/0/quantity", "2.0"),
            new Change("/items/0/unitPrice/amount", "0"),
            new Change("/items/0/unitPrice/amount", "999999999999"),
            new Change("/parcels/0/weight/value", "0.001"),
            new Change("/parcels/0/weight/value", "1e6"),
            new Change("/parcels/0/dimensions", ""),
            new Change("/label/dpi", "72"),
            new Change("/parcels/0/items", "[]"),
            new Change("/metadata/any", "{\"a\":{\"b\":1}}"));

    private static final List<Change> HARMFUL = List.of(
            new Change("/orderId", ""),
            new Change("/orderId", "7"),
            new Change("/orderId", "\" x\""),
            new Change("/orderId", "\"" + "x".repeat(101) + "\""),
            new Change("/reference", "\"" + "\uD83D\uDCE6".repeat(101) + "\""),
            new Change("/namespace", "\"-a\""),
            new Change("/placedAt", "\"24.11.2026\""),
            new Change("/service", "\"Ground\""),
            new Change("/release", "\"later\""),
            new Change("/colour", "\"red\""),
            new Change("/identifiers", "{\"a\":1}"),
            new Change("/identifiers/0/value", ""),
            new Change("/identifiers/0/who", "\"x\""),
            new Change("/shipTo/email", "\"nobody\""),
            new Change("/shipTo/residential", "\"yes\""),
            new Change("/shipTo/phone", "5551234"),
            new Change("/shipTo/a~1b", "1"),
            new Change("/items/0/quantity", "0"),
            new Change("/items/0/quantity", "2.5"),
            new Change("/items/0/quantity", "\"2\""),
            new Change("/items/0/quantity", "1000001"),
            new Change("/items/0/unitPrice/amount", "\"9,50\""),
            new Change("/items/0/unitPrice/amount", "-1"),
            new Change("/items/0/unitPrice/amount", "true"),
            new Change("/items/0/unitPrice/currency", ""),
            new Change("/items/0/hsCode", "\"61\""),
            new Change("/parcels/0/weight/value", "0"),
            new Change("/parcels/0/weight/value", "1000000.1"),
            new Change("/parcels/0/weight/unit", "\"t\""),
            new Change("/parcels/0/dimensions/width", ""),
            new Change("/parcels/0/dimensions/height", "-3"),
            new Change("/customs/contents", "\"gifts\""),
            new Change("/label/dpi", "1201"),
            new Change("/label/format", "1"),
            new Change("/billing/references/0", "9"),
            new Change("/options/saturday", "0"),
            new Change("/options/shipDate", "\"2026-11-2\""),
            new Change("/metadata", "[]"));

    private static final List<Change> ALL =
            Stream.concat(HARMLESS.stream(), HARMFUL.stream()).toList();

    @Test
    void a_good_order_breaks_no_rule() {
        assertThat(byRules(good())).isEmpty();
        assertThat(bySchema(good())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void both_take_what_is_legal(Change change) {
        JsonNode order = changed(List.of(change));
        assertThat(byRules(order)).isEmpty();
        assertThat(bySchema(order)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void both_refuse_the_same_field(Change change) {
        JsonNode order = changed(List.of(change));
        assertThat(byRules(order)).containsExactly(change.pointer());
        assertThat(bySchema(order)).containsExactly(change.pointer());
    }

    @Property(tries = 500)
    void both_agree_on_any_mixture(@ForAll Random random) {
        List<Change> some =
                random.ints(random.nextInt(8), 0, ALL.size()).mapToObj(ALL::get).toList();
        JsonNode order = changed(some);
        assertThat(byRules(order)).as(some.toString()).isEqualTo(bySchema(order));
    }

    private static List<Change> harmless() {
        return HARMLESS;
    }

    private static List<Change> harmful() {
        return HARMFUL;
    }

    private static JsonNode good() {
        return Formats.json(GOOD, "order");
    }

    private static JsonNode changed(List<Change> changes) {
        JsonNode order = good();
        changes.forEach(change -> change.to(order));
        return order;
    }

    private static Set<String> byRules(JsonNode order) {
        Set<String> pointers = new TreeSet<>();
        ORDER.root().check(order, "", (pointer, code, values) -> pointers.add(pointer));
        assertThat(ORDER.root().holds(order)).isEqualTo(pointers.isEmpty());
        return pointers;
    }

    private static Set<String> bySchema(JsonNode order) {
        Set<String> pointers = new TreeSet<>();
        ORDERS.check(order).stream().map(Problem::pointer).map(String::valueOf).forEach(pointers::add);
        return pointers;
    }

    @Test
    void what_does_not_fit_is_told_with_an_example_of_what_does() {
        JsonNode order = Formats.json(GOOD, "order");
        new Change("/placedAt", "\"2026-11-24\"").to(order);
        new Change("/items/0/unitPrice/amount", "\"-9.50\"").to(order);
        List<Object> legal = new ArrayList<>();
        ORDER.root().check(order, "", (pointer, code, values) -> legal.add(values[1]));
        assertThat(legal).contains("2026-11-24T09:30:00+01:00", "12.50");
    }
}
