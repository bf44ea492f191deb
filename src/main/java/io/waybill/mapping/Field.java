package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line that writes one value: source, then verbs in their fixed order, then the default, then its wrapping as an
 * amount or a measured value.
 *
 * @param verbs the names of the steps, in order
 * @param fallback written when there is no value; missing when there is none
 * @param beside where the verbs read a unit or currency, and the condition its field
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
        List<SourcePath> beside,
        @Nullable When when,
        boolean required,
        Rule rule,
        boolean personal)
        implements Line {

    static final Step BARE = (value, spot) -> value;

    @Override
    public @Nullable JsonNode value(Spot spot) {
        spot.begin(this);
        JsonNode value = when == null || when.holds(spot.scope()) ? read(spot) : null;
        if (value == null && required && when == null && spot.refused() == null) {
            spot.refuse(MappingCode.REQUIRED);
        }
        if (value != null) {
            spot.run().wrote(spot);
            if (spot.run().isQuick() && !rule.holds(value)) {
                spot.run().giveUp();
            }
        }
        if (spot.run().tracing()) {
            spot.run().explain(explained(spot, value));
        }
        return value;
    }

    private @Nullable JsonNode read(Spot spot) {
        JsonNode at = source.read(spot);
        if (at == null) {
            return null;
        }
        spot.read(at);
        if (at instanceof TextNode text) {
            at = Values.trimmed(text);
        }
        for (Step step : steps) {
            if (Values.absent(at)) {
                break;
            }
            at = at.isArray() ? each(step, at, spot) : step.apply(at, spot);
            if (at == null) {
                return null;
            }
        }
        boolean absent = Values.absent(at);
        if (absent && Values.absent(fallback)) {
            return null;
        }
        JsonNode chosen = absent ? fallback : rule.fit(at);
        return wrap == BARE ? chosen : wrap.apply(chosen, spot);
    }

    /** After a split every part takes the verbs that follow. */
    private static @Nullable JsonNode each(Step step, JsonNode value, Spot spot) {
        ArrayNode parts = Values.NODES.arrayNode();
        for (JsonNode part : value) {
            JsonNode next = step.apply(part, spot);
            if (next == null) {
                return null;
            }
            parts.add(next);
        }
        return parts;
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
    public void tellReads(List<String> above, ReadSet reads) {
        source.paths().forEach(path -> reads.add(above, path));
        beside.forEach(path -> reads.add(above, path));
        if (source instanceof Source.Computed computed) {
            reads.addNames(computed.expr().names());
        }
    }
}
