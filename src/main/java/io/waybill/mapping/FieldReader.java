package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the lines of {@code fields}. Everything it does not know is a fault with its line. */
final class FieldReader {
    private static final List<String> SOURCES = List.of("from", "join", "const", "expr");
    private static final List<String> WITH_VERBS = List.of(
            "from",
            "join",
            "with",
            "const",
            "expr",
            "split",
            "trim",
            "replace",
            "case",
            "lookup",
            "country",
            "date",
            "zone",
            "decimal",
            "int",
            "unit",
            "currency",
            "scale",
            "min",
            "max",
            "tooLong",
            "default",
            "required");
    private static final List<String> LIST_KEYS = List.of("each", "fields", "required");

    private final Faults faults;
    private final Map<String, Lookup> lookups;
    private final boolean tabular;
    private final Set<String> usedLookups = new LinkedHashSet<>();
    /** Columns the file must have: each entry lists alternatives, one of which is enough. */
    private final List<NeededColumn> needed = new ArrayList<>();

    record NeededColumn(int line, List<String> names) {}

    FieldReader(Faults faults, Map<String, Lookup> lookups, boolean tabular) {
        this.faults = faults;
        this.lookups = lookups;
        this.tabular = tabular;
    }

    Set<String> usedLookups() {
        return usedLookups;
    }

    List<NeededColumn> needed() {
        return needed;
    }

    List<Line> lines(Yaml fields, Rule rule) {
        List<Line> lines = new ArrayList<>();
        fields.entries(faults).forEach((target, spec) -> {
            TargetPath path = TargetPath.of(target);
            if (path == null) {
                faults.add(spec.line(), MappingCode.BAD_PATH, "path", target);
                return;
            }
            Rule at = ruleAt(path, rule, spec.line());
            Line line = at == null ? null : path.list() ? each(path, spec, at) : field(path, spec, at);
            if (line != null) {
                lines.add(line);
            }
        });
        return List.copyOf(lines);
    }

    private @Nullable Rule ruleAt(TargetPath path, Rule root, int line) {
        Rule at = root;
        for (Object step : path.steps()) {
            Rule next = step instanceof Integer ? at.element() : at.child((String) step);
            if (next == null) {
                faults.add(
                        line,
                        MappingCode.UNKNOWN_TARGET_FIELD,
                        "key",
                        path.text(),
                        "nearest",
                        Nearest.to(String.valueOf(step), at.names()));
                return null;
            }
            at = next;
        }
        return at;
    }

    private @Nullable Each each(TargetPath path, Yaml spec, Rule rule) {
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, LIST_KEYS, MappingCode.UNKNOWN_VERB);
        Yaml each = keys.get("each");
        Yaml fields = keys.get("fields");
        Rule element = rule.element();
        if (each == null || fields == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", each == null ? "each" : "fields");
            return null;
        }
        if (element == null) {
            faults.add(
                    spec.line(), MappingCode.UNKNOWN_TARGET_FIELD, "key", path.text(), "nearest", "no list is there");
            return null;
        }
        SourcePath source = sourcePath(each, "each");
        List<Line> lines = lines(fields, element);
        return source == null ? null : new Each(path, spec.line(), source, lines, isTrue(keys.get("required")));
    }

    private @Nullable Field field(TargetPath path, Yaml spec, Rule rule) {
        boolean shorthand = spec.isText();
        Map<String, Yaml> verbs = shorthand ? Map.of("from", spec) : spec.entries(faults);
        int before = faults.problems().size();
        faults.only(verbs, WITH_VERBS, MappingCode.UNKNOWN_VERB);
        Source source = source(spec, verbs);
        Map<String, Step> steps = steps(verbs);
        Step wrap = wrap(verbs, rule);
        JsonNode fallback = verbs.containsKey("default") ? verbs.get("default").json() : MissingNode.getInstance();
        boolean required = shorthand || isTrue(verbs.get("required"));
        if (source == null || wrap == null || faults.problems().size() > before) {
            return null;
        }
        boolean optional =
                verbs.containsKey("default") || (verbs.containsKey("required") && !isTrue(verbs.get("required")));
        List<SourcePath> beside = beside(verbs);
        if (!optional) {
            need(spec.line(), source);
            beside.forEach(other -> needed.add(new NeededColumn(spec.line(), other.names())));
        }
        boolean personal = Masked.personal(path.lastName())
                || source.paths().stream().anyMatch(p -> p.names().stream().anyMatch(Masked::personal));
        return new Field(path, spec.line(), source, steps, fallback, wrap, beside, required, rule, personal);
    }

    private List<SourcePath> beside(Map<String, Yaml> verbs) {
        List<SourcePath> paths = new ArrayList<>();
        for (String verb : List.of("unit", "currency")) {
            Yaml spec = verbs.get(verb);
            SourcePath path = spec != null && spec.isMap() ? fromOf(spec, verb) : null;
            if (path != null) {
                paths.add(path);
            }
        }
        return paths;
    }

    private void need(int line, Source source) {
        if (source instanceof Source.Join) {
            source.paths().forEach(path -> needed.add(new NeededColumn(line, path.names())));
        } else if (!source.paths().isEmpty()) {
            List<String> names = source.paths().stream()
                    .flatMap(path -> path.names().stream())
                    .toList();
            if (!names.isEmpty()) {
                needed.add(new NeededColumn(line, names));
            }
        }
    }

    private @Nullable Source source(Yaml spec, Map<String, Yaml> verbs) {
        List<String> given = SOURCES.stream().filter(verbs::containsKey).toList();
        if (given.size() != 1) {
            faults.add(
                    spec.line(),
                    given.isEmpty() ? MappingCode.MISSING_KEY : MappingCode.BAD_VALUE,
                    "key",
                    given.isEmpty() ? "from" : String.join(" + ", given),
                    "value",
                    "",
                    "legal",
                    String.join(" | ", SOURCES));
            return null;
        }
        Yaml value = java.util.Objects.requireNonNull(verbs.get(given.get(0)));
        return switch (given.get(0)) {
            case "const" -> new Source.Const(value.json());
            case "expr" -> {
                Expr expr = Expr.compile(value.text(), value.line(), faults);
                yield expr == null ? null : new Source.Computed(expr);
            }
            case "join" ->
                new Source.Join(
                        sourcePaths(value, "join"),
                        verbs.containsKey("with") ? verbs.get("with").text() : " ");
            default -> new Source.From(sourcePaths(value, "from"));
        };
    }

    List<SourcePath> sourcePaths(Yaml list, String key) {
        return list.items().stream()
                .map(item -> sourcePath(item, key))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private @Nullable SourcePath sourcePath(Yaml at, String key) {
        SourcePath path = at.isText() ? SourcePath.of(at.text(), tabular) : null;
        if (path == null) {
            faults.add(at.line(), MappingCode.BAD_PATH, "path", at.text(), "key", key);
        }
        return path;
    }

    private Map<String, Step> steps(Map<String, Yaml> verbs) {
        Map<String, Step> steps = new LinkedHashMap<>();
        for (String verb : Verbs.ORDER) {
            Yaml spec = verbs.get(verb);
            if (spec != null) {
                Step step = step(verb, spec, verbs);
                if (step != null) {
                    steps.put(verb, step);
                }
            }
        }
        return steps;
    }

    private @Nullable Step step(String verb, Yaml spec, Map<String, Yaml> verbs) {
        return switch (verb) {
            case "split" -> split(spec);
            case "trim" -> Verbs.trim(spec.is("true") ? " " : spec.text());
            case "replace" -> Verbs.replace(pairs(spec));
            case "case" ->
                oneOf(spec, verb, Map.of("upper", Verbs.upper(), "lower", Verbs.lower(), "title", Verbs.title()));
            case "lookup" -> lookup(spec);
            case "country" -> oneOf(spec, verb, Map.of("alpha2", Verbs.country(false), "alpha3", Verbs.country(true)));
            case "date" -> date(spec, verbs.get("zone"));
            case "decimal" -> oneOf(spec, verb, Map.of(",", Verbs.decimal(','), ".", Verbs.decimal('.')));
            case "int" -> oneOf(spec, verb, Map.of("true", Verbs.whole()));
            case "unit" -> conversion(spec);
            case "scale" ->
                spec.text().matches("\\d") ? Verbs.scale(Integer.parseInt(spec.text())) : bad(spec, verb, "0-9");
            case "min" -> min(spec);
            default -> max(spec, verbs.get("tooLong"));
        };
    }

    private @Nullable Step bad(Yaml spec, String verb, String legal) {
        faults.bad(spec, verb, legal);
        return null;
    }

    private @Nullable Step oneOf(Yaml spec, String verb, Map<String, Step> choices) {
        Step chosen = spec.isText() ? choices.get(spec.text()) : null;
        return chosen != null ? chosen : bad(spec, verb, String.join(" | ", new java.util.TreeSet<>(choices.keySet())));
    }

    private @Nullable Step split(Yaml spec) {
        if (spec.isText() && !spec.text().isEmpty()) {
            return Verbs.split(spec.text());
        }
        Map<String, Yaml> keys = spec.isMap() ? spec.entries(faults) : Map.of();
        faults.only(keys, List.of("by", "part"), MappingCode.UNKNOWN_KEY);
        Yaml by = keys.get("by");
        Yaml part = keys.get("part");
        return by != null && part != null && part.text().matches("-?[1-9]\\d?")
                ? Verbs.part(by.text(), Integer.parseInt(part.text()))
                : bad(spec, "split", "\";\" | { by: \"-\", part: 1 }");
    }

    private Map<String, String> pairs(Yaml spec) {
        Map<String, String> pairs = new LinkedHashMap<>();
        spec.entries(faults).forEach((from, to) -> pairs.put(from, to.text()));
        if (pairs.containsKey("")) {
            faults.bad(spec, "replace", "{ \"what\": \"by what\" }");
        }
        return pairs;
    }

    private @Nullable Step lookup(Yaml spec) {
        Lookup lookup = lookups.get(spec.text());
        if (lookup == null) {
            faults.add(
                    spec.line(),
                    MappingCode.UNKNOWN_LOOKUP,
                    "lookup",
                    spec.text(),
                    "nearest",
                    Nearest.to(spec.text(), lookups.keySet()));
        }
        usedLookups.add(spec.text());
        return lookup;
    }

    private @Nullable Step date(Yaml spec, @Nullable Yaml zone) {
        try {
            return Dates.of(spec.texts(), zone == null ? null : ZoneId.of(zone.text()));
        } catch (IllegalArgumentException e) {
            return bad(spec, "date", "iso | dd.MM.yyyy HH:mm | yyyy年M月d日");
        } catch (DateTimeException e) {
            return bad(zone == null ? spec : zone, "zone", "Europe/Berlin | UTC | +08:00");
        }
    }

    private @Nullable Step conversion(Yaml spec) {
        String[] words = spec.text().split("->", -1);
        if (spec.isMap() || words.length == 1) {
            return Verbs::number;
        }
        Measured.Unit from = Measured.Unit.read(words[0]).orElse(null);
        Measured.Unit to = Measured.Unit.read(words[1]).orElse(null);
        return words.length == 2 && from != null && to != null && from.kind().equals(to.kind())
                ? Measured.convert(from, to)
                : bad(spec, "unit", "g | kg | oz | lb | mm | cm | in | g -> kg");
    }

    private @Nullable BigDecimal bound(Yaml spec, String verb) {
        BigDecimal bound = Values.plain(spec.text()).orElse(null);
        if (bound == null) {
            faults.bad(spec, verb, "35");
        }
        return bound;
    }

    private @Nullable Step min(Yaml spec) {
        BigDecimal least = bound(spec, "min");
        return least == null ? null : Verbs.min(least);
    }

    private @Nullable Step max(Yaml spec, @Nullable Yaml tooLong) {
        String then = tooLong == null ? "error" : tooLong.text();
        if (!List.of("error", "cut", "warn").contains(then)) {
            return bad(tooLong == null ? spec : tooLong, "tooLong", "error | cut | warn");
        }
        BigDecimal most = bound(spec, "max");
        return most == null ? null : Verbs.max(most, then);
    }

    private @Nullable Step wrap(Map<String, Yaml> verbs, Rule rule) {
        Yaml unit = verbs.get("unit");
        Yaml currency = verbs.get("currency");
        if (unit != null && rule.has("value", "unit")) {
            return unit(unit);
        }
        if (unit != null
                && !unit.isMap()
                && !unit.text().contains("->")
                && Measured.Unit.read(unit.text()).isEmpty()) {
            return bad(unit, "unit", "g | kg | oz | lb | mm | cm | in | g -> kg");
        }
        if (currency != null) {
            return currency(currency, rule.has("amount", "currency"));
        }
        return Field.BARE;
    }

    private @Nullable Step unit(Yaml spec) {
        if (spec.isMap()) {
            SourcePath from = fromOf(spec, "unit");
            return from == null ? null : Measured.withUnit(null, from);
        }
        String word =
                spec.text().contains("->") ? spec.text().substring(spec.text().indexOf("->") + 2) : spec.text();
        Measured.Unit unit = Measured.Unit.read(word).orElse(null);
        return unit == null
                ? bad(spec, "unit", "g | kg | oz | lb | mm | cm | in | g -> kg")
                : Measured.withUnit(unit, null);
    }

    private @Nullable Step currency(Yaml spec, boolean object) {
        if (!object) {
            return Measured::amount;
        }
        if (spec.isMap()) {
            SourcePath from = fromOf(spec, "currency");
            return from == null ? null : Measured.withCurrency(null, from);
        }
        return Measured.isCurrency(spec.text())
                ? Measured.withCurrency(spec.text(), null)
                : bad(spec, "currency", "EUR | USD | { from: currency }");
    }

    private @Nullable SourcePath fromOf(Yaml spec, String verb) {
        Map<String, Yaml> keys = spec.entries(faults);
        faults.only(keys, List.of("from"), MappingCode.UNKNOWN_KEY);
        Yaml from = keys.get("from");
        SourcePath path = from == null ? null : sourcePath(from, verb);
        if (from == null) {
            faults.add(spec.line(), MappingCode.MISSING_KEY, "key", "from");
        }
        return path;
    }

    private static boolean isTrue(@Nullable Yaml flag) {
        return flag != null && flag.is("true");
    }
}
