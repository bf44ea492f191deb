package io.waybill;

import io.waybill.delivery.Sink;
import io.waybill.edge.SinkPort;
import java.util.Objects;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** The sinks' ports, opened when the context runs. */
final class SinkPorts implements Function<String, Sink> {
    private @Nullable ProducerTemplate producer;

    void open(CamelContext context) {
        producer = context.createProducerTemplate();
    }

    @Override
    public Sink apply(String name) {
        return event -> new SinkPort(Objects.requireNonNull(producer), name).deliver(event);
    }
}
