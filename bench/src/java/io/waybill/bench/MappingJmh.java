package io.waybill.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.mapping.Target;
import io.waybill.order.Orders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What one order costs between its source's bytes and its canonical shape. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MappingJmh {
    private static final int ROWS = 20_000;

    private final Orders orders = new Orders();
    private Mapping shopify;
    private Mapping acme;
    private Document webhook;
    private Document rows;
    private JsonNode canonical;
    private byte[] csv;

    @Setup
    public void load() throws IOException {
        Mappings mappings = Mappings.load(
                Path.of("mappings"), name -> name.equals("order/1") ? Target.of(name, orders.schema(name)) : null);
        shopify = mappings.get("shopify-order");
        acme = mappings.get("acme-orders");
        webhook = first(shopify, "mappings/shopify-order/webhook.json");
        rows = first(acme, "mappings/acme-orders/two-lines.csv");
        canonical = mapped(shopify, webhook);
        String text = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"), StandardCharsets.UTF_8);
        String head = text.substring(0, text.indexOf('\n') + 1);
        String line = text.lines().skip(1).findFirst().orElseThrow() + "\n";
        csv = (head + line.repeat(ROWS)).getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public JsonNode shopify_webhook_to_order() {
        return mapped(shopify, webhook);
    }

    @Benchmark
    public JsonNode two_csv_rows_to_order() {
        return mapped(acme, rows);
    }

    @Benchmark
    public Object order_checked_and_read() {
        return orders.read(canonical);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void csv_row(Blackhole sink) {
        try (DocumentReader reader = Formats.open(
                new ByteArrayInputStream(csv),
                "bench.csv",
                Reading.of(Format.CSV).withDelimiter(';'))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                sink.consume(next);
            }
        }
    }

    private static Document first(Mapping mapping, String file) throws IOException {
        try (DocumentReader reader = mapping.open(Files.newInputStream(Path.of(file)), file)) {
            return java.util.Objects.requireNonNull(reader.next());
        }
    }

    private static JsonNode mapped(Mapping mapping, Document document) {
        Result result = mapping.apply(document);
        if (result instanceof Result.Mapped it) {
            return it.tree();
        }
        throw new IllegalStateException(result.toString());
    }
}
