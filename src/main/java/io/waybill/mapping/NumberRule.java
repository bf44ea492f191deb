package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The range a number must be in. One too large to be exact is outside every range. */
record NumberRule(
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal above,
        @Nullable BigDecimal maximum,
        @Nullable BigDecimal below) {

    static NumberRule read(JsonNode schema) {
        return new NumberRule(
                bound(schema, "minimum"),
                bound(schema, "exclusiveMinimum"),
                bound(schema, "maximum"),
                bound(schema, "exclusiveMaximum"));
    }

    private static @Nullable BigDecimal bound(JsonNode schema, String name) {
        return schema.path(name).isNumber() ? schema.get(name).decimalValue() : null;
    }

    boolean holds(JsonNode value) {
        BigDecimal number = Values.exact(value);
        return number != null && includes(number);
    }

    void check(JsonNode value, String pointer, Rule.Report report) {
        if (!holds(value)) {
            report.violation(pointer, MappingCode.OUT_OF_RANGE, "legal", range());
        }
    }

    private boolean includes(BigDecimal number) {
        return (minimum == null || number.compareTo(minimum) >= 0)
                && (above == null || number.compareTo(above) > 0)
                && (maximum == null || number.compareTo(maximum) <= 0)
                && (below == null || number.compareTo(below) < 0);
    }

    private String range() {
        List<String> parts = new ArrayList<>();
        tell(">= ", minimum, parts);
        tell("> ", above, parts);
        tell("<= ", maximum, parts);
        tell("< ", below, parts);
        return parts.isEmpty() ? "<= 60 digits" : String.join(", ", parts);
    }

    private static void tell(String sign, @Nullable BigDecimal bound, List<String> parts) {
        if (bound != null) {
            parts.add(sign + bound.toPlainString());
        }
    }
}
