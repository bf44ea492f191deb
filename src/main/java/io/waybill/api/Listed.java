package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.TableExport.Page;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list as it is answered: JSON, or with {@code ?format=} a table that a person saves, its next page named in {@code X-Next-Cursor}. */
final class Listed {
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private Listed() {}

    static Answer answer(Request request, List<ObjectNode> items, @Nullable String next) {
        String format = request.query("format").orElse("json");
        if (format.equals("json")) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.putArray("items").addAll(items);
            return Answer.ok(answer.put("next", next));
        }
        Format table = table(format);
        Set<String> columns = new LinkedHashSet<>();
        items.forEach(item -> item.fieldNames().forEachRemaining(columns::add));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TableOutput rows = Formats.table(out, Reading.of(table), List.copyOf(columns))) {
            rows.amounts(TableOutput.AMOUNTS);
            items.forEach(rows::row);
        }
        Answer file = Answer.bytes(mediaType(table), out.toByteArray());
        return next == null ? file : file.with("X-Next-Cursor", next);
    }

    /**
     * A list that is read page by page: JSON is the page {@code ?cursor=} asks for, a table that page and all after it, under what its
     * first row has.
     *
     * @param from what {@code ?cursor=} said
     * @param name of the table's file, without its ending
     * @param pages by where they begin; null for the first
     */
    static Answer pages(Request request, Optional<String> from, String name, Function<@Nullable String, Page> pages)
            throws IOException {
        String cursor = from.orElse(null);
        Page first = pages.apply(cursor);
        if (request.query("format").orElse("json").equals("json")) {
            return answer(request, first.rows(), first.next());
        }
        List<String> columns = new ArrayList<>();
        first.rows().stream().limit(1).forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        return new TableExport(name, columns)
                .of(request, cursor, at -> Objects.equals(at, cursor) ? first : pages.apply(at));
    }

    /** @throws io.waybill.problem.ProblemException {@code bad-parameter} for what is no table */
    static Format table(String format) {
        return Format.read(format)
                .filter(known -> known == Format.CSV || known == Format.XLSX)
                .orElseThrow(() -> Request.badParameter("format", format, "json, csv, xlsx"));
    }

    static String mediaType(Format table) {
        return table == Format.CSV ? "text/csv; charset=utf-8" : XLSX;
    }
}
