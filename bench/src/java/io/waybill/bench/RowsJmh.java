package io.waybill.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.order.Orders;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

/** A CSV of 12 cells a row, from its bytes to one checked order a row; and what its parser alone takes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RowsJmh {
    private static final int ROWS = 20_000;
    private static final String HEADER = "order_no,name,street,zip,city,country,phone,service,sku,qty,price,weight_g\n";

    private Mapping checked;
    private Mapping unchecked;
    private JsonSchema schema;
    private byte[] csv;

    @Setup
    public void load() {
        checked = Measured.mapping("row");
        unchecked = Measured.mapping("row-unchecked");
        schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(new Orders().schema("order/1"));
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < ROWS; i++) {
            text.append("SO-")
                    .append(i)
                    .append(",Jane Roe,")
                    .append(i % 900 + 1)
                    .append(" Main St,78701,Austin,US,");
            text.append("+15125550100,ground,MUG-")
                    .append(i % 77)
                    .append(',')
                    .append(i % 5 + 1)
                    .append(",12.50,350\n");
        }
        csv = text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void fastcsv_alone(Blackhole sink) throws Exception {
        try (CsvReader<CsvRecord> reader = records()) {
            reader.forEach(sink::consume);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void tree_by_hand(Blackhole sink) throws Exception {
        try (CsvReader<CsvRecord> reader = records()) {
            List<String> names = List.of(HEADER.strip().split(","));
            for (CsvRecord record : reader) {
                ObjectNode tree = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < names.size(); i++) {
                    tree.put(names.get(i), record.getField(i));
                }
                sink.consume(tree);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void our_reader_alone(Blackhole sink) {
        read(checked, sink::consume);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void ours_checked(Blackhole sink) {
        read(checked, document -> sink.consume(mapped(checked, document)));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public void ours_unchecked_then_networknt(Blackhole sink) {
        read(unchecked, document -> {
            Result.Mapped order = mapped(unchecked, document);
            if (!schema.validate(order.tree()).isEmpty()) {
                throw new IllegalStateException("not an order: " + order.tree());
            }
            sink.consume(order);
        });
    }

    private CsvReader<CsvRecord> records() {
        return CsvReader.builder()
                .ofCsvRecord(new InputStreamReader(new ByteArrayInputStream(csv), StandardCharsets.UTF_8));
    }

    private void read(Mapping mapping, Consumer<Document> each) {
        try (DocumentReader reader = mapping.open(new ByteArrayInputStream(csv), "bench.csv")) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                each.accept(next);
            }
        }
    }

    private static Result.Mapped mapped(Mapping mapping, Document document) {
        if (mapping.apply(document) instanceof Result.Mapped it) {
            return it;
        }
        throw new IllegalStateException(mapping.apply(document).toString());
    }
}
