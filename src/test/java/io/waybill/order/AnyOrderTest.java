package io.waybill.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyOrderTest {
    private static final List<String> FIELDS = fields(parse(OrdersTest.FULL), "");

    private final Orders orders = new Orders();

    @Property(tries = 1000)
    void any_value_in_any_field_is_taken_or_refused_by_its_pointer(
            @ForAll("fields") String field, @ForAll("values") String value) {
        JsonNode order = parse(OrdersTest.FULL);
        put(order, JsonPointer.compile(field), parse("{\"v\":" + value + "}").get("v"));
        List<Problem> problems = orders.check(order);
        if (problems.isEmpty()) {
            Order taken = orders.read(order);
            assertThat(orders.read(orders.write(taken))).isEqualTo(taken);
        } else {
            assertThatThrownBy(() -> orders.read(order)).isInstanceOf(ProblemException.class);
            assertThat(problems)
                    .allSatisfy(problem -> assertThat(problem.pointer()).startsWith("/"));
            assertThat(problems)
                    .allSatisfy(problem ->
                            assertThat(problem.detail(Locale.ENGLISH)).doesNotContain("?"));
        }
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(FIELDS);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "true",
                "0",
                "-1",
                "1",
                "1.0",
                "2e1",
                "1e999999999",
                "123456789012345678901234567890",
                "[]",
                "{}",
                "[null]",
                "[[{}]]",
                "{\"a\":1}",
                "\"\"",
                "\" \"",
                "\"1\"",
                "\"DE\"",
                "\"USD\"",
                "\"kg\"",
                "\"2026-11-24\"",
                "\"2026-11-24T09:30:00.123456789-18:00\"",
                "\"2026-11-24T09:30Z\"",
                "\"2026-13-45T25:61:00+19:00\"",
                "\"9999-99-99\"",
                "\"a:b\"",
                "\"\\u0000\"",
                "\"😀\"",
                "\"" + "x".repeat(600) + "\"");
    }

    private static void put(JsonNode root, JsonPointer at, JsonNode value) {
        JsonNode parent = root.at(at.head());
        String name = at.last().getMatchingProperty();
        if (parent instanceof ArrayNode list) {
            list.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    private static List<String> fields(JsonNode node, String pointer) {
        List<String> found = new ArrayList<>();
        node.properties().forEach(field -> {
            found.add(pointer + "/" + field.getKey());
            found.addAll(fields(field.getValue(), pointer + "/" + field.getKey()));
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.add(pointer + "/" + i);
            found.addAll(fields(node.get(i), pointer + "/" + i));
        }
        return found;
    }

    private static JsonNode parse(String json) {
        return new Orders().parse(json.getBytes(UTF_8));
    }
}
