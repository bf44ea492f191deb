package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compiles the verbs of a field into steps. A verb that is wrong is a fault and no step. */
final class StepReader {
    /** What they answer is a number, also where a text is written. */
    private static final List<String> OF_NUMBERS = List.of("decimal", "int", "unit", "scale");

    private final Faults faults;
    private final Map<String, Lookup> lookups;
    private final MeasureReader measures;
    private final Set<String> usedLookups = new LinkedHashSet<>();

    StepReader(Faults faults, Map<String, Lookup> lookups, MeasureReader measures) {
        this.faults = faults;
        this.lookups = lookups;
        this.measures = measures;
    }

    Set<String> usedLookups() {
        return usedLookups;
    }

    /**
     * By verb, in the order they act.
     *
     * @param target what they write
     */
    Map<String, Step> steps(Map<String, Yaml> verbs, Rule target) {
        Map<String, Step> steps = new LinkedHashMap<>();
        for (String verb : Verbs.ORDER) {
            Yaml spec = verbs.get(verb);
            Step step = spec == null ? null : step(verb, spec, verbs, target);
            if (step != null) {
                steps.put(verb, step);
            }
        }
        return steps;
    }

    private @Nullable Step step(String verb, Yaml spec, Map<String, Yaml> verbs, Rule target) {
        return switch (verb) {
            case "split" -> split(spec);
            case "trim" -> trim(spec);
            case "replace" -> Verbs.replace(pairs(spec));
            case "case" ->
                oneOf(spec, verb, Map.of("upper", Verbs.upper(), "lower", Verbs.lower(), "title", Verbs.title()));
            case "lookup" -> lookup(spec);
            case "country" -> oneOf(spec, verb, Map.of("alpha2", Verbs.country(false), "alpha3", Verbs.country(true)));
            case "date" -> date(spec, verbs.get("zone"), verbs.get("as"), target);
            case "decimal" -> oneOf(spec, verb, Map.of(",", NumberVerbs.decimal(','), ".", NumberVerbs.decimal('.')));
            case "int" -> oneOf(spec, verb, Map.of("true", NumberVerbs.whole()));
            case "unit" -> measures.conversion(spec);
            case "scale" -> spec.is("currency") ? measures.scale(spec, verbs.get("currency"), target) : scale(spec);
            case "min" -> bounding(min(spec), verbs, target);
            default -> bounding(max(spec, verbs.get("tooLong")), verbs, target);
        };
    }

    /** What becomes a number or an amount is bounded by its value, what becomes a text by its length, whatever it came as. */
    private static @Nullable Step bounding(@Nullable Step bound, Map<String, Yaml> verbs, Rule target) {
        boolean amount = target.wantsNumber() || verbs.containsKey("currency");
        if (bound != null && !amount && target.wantsText() && Collections.disjoint(verbs.keySet(), OF_NUMBERS)) {
            return (value, spot) -> bound.apply(target.fit(value), spot);
        }
        if (bound == null || !amount) {
            return bound;
        }
        return (value, spot) -> {
            JsonNode number = NumberVerbs.number(value, spot);
            return number == null ? null : bound.apply(number, spot);
        };
    }

    private @Nullable Step oneOf(Yaml spec, String verb, Map<String, Step> choices) {
        Step chosen = spec.isText() ? choices.get(spec.text()) : null;
        return chosen != null ? chosen : faults.noStep(spec, verb, String.join(" | ", new TreeSet<>(choices.keySet())));
    }

    private @Nullable Step split(Yaml spec) {
        if (spec.isText() && !spec.text().isEmpty()) {
            return Verbs.split(spec.text());
        }
        Map<String, Yaml> keys = spec.isMap() ? spec.entries(faults) : Map.of();
        faults.only(keys, List.of("by", "part"), MappingCode.UNKNOWN_KEY);
        Yaml by = keys.get("by");
        Yaml part = keys.get("part");
        return by != null
                        && by.isText()
                        && !by.text().isEmpty()
                        && part != null
                        && part.text().matches("-?[1-9]\\d?")
                ? Verbs.part(by.text(), Integer.parseInt(part.text()))
                : faults.noStep(spec, "split", "\";\" | { by: \"-\", part: 1 }");
    }

    private @Nullable Step trim(Yaml spec) {
        boolean no = spec.json().isBoolean() && !spec.is("true");
        return spec.isText() && !no
                ? Verbs.trim(spec.is("true") ? " " : spec.text())
                : faults.noStep(spec, "trim", "\"'\" | \"'#\"");
    }

    private Map<String, String> pairs(Yaml spec) {
        Map<String, String> pairs = new LinkedHashMap<>();
        spec.entries(faults).forEach((from, to) -> {
            pairs.put(from, to.text());
            if (!to.isText()) {
                faults.bad(to, "replace", "{ \"what\": \"by what\" }");
            }
        });
        if (pairs.containsKey("")) {
            faults.bad(spec, "replace", "{ \"what\": \"by what\" }");
        }
        return pairs;
    }

    private @Nullable Step lookup(Yaml spec) {
        String name = spec.text();
        Lookup lookup = lookups.get(name);
        if (lookup == null) {
            String nearest = Nearest.to(name, lookups.keySet());
            faults.add(spec.line(), MappingCode.UNKNOWN_LOOKUP, "lookup", name, "nearest", nearest);
        }
        usedLookups.add(name);
        return lookup;
    }

    private @Nullable Step date(Yaml spec, @Nullable Yaml zone, @Nullable Yaml as, Rule target) {
        try {
            ZoneId in = zone == null ? null : ZoneId.of(zone.text());
            if (as != null && !DateSpelling.isPattern(as.text(), in)) {
                return faults.noStep(as, "as", "dd.MM.yyyy HH:mm | yyyyMMdd | HHmmss; the name of a zone beside zone");
            }
            DateSpelling spelling = as == null ? DateSpelling.ISO : DateSpelling.of(as.text(), in);
            boolean moment = target.wantsMoment();
            if (as != null && moment && !target.holds(Values.NODES.textNode(spelling.some()))) {
                return faults.noStep(as, "as", "ISO 8601, as it is written without \"as\"");
            }
            return Dates.of(spec.texts(), in, moment, spelling);
        } catch (IllegalArgumentException e) {
            return faults.noStep(wrongPattern(spec), "date", "iso | epoch | epoch-ms | dd.MM.yyyy HH:mm | yyyy年M月d日");
        } catch (DateTimeException e) {
            return faults.noStep(zone == null ? spec : zone, "zone", "Europe/Berlin | UTC | +08:00");
        }
    }

    /** The first of several that is none. */
    private static Yaml wrongPattern(Yaml spec) {
        return spec.items().stream()
                .filter(item -> !Dates.isPattern(item.text()))
                .findFirst()
                .orElse(spec);
    }

    private @Nullable Step scale(Yaml spec) {
        return spec.text().matches("\\d")
                ? NumberVerbs.scale(Integer.parseInt(spec.text()))
                : faults.noStep(spec, "scale", "0-9 | currency");
    }

    private @Nullable Step min(Yaml spec) {
        BigDecimal least = bound(spec, "min");
        return least == null ? null : Verbs.min(least);
    }

    private @Nullable Step max(Yaml spec, @Nullable Yaml tooLong) {
        if (tooLong != null && !List.of("error", "cut", "warn").contains(tooLong.text())) {
            return faults.noStep(tooLong, "tooLong", "error | cut | warn");
        }
        BigDecimal most = bound(spec, "max");
        return most == null ? null : Verbs.max(most, tooLong == null ? "error" : tooLong.text());
    }

    private @Nullable BigDecimal bound(Yaml spec, String verb) {
        BigDecimal bound = Values.plain(spec.text()).orElse(null);
        if (bound == null) {
            faults.add(spec.line(), MappingCode.NUMBER_NEEDED, "key", verb, "value", spec.text());
        }
        return bound;
    }
}
