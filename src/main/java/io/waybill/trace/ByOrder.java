package io.waybill.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Of an order all is kept or nothing, what of it stands in a caller's trace too. */
record ByOrder(Sampler share) implements Sampler {
    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        String order = attributes.get(Traces.ORDER);
        String own = order == null ? trace : Place.of(order).trace();
        return share.shouldSample(parent, own, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "by order: " + share.getDescription();
    }
}
