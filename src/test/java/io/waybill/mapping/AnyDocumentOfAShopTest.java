package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a system may write otherwise than our samples of its orders do: each field of each sample, changed alone. */
class AnyDocumentOfAShopTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final Mappings MAPPINGS = Mappings.load(Path.of("mappings"), ShippedTargets::of);
    private static final Random SEEDED = new Random(20261124);

    static Stream<String> orders() {
        return MAPPINGS.names().stream()
                .filter(name -> MAPPINGS.get(name).writes().equals("order/1"))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void a_number_as_text_is_the_same_number(String name) throws IOException {
        assertThat(wrong(name, value -> value.isNumber() ? NODES.textNode(value.asText()) : value, String::equals))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void a_whole_number_with_decimals_is_the_same_quantity(String name) throws IOException {
        UnaryOperator<JsonNode> decimals = value -> value.isIntegralNumber() && value.asLong() < 10
                ? NODES.numberNode(new BigDecimal(value.asText() + ".0000"))
                : value;
        assertThat(wrong(name, decimals, (before, after) -> lines(after) >= lines(before)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void a_field_nobody_knows_changes_nothing(String name) throws IOException {
        UnaryOperator<JsonNode> news = value ->
                value instanceof ObjectNode object ? object.deepCopy().put("x_" + SEEDED.nextInt(1000), "news") : value;
        assertThat(wrong(name, news, (before, after) -> before.equals(after) || after.contains("no line reads")))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void what_is_missing_calls_nothing_off_takes_no_line_away_and_is_told_by_its_field(String name) throws IOException {
        for (JsonNode nothing : List.of(NODES.nullNode(), NODES.textNode(""))) {
            UnaryOperator<JsonNode> empty = value -> value.isContainerNode() ? value : nothing;
            assertThat(wrong(
                            name,
                            empty,
                            (before, after) -> isOrder(after)
                                    ? lines(after) >= lines(before)
                                    : !after.matches("(?s).*(how=CANCEL|EXPRESSION_FAILED|MAPPING_FAILED).*")))
                    .isEmpty();
        }
    }

    /** Where a change makes of an order something that is not right. */
    private static List<String> wrong(String name, UnaryOperator<JsonNode> change, BiPredicate<String, String> right)
            throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode sample : samples(MAPPINGS.get(name))) {
            String before = result(name, sample);
            for (String pointer : isOrder(before) ? pointers(sample, "") : List.<String>of()) {
                JsonNode changed = change.apply(sample.at(pointer));
                String after =
                        changed.equals(sample.at(pointer)) ? before : result(name, with(sample, pointer, changed));
                if (!after.equals(before) && !right.test(before, after)) {
                    wrong.add(pointer + " = " + changed + ": " + after);
                }
            }
        }
        return wrong;
    }

    /** The order, or why there is none. */
    private static String result(String name, JsonNode document) {
        Result result = MAPPINGS.get(name).apply(Document.of(document));
        return result instanceof Result.Mapped mapped ? mapped.tree().toString() : result.toString();
    }

    private static boolean isOrder(String result) {
        return result.startsWith("{");
    }

    private static int lines(String order) {
        return order.split("\"quantity\":", -1).length;
    }

    private static List<JsonNode> samples(Mapping mapping) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (Sample sample : mapping.samples()) {
            try (DocumentReader reader = mapping.open(mapping.folder().resolve(sample.input()), sample.input())) {
                for (Document next = reader.next(); next != null; next = reader.next()) {
                    found.add(next.tree());
                }
            } catch (ProblemException unreadable) {
                assertThat(sample.error()).as(sample.name()).isNotNull();
            }
        }
        return found;
    }

    private static JsonNode with(JsonNode document, String pointer, JsonNode value) {
        if (pointer.isEmpty()) {
            return value;
        }
        JsonNode copy = document.deepCopy();
        JsonPointer at = JsonPointer.compile(pointer);
        JsonNode parent = copy.at(at.head());
        if (parent instanceof ArrayNode list) {
            list.set(at.last().getMatchingIndex(), value);
        } else {
            ((ObjectNode) parent).set(at.last().getMatchingProperty(), value);
        }
        return copy;
    }

    private static List<String> pointers(JsonNode node, String pointer) {
        List<String> found = new ArrayList<>(List.of(pointer));
        node.properties()
                .forEach(field -> found.addAll(pointers(
                        field.getValue(),
                        pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"))));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            found.addAll(pointers(node.get(i), pointer + "/" + i));
        }
        return found;
    }
}
