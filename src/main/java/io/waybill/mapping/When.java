package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition: a field is one of some values, or none of them, or empty, or not. All that is said must hold. */
record When(
        SourcePath from,
        @Nullable Set<String> in,
        @Nullable Set<String> notIn,
        @Nullable Boolean empty) {
    boolean holds(Scope scope) {
        JsonNode value = from.in(scope);
        String text = Values.absent(value) ? "" : Values.text(value);
        return (in == null || in.contains(text))
                && (notIn == null || !notIn.contains(text))
                && (empty == null || empty == text.isEmpty());
    }
}
