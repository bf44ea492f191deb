package io.waybill.mapping;

import io.waybill.format.Reading;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles where a field's value comes from: {@code from}, {@code join}, {@code const} or {@code expr}. */
final class SourceReader {
    static final List<String> KEYS = List.of("from", "join", "const", "expr");

    private final Faults faults;
    private final boolean tabular;
    private final boolean grouped;
    private int depth;
    private int lookedUp;

    SourceReader(Faults faults, Reading reading) {
        this.faults = faults;
        this.tabular = reading.tabular();
        this.grouped = !reading.groupBy().isEmpty();
    }

    /** What is read until {@link #leave} is read of the elements of this list. Answers what {@code leave} wants to hear. */
    int enter(@Nullable SourcePath list) {
        int before = depth;
        if (list != null) {
            depth = (list.fromRoot() ? 0 : depth - list.ups()) + list.names().size();
        }
        return before;
    }

    void leave(int before) {
        depth = before;
    }

    /** Grows with each path that reads what holds its element. */
    int lookedUp() {
        return lookedUp;
    }

    /** Whether it is cells that are read, which a workbook may have. */
    boolean tabular() {
        return tabular;
    }

    /** Whether each document is one row of a table, and has no rows below it. */
    boolean singleRows() {
        return tabular && !grouped;
    }

    /** The one source a field names, or null after a fault. */
    @Nullable
    Source source(Yaml spec, Map<String, Yaml> verbs) {
        List<String> given = KEYS.stream().filter(verbs::containsKey).toList();
        if (given.isEmpty()) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "from");
            return null;
        }
        if (given.size() > 1) {
            MappingCode code = given.contains("const") ? MappingCode.CONST_BESIDE_SOURCE : MappingCode.TWO_SOURCES;
            List<String> others =
                    given.stream().filter(key -> !key.equals("const")).toList();
            faults.add(spec.line(), code, "keys", String.join(" + ", given), "others", String.join(" + ", others));
            return null;
        }
        return source(given.get(0), Objects.requireNonNull(verbs.get(given.get(0))), verbs.get("with"));
    }

    private @Nullable Source source(String key, Yaml value, @Nullable Yaml with) {
        return switch (key) {
            case "const" -> new Source.Const(value.json(faults));
            case "expr" -> {
                Expr expr = expr(value);
                yield expr == null ? null : new Source.Computed(expr);
            }
            case "join" -> new Source.Join(paths(value, key), with == null ? " " : between(with));
            default -> of(paths(value, key));
        };
    }

    @Nullable
    Expr expr(Yaml written) {
        return Expr.compile(written.text(), tabular, written.line(), faults);
    }

    private String between(Yaml with) {
        if (!with.isText()) {
            faults.bad(with, "with", "\" \" | \", \"");
        }
        return with.text();
    }

    static Source of(List<SourcePath> paths) {
        return paths.size() == 1 ? new Source.At(paths.get(0)) : new Source.First(paths);
    }

    /** One path or a list of them. */
    List<SourcePath> paths(Yaml list, String key) {
        if (list.items().isEmpty()) {
            faults.bad(list, key, "a | [a, b]");
        }
        return list.items().stream()
                .map(item -> path(item, key))
                .filter(Objects::nonNull)
                .toList();
    }

    @Nullable
    SourcePath path(Yaml at, String key) {
        SourcePath path = at.isText() ? SourcePath.of(at.text(), tabular) : null;
        lookedUp += path == null ? 0 : path.ups();
        if (path == null || path.ups() > depth) {
            faults.add(at.line(), MappingCode.BAD_PATH, "path", at.text(), "key", key);
            return null;
        }
        return path;
    }

    /** The source of {@code { from: path }} or {@code { from: [path, other] }}. */
    @Nullable
    Source from(Yaml spec, String verb) {
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(
                keys, verb.equals("currency") ? List.of("from", "default") : List.of("from"), MappingCode.UNKNOWN_KEY);
        Yaml from = keys.get("from");
        if (from == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "from");
            return null;
        }
        List<SourcePath> paths = paths(from, verb);
        return paths.isEmpty() ? null : of(paths);
    }
}
