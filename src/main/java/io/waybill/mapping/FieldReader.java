package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles the lines of {@code fields}. Everything it does not know is a fault with its line. */
final class FieldReader {
    private static final List<String> LIST_KEYS = List.of("each", "when", "fields", "required");
    private static final List<String> FIELD_KEYS = Stream.of(
                    SourceReader.KEYS,
                    Verbs.ORDER,
                    List.of("with", "zone", "as", "currency", "tooLong", "default", "required", "when"))
            .flatMap(List::stream)
            .toList();

    private static final Map<String, String> TOGETHER = Map.of(
            "with", "join: [first, last], with: \" \"",
            "tooLong", "max: 35, tooLong: cut",
            "zone", "date: iso, zone: Europe/Berlin",
            "as", "date: iso, as: dd.MM.yyyy");

    private final Faults faults;
    private final SourceReader sources;
    private final WhenReader conditions;
    private final MeasureReader measures;
    private final StepReader steps;
    private final List<NeededColumn> needed = new ArrayList<>();
    private final List<Yaml> empty = new ArrayList<>();

    FieldReader(Faults faults, Map<String, Lookup> lookups, SourceReader sources) {
        this.faults = faults;
        this.sources = sources;
        this.conditions = new WhenReader(faults, sources);
        this.measures = new MeasureReader(faults, sources);
        this.steps = new StepReader(faults, lookups, measures);
    }

    Set<String> usedLookups() {
        return steps.usedLookups();
    }

    /** Columns the file must have. */
    List<NeededColumn> needed() {
        return needed;
    }

    /** Where lines were to stand and none does, so that nothing is written, whatever is read. */
    List<Yaml> empty() {
        return empty;
    }

    Lines lines(Yaml fields, Rule rule) {
        List<Line> lines = new ArrayList<>();
        Map<String, Yaml> entries = fields.entries(faults);
        if (fields.isMap() && entries.isEmpty()) {
            empty.add(fields);
        }
        entries.forEach((target, spec) -> {
            Line line = line(target, spec, rule);
            if (line != null) {
                checkWipesNothing(line, lines);
                lines.add(line);
            }
        });
        return new Lines(lines, rule);
    }

    /** A whole that comes after its parts would take their place; which a part with {@code when} may say that it leaves to it. */
    private void checkWipesNothing(Line line, List<Line> before) {
        for (Line earlier : before) {
            boolean isConditional = earlier instanceof Field field && field.when() != null;
            if (!isConditional && earlier.target().isWithin(line.target())) {
                faults.add(
                        line.line(),
                        MappingCode.WHOLE_AFTER_PART,
                        "field",
                        line.target().text(),
                        "part",
                        earlier.target().text(),
                        "earlier",
                        earlier.line());
                return;
            }
        }
    }

    private @Nullable Line line(String target, Yaml spec, Rule rule) {
        TargetPath path = TargetPath.of(target);
        if (path == null) {
            faults.add(spec.line(), MappingCode.BAD_TARGET_PATH, "path", target);
            return null;
        }
        Rule at = ruleAt(path, rule, spec.line());
        if (at == null) {
            return null;
        }
        return path.list() ? each(path, spec, at) : field(path, spec, at);
    }

    private @Nullable Rule ruleAt(TargetPath path, Rule root, int line) {
        Rule at = root;
        for (Object step : path.steps()) {
            Rule next = step instanceof Integer ? at.element() : at.child((String) step);
            if (next == null) {
                noSuchTarget(line, path, Nearest.to(String.valueOf(step), at.names()));
                return null;
            }
            at = next;
        }
        return at;
    }

    private void noSuchTarget(int line, TargetPath path, String nearest) {
        faults.add(line, MappingCode.UNKNOWN_TARGET_FIELD, "key", path.text(), "nearest", nearest);
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
            noSuchTarget(spec.line(), path, "no list is there");
            return null;
        }
        boolean required = required(keys);
        SourcePath source = sources.path(each, "each");
        if (source != null && sources.singleRows() && source.names().equals(List.of("rows"))) {
            faults.add(each.line(), MappingCode.ROWS_WITHOUT_GROUP);
        }
        int lookedUp = sources.lookedUp();
        int outside = sources.enter(source);
        When when = conditions.read(keys.get("when"));
        if (when != null && (required || !keys.containsKey("required"))) {
            needed.addAll(NeededColumn.of(spec.line(), when.sources()));
        }
        Lines lines = lines(fields, element);
        sources.leave(outside);
        boolean looksUp = sources.lookedUp() > lookedUp;
        return source == null ? null : new Each(path, spec.line(), source, when, lines, rule, required, looksUp);
    }

    private @Nullable Field field(TargetPath path, Yaml spec, Rule rule) {
        Map<String, Yaml> keys = spec.isText() ? Map.of("from", spec) : spec.entries(faults);
        int faultsBefore = faults.problems().size();
        faults.only(keys, FIELD_KEYS, MappingCode.UNKNOWN_VERB);
        checkTogether(keys);
        boolean required = required(keys);
        Source source = sources.source(spec, keys);
        Map<String, Step> verbs = steps.steps(keys, rule);
        When when = conditions.read(keys.get("when"));
        Step wrap = measures.wrap(keys.get("unit"), keys.get("currency"), rule);
        if (source == null || wrap == null || faults.problems().size() > faultsBefore) {
            return null;
        }
        List<Source> beside = measures.beside(keys);
        if (!keys.containsKey("default") && (required || !keys.containsKey("required"))) {
            Stream<Source> asked = when == null ? Stream.empty() : when.sources();
            needed.addAll(NeededColumn.of(
                    spec.line(),
                    Stream.of(Stream.of(source), beside.stream(), asked).flatMap(all -> all)));
        }
        Yaml otherwise = keys.get("default");
        JsonNode fallback = otherwise == null ? MissingNode.getInstance() : otherwise.json();
        boolean personal = Masked.personal(path.lastName()) || source.personal();
        return new Field(
                path,
                spec.line(),
                source,
                List.copyOf(verbs.keySet()),
                acting(verbs, source, rule),
                fallback,
                wrap,
                beside,
                when,
                required || spec.isText(),
                rule,
                personal);
    }

    /** With a look at what a text is made of, where a spreadsheet may have made a date of it. */
    private Step[] acting(Map<String, Step> verbs, Source source, Rule rule) {
        boolean isAsInCell = sources.tabular()
                && rule.wantsAnyText()
                && !source.paths().isEmpty()
                && Collections.disjoint(verbs.keySet(), List.of("date", "lookup"));
        Stream<Step> look = isAsInCell ? Stream.of(Verbs.noDateOfCell()) : Stream.empty();
        return Stream.concat(look, verbs.values().stream()).toArray(Step[]::new);
    }

    /** A word that says nothing without another would be believed to. */
    private void checkTogether(Map<String, Yaml> keys) {
        TOGETHER.forEach((word, shape) -> {
            Yaml at = keys.get(word);
            if (at != null && !keys.containsKey(shape.substring(0, shape.indexOf(':')))) {
                faults.bad(at, word, shape);
            }
        });
    }

    private boolean required(Map<String, Yaml> keys) {
        return faults.word(keys.get("required"), "required", List.of("false", "true"))
                .equals("true");
    }
}
