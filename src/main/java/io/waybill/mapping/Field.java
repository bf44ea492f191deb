package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line that writes one value: source, then verbs in their fixed order, then the default, then its wrapping as an
 * amount or a measured value.
 *
 * @param steps by name, in order
 * @param fallback written when there is no value; missing when there is none
 * @param beside where the verbs read a unit or currency
 * @param wrap makes {value, unit} or {amount, currency}, or leaves the value alone
 */
record Field(
        TargetPath target,
        int line,
        Source source,
        Map<String, Step> steps,
        JsonNode fallback,
        Step wrap,
        List<SourcePath> beside,
        boolean required,
        Rule rule,
        boolean personal)
        implements Line {

    static final Step BARE = (value, spot) -> value;

    @Override
    public void write(Scope scope, ObjectNode into, String above, Run run) {
        String pointer = above + target.pointer();
        Spot spot = new Spot(run, this, pointer, scope);
        JsonNode value = value(spot);
        if (value != null && !Values.absent(value)) {
            target.put(into, value);
            run.wrote(pointer, spot.origin());
        } else if (required && spot.refused() == null) {
            spot.refuse(MappingCode.REQUIRED);
        }
        if (run.tracing()) {
            run.explain(explained(pointer, spot, value));
        }
    }

    private @Nullable JsonNode value(Spot spot) {
        JsonNode value = source.read(spot);
        if (value == null) {
            return null;
        }
        spot.read(value);
        JsonNode trimmed = value.isTextual() ? Values.trimmed(value) : value;
        for (Step step : steps.values()) {
            if (Values.absent(trimmed)) {
                break;
            }
            JsonNode next = each(step, trimmed, spot);
            if (next == null) {
                return null;
            }
            trimmed = next;
        }
        JsonNode chosen = Values.absent(trimmed) ? fallback : rule.fit(trimmed);
        return Values.absent(chosen) ? MissingNode.getInstance() : wrap.apply(chosen, spot);
    }

    /** After a split every part takes the verbs that follow. */
    private static @Nullable JsonNode each(Step step, JsonNode value, Spot spot) {
        if (!value.isArray()) {
            return step.apply(value, spot);
        }
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

    private Explained explained(String pointer, Spot spot, @Nullable JsonNode value) {
        MappingCode refused = spot.refused();
        String result =
                refused != null ? refused.code() : value == null || Values.absent(value) ? "" : Values.text(value);
        return new Explained(pointer, line, source.text(), spot.raw(), List.copyOf(steps.keySet()), result);
    }

    @Override
    public boolean constant() {
        return source instanceof Source.Const;
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
