package io.waybill.mapping;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code when}: in {@code skip}, on a field, and on the elements of an {@code each}. */
final class WhenReader {
    static final String SHAPE = "{ from: state, in: [draft] } | notIn: [paid] | empty: true";

    private final Faults faults;
    private final SourceReader sources;

    WhenReader(Faults faults, SourceReader sources) {
        this.faults = faults;
        this.sources = sources;
    }

    /** The condition; null where none is asked for, or after a fault. */
    @Nullable
    When read(@Nullable Yaml spec) {
        return spec == null ? null : spec.isList() ? all(spec) : one(spec, null);
    }

    /** All of them must hold. */
    private @Nullable When all(Yaml list) {
        if (list.items().isEmpty()) {
            faults.bad(list, "when", SHAPE);
        }
        When all = null;
        for (Yaml spec : list.items()) {
            When next = one(spec, all);
            if (next == null) {
                return null;
            }
            all = next;
        }
        return all;
    }

    private @Nullable When one(Yaml spec, @Nullable When and) {
        int before = faults.problems().size();
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, List.of("from", "expr", "in", "notIn", "empty"), MappingCode.UNKNOWN_KEY);
        Yaml field = keys.get("from");
        Yaml empty = keys.get("empty");
        List<SourcePath> from = field == null ? List.of() : sources.paths(field, "from");
        Yaml written = keys.get("expr");
        Expr expr = written == null ? null : sources.expr(written);
        boolean legal = from.isEmpty() != (written == null)
                && keys.size() > 1
                && areWords(keys.get("in"))
                && areWords(keys.get("notIn"))
                && (empty == null || empty.is("true") || empty.is("false"));
        if (!legal && faults.problems().size() == before) {
            faults.bad(spec, "when", SHAPE);
        }
        return faults.problems().size() > before
                ? null
                : new When(
                        from,
                        expr,
                        words(keys.get("in")),
                        words(keys.get("notIn")),
                        empty == null ? null : empty.is("true"),
                        and);
    }

    /** One at least: nothing is one of none. */
    private static boolean areWords(@Nullable Yaml list) {
        return list == null || (!list.items().isEmpty() && list.items().stream().allMatch(Yaml::isText));
    }

    private static @Nullable Set<String> words(@Nullable Yaml list) {
        return list == null ? null : Set.copyOf(list.texts());
    }
}
