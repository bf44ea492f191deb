package io.waybill.kafka;

import io.waybill.edge.Consumers;
import io.waybill.edge.Marks;
import io.waybill.edge.NoPositions;
import io.waybill.edge.Positions;
import io.waybill.edge.Verbs;
import io.waybill.edge.VerifyVerb;
import io.waybill.format.EdiStamp;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** {@code order-kafka} in this process, before a port that takes what a test lets it. */
final class Reader implements AutoCloseable {
    final List<String> taken = new CopyOnWriteArrayList<>();
    final AtomicInteger failed = new AtomicInteger();
    final List<String> told = new CopyOnWriteArrayList<>();
    final Consumers consumers;
    volatile boolean failing;
    private final CamelContext context = new DefaultCamelContext();

    Reader(KafkaSite site, String topic, String password) throws Exception {
        Settings settings = Settings.of(site.cluster(), Map.of("KAFKA_PASSWORD", password));
        Verbs.register(
                context,
                settings,
                (mapping, json) -> json,
                (name, subject) -> new EdiStamp(1, Instant.EPOCH),
                VerifyVerb.Inbox.FORGETFUL,
                new Verbs.Doors(new Told(), shipment -> List.of(), null, Path.of("work")));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:records").process(Reader.this::take);
            }
        });
        context.start();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveResource(context, "file:routes/templates/order-kafka.yaml"));
        TemplatedRouteBuilder.builder(context, "order-kafka")
                .routeId("source." + topic)
                .parameter("source", topic)
                .parameter("cluster", "main")
                .parameter("topic", topic)
                .add();
        consumers = new Consumers(context, route -> true, Positions.NONE, new Marks());
    }

    private void take(Exchange exchange) {
        if (failing) {
            failed.incrementAndGet();
            throw new IllegalStateException("nothing can be taken now");
        }
        for (Object one : exchange.getMessage().getBody(List.class)) {
            Exchange record = (Exchange) one;
            taken.add(new String(record.getMessage().getBody(byte[].class), StandardCharsets.UTF_8));
            record.getMessage()
                    .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                    .commit();
        }
    }

    @Override
    public void close() {
        context.stop();
    }

    /** What a person hears of the source. */
    private final class Told extends NoPositions {
        @Override
        public void silent(String source, Problem why) {
            told.add(why.code());
        }

        @Override
        public void heard(String source) {
            told.add("heard");
        }
    }
}
