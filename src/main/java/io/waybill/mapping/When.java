package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition: the first of these fields that is not empty is one of some values, or none of them, or empty, or not. All that is said
 * must hold, and so must what is said beside it.
 */
record When(
        List<SourcePath> from,
        @Nullable Set<String> in,
        @Nullable Set<String> notIn,
        @Nullable Boolean empty,
        @Nullable When and) {
    boolean holds(Scope scope) {
        String text = "";
        for (int i = 0; i < from.size() && text.isEmpty(); i++) {
            JsonNode value = from.get(i).in(scope);
            text = Values.absent(value) ? "" : Values.text(value);
        }
        return (in == null || in.contains(text))
                && (notIn == null || !notIn.contains(text))
                && (empty == null || empty == text.isEmpty())
                && (and == null || and.holds(scope));
    }

    /** What each of the conditions reads, the alternatives of one together. */
    List<List<SourcePath>> asked() {
        List<List<SourcePath>> asked = and == null ? new ArrayList<>() : and.asked();
        asked.add(from);
        return asked;
    }

    Stream<Source> sources() {
        return asked().stream().map(SourceReader::of);
    }

    /** The columns of rows that it reads. */
    Stream<String> columns() {
        return asked().stream().flatMap(List::stream).flatMap(path -> path.names().stream());
    }
}
