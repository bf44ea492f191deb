package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Documents that are not ours, and why: a field is one of some values, or none of them, or empty, or not. */
record Skip(
        SourcePath from,
        @Nullable Set<String> in,
        @Nullable Set<String> notIn,
        @Nullable Boolean empty,
        String reason) {
    boolean applies(Scope scope) {
        JsonNode value = from.in(scope);
        String text = Values.absent(value) ? "" : Values.text(value);
        return (in == null || in.contains(text))
                && (notIn == null || !notIn.contains(text))
                && (empty == null || empty == text.isEmpty());
    }
}
