package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A line that writes one value: source, then verbs in their fixed order, then the default, then its wrapping as an
 * amount or a measured value.
 *
 * @param verbs the names of the steps, in order
 * @param fallback written when there is no value; missing when there is none
 * @param beside where the verbs read a unit or currency
 * @param when the line is written where this holds; null for always
 * @param wrap makes {value, unit} or {amount, currency}, or leaves the value alone
 */
record Field(
        TargetPath target,
        int line,
        Source source,
        List<String> verbs,
        Step[] steps,
        JsonNode fallback,
        Step wrap,
        List<Source> beside,
        @Nullable When when,
        boolean required,
        Rule rule,
        boolean personal)
        implements Line {

    static final Step BARE = (value, spot) -> value;

    @Override
    @SuppressWarnings("ReferenceEquality") // there is one rule that asks nothing
    public @Nullable JsonNode value(Spot spot) {
        spot.begin(this);
        boolean asked = false;
        JsonNode value = null;
        Run run = spot.run();
        try {
            asked = when == null || when.holds(spot.scope());
            value = asked ? read(spot) : null;
        } catch (Unanswered e) {
            spot.refuse(e.code(), e.values());
        }
        if (value == null && required && asked && spot.refused() == null) {
            spot.refuse(MappingCode.REQUIRED);
        }
        if (!run.isQuick()) {
            note(spot, value);
        } else if (value != null && rule != Rule.FREE && !rule.holds(value)) {
            run.giveUp();
        }
        return value;
    }

    private void note(Spot spot, @Nullable JsonNode value) {
        if (value != null) {
            spot.run().wrote(spot);
        }
        if (spot.run().tracing()) {
            spot.run().explain(explained(spot, value));
        }
    }

    private @Nullable JsonNode read(Spot spot) {
        JsonNode at = source instanceof Source.At one ? one.path().in(spot.scope()) : source.read(spot);
        if (at == null) {
            return null;
        }
        spot.read(at);
        boolean absent;
        if (at instanceof TextNode node) {
            TextNode trimmed = Values.trimmed(node);
            absent = trimmed.textValue().isEmpty();
            at = trimmed;
        } else {
            absent = Values.absent(at);
        }
        for (int i = 0; i < steps.length && !absent; i++) {
            at = at.isArray() ? each(steps[i], at, spot) : one(steps[i], at, spot);
            if (at == null) {
                return null;
            }
            absent = Values.absent(at);
        }
        if (absent && Values.absent(fallback)) {
            return null;
        }
        JsonNode chosen = rule.fit(absent ? fallback : at);
        return wrap == BARE ? chosen : wrap.apply(chosen, spot);
    }

    /**
     * Tells of what it writes by itself, a constant or its default, that its place would not take it.
     *
     * @param unfit takes the value in the place of a pointer
     */
    void checkFit(Rule.Report unfit) {
        boolean plain = source instanceof Source.Const && steps.length == 0;
        Stream.of(plain ? ((Source.Const) source).value() : fallback, fallback)
                .distinct()
                .filter(said -> wrap == BARE && said.isValueNode() && !Values.absent(said))
                .map(rule::fit)
                .forEach(said -> rule.check(
                        said, "", (below, code, values) -> unfit.violation(Values.text(said), code, values)));
    }

    boolean looksUp(String lookup) {
        return Stream.of(steps)
                .anyMatch(step -> step instanceof Lookup one && one.name().equals(lookup));
    }

    /** Whether a word this line's lookup gives may stand in its place, alone or in a list, or is not yet what is written. */
    boolean mayTake(JsonNode word) {
        boolean written = wrap == BARE && steps[steps.length - 1] instanceof Lookup;
        Rule element = rule.legal().isEmpty() ? rule.element() : null;
        return !written || rule.holds(rule.fit(word)) || (element != null && element.holds(element.fit(word)));
    }

    /** After a split every part takes the verbs that follow; one that is nothing, or becomes nothing, is left out. */
    private static @Nullable JsonNode each(Step step, JsonNode value, Spot spot) {
        ArrayNode parts = Values.NODES.arrayNode();
        for (JsonNode part : value) {
            JsonNode next = Values.absent(part) ? part : one(step, part, spot);
            if (next == null) {
                return null;
            }
            if (!Values.absent(next)) {
                parts.add(next);
            }
        }
        return parts;
    }

    /** Verbs act on one value: what holds others, as an element of XML beside its attributes, is none. */
    private static @Nullable JsonNode one(Step step, JsonNode value, Spot spot) {
        return value.isContainerNode() ? spot.refuseWhole(value, spot.source()) : step.apply(value, spot);
    }

    private Explained explained(Spot spot, @Nullable JsonNode value) {
        MappingCode refused = spot.refused();
        String result = refused != null ? refused.code() : value == null ? "" : Values.text(value);
        return new Explained(spot.pointer(), line, source.text(), spot.raw(), verbs, result);
    }

    @Override
    public boolean constant() {
        return source instanceof Source.Const && when == null;
    }

    @Override
    public void tellPersonal(String above, Set<String> paths) {
        if (Masked.personal(target.lastName())) {
            source.paths().forEach(path -> paths.add(path.dotted(above)));
        }
    }

    @Override
    public void tellReads(List<Object> above, ReadSet reads) {
        source.paths().forEach(path -> reads.add(above, path));
        beside.forEach(from -> from.paths().forEach(path -> reads.add(above, path)));
        if (when != null) {
            reads.add(above, when);
        }
        if (source instanceof Source.Computed computed) {
            reads.add(above, computed.expr());
        }
    }
}
