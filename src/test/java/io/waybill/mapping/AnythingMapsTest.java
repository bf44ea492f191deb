package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.format.Document;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a document holds, mapping answers; it never throws, and what it maps has the required fields. */
class AnythingMapsTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final List<Mapping> MAPPINGS = List.of(shipped("shopify-order"), shipped("acme-orders-json"), shipped("oms-event"));

    private static Mapping shipped(String name) {
        return Mappings.load(Path.of("mappings"), target -> OrderShape.ORDER).get(name);
    }

    @Property(tries = 300)
    void mapping_always_answers(@ForAll("trees") JsonNode tree) {
        for (Mapping mapping : MAPPINGS) {
            Result result = mapping.apply(Document.of(tree));
            if (result instanceof Result.Mapped mapped && mapping.writes().equals("order/1")) {
                assertThat(mapped.tree().path("orderId").asText()).isNotBlank();
                assertThat(mapped.tree().path("shipTo").path("country").asText()).hasSize(2);
            }
            if (result instanceof Result.Failed failed) {
                assertThat(failed.problems()).isNotEmpty().allSatisfy(p -> assertThat(p.code()).isNotEqualTo("MAPPING_FAILED"));
            }
        }
    }

    @Provide
    Arbitrary<JsonNode> trees() {
        return Arbitraries.lazyOf(AnythingMapsTest::scalars, AnythingMapsTest::scalars, this::objects, this::arrays);
    }

    private Arbitrary<JsonNode> objects() {
        Arbitrary<String> names = Arbitraries.of(
                "order", "name", "number", "id", "line_items", "lines", "shipping_address", "recipient", "street", "country",
                "country_code", "price", "quantity", "grams", "sku", "currency", "data", "identifiers", "created_at", "boxes", "weight");
        return Arbitraries.maps(names, trees()).ofMaxSize(6).map(AnythingMapsTest::object);
    }

    private Arbitrary<JsonNode> arrays() {
        return trees().list().ofMaxSize(3).map(items -> NODES.arrayNode().addAll(items));
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return NODES.objectNode().setAll(fields);
    }

    private static Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12).map(NODES::textNode),
                Arbitraries.of("US", "2026-11-24T09:30:00Z", "1", "12.50", "STD", "'").map(NODES::textNode),
                Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, 1e300, -0.0).map(NODES::numberNode),
                Arbitraries.of(new BigDecimal("1e999999999"), BigDecimal.ONE).map(NODES::numberNode),
                Arbitraries.longs().map(NODES::numberNode),
                Arbitraries.of(NODES.nullNode(), NODES.booleanNode(true)));
    }
}
