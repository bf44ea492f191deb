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
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A CSV of 12 cells a row, from its bytes to one checked order a row; and what its parser alone takes. */
final class RowsWorks {
    static final int ROWS = 20_000;
    private static final String HEADER = "order_no,name,street,zip,city,country,phone,service,sku,qty,price,weight_g\n";

    private Mapping checked;
    private Mapping unchecked;
    private JsonSchema schema;
    private byte[] csv;
    volatile Object kept;

    RowsWorks() {
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

    private void fastcsv_alone() {
        try (CsvReader<CsvRecord> reader = records()) {
            reader.forEach(this::keep);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tree_by_hand() {
        try (CsvReader<CsvRecord> reader = records()) {
            List<String> names = List.of(HEADER.strip().split(","));
            for (CsvRecord record : reader) {
                ObjectNode tree = JsonNodeFactory.instance.objectNode();
                for (int i = 0; i < names.size(); i++) {
                    tree.put(names.get(i), record.getField(i));
                }
                keep(tree);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void our_reader_alone() {
        read(checked, this::keep);
    }

    private void ours_checked() {
        read(checked, document -> keep(mapped(checked, document)));
    }

    private void ours_unchecked_then_networknt() {
        read(unchecked, document -> {
            Result.Mapped order = mapped(unchecked, document);
            if (!schema.validate(order.tree()).isEmpty()) {
                throw new IllegalStateException("not an order: " + order.tree());
            }
            keep(order);
        });
    }

    /** The first is what the others are compared with; each reads the whole file. */
    Map<String, Runnable> works() {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("FastCSV alone", () -> fastcsv_alone());
        works.put("a tree by hand", () -> tree_by_hand());
        works.put("our reader alone", () -> our_reader_alone());
        works.put("ours, to a checked order", () -> ours_checked());
        works.put("ours unchecked, then networknt", () -> ours_unchecked_then_networknt());
        return works;
    }

    /** So that no compiler leaves the work out. */
    private void keep(Object result) {
        kept = result;
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
