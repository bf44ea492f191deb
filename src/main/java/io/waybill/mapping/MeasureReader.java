package io.waybill.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles {@code unit} and {@code currency}: the conversion of a value, and its wrapping beside its unit. */
final class MeasureReader {
    private static final String UNITS = "g | kg | oz | lb | mm | cm | in | g -> kg";
    private static final String CURRENCIES = "EUR | USD";

    private final Faults faults;
    private final SourceReader sources;

    MeasureReader(Faults faults, SourceReader sources) {
        this.faults = faults;
        this.sources = sources;
    }

    /** The step of {@code unit}: {@code g -> kg} converts, a unit alone only wants a number. */
    @Nullable
    Step conversion(Yaml spec) {
        String[] words = spec.text().split("->", -1);
        if (spec.isMap() || words.length == 1) {
            return NumberVerbs::number;
        }
        Measured.Unit from = Measured.Unit.read(words[0]).orElse(null);
        Measured.Unit to = Measured.Unit.read(words[1]).orElse(null);
        return words.length == 2 && from != null && to != null && from.kind().equals(to.kind())
                ? Measured.convert(from, to)
                : faults.noStep(spec, "unit", UNITS);
    }

    /** Makes {value, unit} or {amount, currency} where the target wants one; null after a fault. */
    @Nullable
    Step wrap(@Nullable Yaml unit, @Nullable Yaml currency, Rule rule) {
        if (unit != null && rule.has("value", "unit")) {
            return withUnit(unit, Objects.requireNonNullElse(rule.child("unit"), Rule.FREE));
        }
        if (unit != null && isNoUnit(unit)) {
            return faults.noStep(unit, "unit", UNITS);
        }
        if (currency == null) {
            return Field.BARE;
        }
        return rule.has("amount", "currency") ? withCurrency(currency) : Measured::amount;
    }

    /** Rounds to as many decimals as the currency beside the amount has. */
    @Nullable
    Step scale(Yaml scale, @Nullable Yaml currency, Rule rule) {
        if (currency == null) {
            return faults.noStep(scale, "scale", "0-9; currency beside a currency");
        }
        Yaml always = currency.isMap() ? currency.entries(faults).get("default") : currency;
        boolean isTold = rule.has("amount", "currency");
        if (always != null && !isTold && !Measured.isCurrency(always.text())) {
            return faults.noStep(always, currency.isMap() ? "default" : "currency", CURRENCIES);
        }
        Source from = currency.isMap() ? sources.from(currency, "currency") : null;
        return from == null && currency.isMap() ? null : Measured.scale(always == null ? null : always.text(), from);
    }

    private static boolean isNoUnit(Yaml unit) {
        return !unit.isMap()
                && !unit.text().contains("->")
                && Measured.Unit.read(unit.text()).isEmpty();
    }

    private @Nullable Step withUnit(Yaml spec, Rule units) {
        if (spec.isMap()) {
            Source from = sources.from(spec, "unit");
            return from == null ? null : Measured.withUnit(null, from);
        }
        String text = spec.text();
        String word = text.contains("->") ? text.substring(text.indexOf("->") + 2) : text;
        Measured.Unit unit = Measured.Unit.read(word).orElse(null);
        if (unit != null && !units.holds(Values.NODES.textNode(unit.word()))) {
            faults.add(spec.line(), MappingCode.UNIT_UNFIT, "unit", unit.word(), "legal", units.legal());
            return null;
        }
        return unit == null ? faults.noStep(spec, "unit", UNITS) : Measured.withUnit(unit, null);
    }

    private @Nullable Step withCurrency(Yaml spec) {
        if (spec.isMap()) {
            Source from = sources.from(spec, "currency");
            Yaml otherwise = spec.entries(faults).get("default");
            if (otherwise != null && !Measured.isCurrency(otherwise.text())) {
                return faults.noStep(otherwise, "default", CURRENCIES);
            }
            return from == null ? null : Measured.withCurrency(otherwise == null ? null : otherwise.text(), from);
        }
        return Measured.isCurrency(spec.text())
                ? Measured.withCurrency(spec.text(), null)
                : faults.noStep(spec, "currency", CURRENCIES + " | { from: currency }");
    }

    /** Where the verbs read a unit or a currency. */
    List<Source> beside(Map<String, Yaml> verbs) {
        List<Source> paths = new ArrayList<>();
        for (String verb : List.of("unit", "currency")) {
            Yaml spec = verbs.get(verb);
            Source path = spec != null && spec.isMap() ? sources.from(spec, verb) : null;
            if (path != null) {
                paths.add(path);
            }
        }
        return paths;
    }
}
