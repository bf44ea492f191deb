package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a document holds, mapping answers; it never throws, and what it maps has the required fields. */
class AnythingMapsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final Mappings SHIPPED = Mappings.load(Path.of("mappings"), target -> OrderShape.ORDER);
    private static final List<String> NAMES = List.of(
            "order",
            "name",
            "number",
            "id",
            "line_items",
            "lines",
            "shipping_address",
            "recipient",
            "street",
            "country",
            "country_code",
            "price",
            "quantity",
            "grams",
            "sku",
            "currency",
            "data",
            "identifiers",
            "created_at",
            "boxes",
            "weight",
            "orderId",
            "status",
            "type",
            "address1",
            "city",
            "charges",
            "system",
            "value");
    private static final List<JsonNode> SCALARS = List.of(
            NODES.nullNode(),
            NODES.booleanNode(true),
            NODES.numberNode(Double.NaN),
            NODES.numberNode(Double.POSITIVE_INFINITY),
            NODES.numberNode(new BigDecimal("1e999999999")),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(3),
            NODES.textNode(""),
            NODES.textNode("US"),
            NODES.textNode("2026-11-24T09:30:00Z"),
            NODES.textNode("1"),
            NODES.textNode("STD"),
            NODES.textNode("\uD83D"),
            NODES.textNode("\u0000"),
            NODES.textNode("'"),
            NODES.textNode("１２"));

    @Property(tries = 300)
    void mapping_always_answers(@ForAll long seed) {
        JsonNode tree = tree(new Random(seed), 5);
        for (String name : SHIPPED.names()) {
            Mapping mapping = SHIPPED.get(name);
            Result result = mapping.apply(Document.of(tree));
            assertThat(result)
                    .as(name)
                    .hasToString(Applying.to(Document.of(tree), mapping, new ArrayList<>())
                            .toString());
            if (result instanceof Result.Mapped mapped && mapping.writes().equals("order/1")) {
                assertThat(mapped.tree().path("orderId").asText()).isNotBlank();
                assertThat(mapped.tree().path("shipTo").path("country").asText())
                        .hasSize(2);
            }
            if (result instanceof Result.Failed failed) {
                assertThat(failed.problems()).extracting("code").isNotEmpty().doesNotContain("MAPPING_FAILED");
            }
        }
    }

    private static JsonNode tree(Random random, int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(depth == 5 ? 2 : 4);
        if (kind == 1 || (depth == 5 && kind == 0)) {
            ObjectNode object = NODES.objectNode();
            for (int i = random.nextInt(8) + depth; i > 0; i--) {
                object.set(NAMES.get(random.nextInt(NAMES.size())), tree(random, depth - 1));
            }
            return object;
        }
        if (kind == 2) {
            ArrayNode array = NODES.arrayNode();
            for (int i = random.nextInt(3); i > 0; i--) {
                array.add(tree(random, depth - 1));
            }
            return array;
        }
        return SCALARS.get(random.nextInt(SCALARS.size()));
    }
}
