package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code skip}: which documents are not ours, and why. */
final class SkipReader {
    private static final String SHAPE = "{ when: { from: state, in: [draft] }, reason: not released }";

    private final Faults faults;
    private final SourceReader sources;

    SkipReader(Faults faults, SourceReader sources) {
        this.faults = faults;
        this.sources = sources;
    }

    List<Skip> read(@Nullable Yaml spec) {
        List<Skip> skips = new ArrayList<>();
        for (Yaml item : spec == null ? List.<Yaml>of() : spec.items()) {
            Skip skip = skip(item);
            if (skip != null) {
                skips.add(skip);
            }
        }
        return skips;
    }

    private @Nullable Skip skip(Yaml item) {
        Map<String, Yaml> keys = item.entries(faults);
        faults.only(keys, List.of("when", "reason"), MappingCode.UNKNOWN_KEY);
        Yaml condition = keys.get("when");
        Yaml reason = keys.get("reason");
        Map<String, Yaml> when = condition == null ? Map.of() : condition.entries(faults);
        faults.only(when, List.of("from", "in", "notIn", "empty"), MappingCode.UNKNOWN_KEY);
        Yaml field = when.get("from");
        List<SourcePath> from = field == null ? List.of() : sources.paths(field, "from");
        if (from.size() != 1 || when.size() < 2 || reason == null) {
            faults.bad(item, "skip", SHAPE);
            return null;
        }
        Yaml empty = when.get("empty");
        return new Skip(
                from.get(0),
                words(when.get("in")),
                words(when.get("notIn")),
                empty == null ? null : empty.is("true"),
                reason.text());
    }

    private static @Nullable Set<String> words(@Nullable Yaml list) {
        return list == null ? null : Set.copyOf(list.texts());
    }
}
