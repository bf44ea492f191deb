package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.text.Meant;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table from their words to ours.
 *
 * @param values as they are now; one document sees one table from its beginning to its end
 * @param onMissing {@code error}, {@code keep} the value, {@code empty}, or {@code default}
 * @param otherwise the default
 */
record Lookup(String name, Supplier<Map<String, JsonNode>> values, String onMissing, JsonNode otherwise)
        implements Step {
    @Override
    public @Nullable JsonNode apply(JsonNode value, Spot spot) {
        Map<String, JsonNode> table = spot.table(this);
        String key = Meant.narrow(Values.text(value));
        JsonNode found = table.get(key);
        BigDecimal number = found == null ? Values.exact(value) : null;
        if (number != null) {
            found = table.get(number.stripTrailingZeros().toPlainString());
        }
        if (found != null) {
            return found;
        }
        return switch (onMissing) {
            case "keep" -> value;
            case "default" -> otherwise;
            case "empty" -> MissingNode.getInstance();
            default -> spot.refuse(MappingCode.LOOKUP_MISS, "lookup", name, "nearest", Nearest.to(key, table.keySet()));
        };
    }
}
