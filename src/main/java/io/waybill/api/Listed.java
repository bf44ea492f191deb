package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list as it is answered: JSON, or with {@code ?format=} a table that a person saves, its next page named in {@code X-Next-Cursor}. */
final class Listed {
    private Listed() {}

    static Answer answer(Request request, List<ObjectNode> items, @Nullable String next) {
        String format = request.query("format").orElse("json");
        if (format.equals("json")) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.putArray("items").addAll(items);
            return Answer.ok(answer.put("next", next));
        }
        Format table = table(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(table, items, out);
        Answer file = Answer.bytes(mediaType(table), out.toByteArray());
        return next == null ? file : file.with("X-Next-Cursor", next);
    }

    /** @throws io.waybill.problem.ProblemException {@code bad-parameter} for what is no table */
    static Format table(String format) {
        return Format.read(format)
                .filter(known -> known == Format.CSV || known == Format.XLSX)
                .orElseThrow(() -> Request.badParameter("format", format, "json, csv, xlsx"));
    }

    static String mediaType(Format table) {
        return table == Format.CSV
                ? "text/csv; charset=utf-8"
                : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
}
