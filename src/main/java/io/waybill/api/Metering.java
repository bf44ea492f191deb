package io.waybill.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What the hub tells of itself, in Prometheus' text. Numbers only: no order, address or key is in it. */
public final class Metering {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    /** The registry itself would let go of what it asks, and say 0 from then on. */
    private final List<Supplier<Number>> counted = new CopyOnWriteArrayList<>();

    private final AtomicBoolean ofProcess = new AtomicBoolean();

    /**
     * A number that goes up and down, in seconds, bytes or pieces as its name says.
     *
     * @param tags names and values, in turns
     */
    public void gauge(String name, String help, Supplier<Number> value, String... tags) {
        Gauge.builder(name, value)
                .description(help)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /**
     * A number that only grows.
     *
     * @param tags names and values, in turns
     */
    public void counter(String name, String help, Supplier<Number> value, String... tags) {
        counted.add(value);
        FunctionCounter.builder(name, value, supplier -> supplier.get().doubleValue())
                .description(help)
                .tags(tags)
                .register(registry);
    }

    /** One number for each of some things that come and go. */
    public Lines lines(String name, String help) {
        return new Lines(MultiGauge.builder(name).description(help).register(registry));
    }

    /**
     * A number under its tags.
     *
     * @param tags names and values, in turns
     */
    public record Line(Number value, String... tags) {}

    /** Numbers that are replaced all at once. */
    public record Lines(MultiGauge gauge) {
        public void set(List<Line> lines) {
            gauge.register(
                    lines.stream()
                            .map(line -> Row.of(Tags.of(line.tags()), line.value()))
                            .toList(),
                    true);
        }
    }

    /** Times a call until its answer is out. */
    void request(RoutingContext context) {
        long begun = System.nanoTime();
        context.addEndHandler(sent -> Timer.builder("waybill.http.requests")
                .description("Calls, by method and status of the answer")
                .tags(
                        "method",
                        method(context),
                        "status",
                        String.valueOf(context.response().getStatusCode()))
                .register(registry)
                .record(Duration.ofNanos(System.nanoTime() - begun)));
        context.next();
    }

    /** A method of the caller's own making is one line, not one each. */
    private static String method(RoutingContext context) {
        String method = context.request().method().name();
        return List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
                        .contains(method)
                ? method
                : "other";
    }

    /** One call that was turned away. */
    public void shed(String reason) {
        Counter.builder("waybill.http.shed")
                .description("Calls turned away")
                .tags("reason", reason)
                .register(registry)
                .increment();
    }

    /** Everything, as Prometheus reads it; that of the process too, from the first time on, so that no start waits for it. */
    public String text() {
        if (ofProcess.compareAndSet(false, true)) {
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
        }
        return registry.scrape();
    }
}
