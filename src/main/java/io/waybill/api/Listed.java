package io.waybill.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.TableExport.Page;
import io.waybill.format.Format;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list as it is answered: JSON, or with {@code ?format=} a table that a person saves, its next page named in {@code X-Next-Cursor}. */
final class Listed {
    static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final List<String> FORMATS = List.of("json", "csv", "xlsx");

    private Listed() {}

    /** Of a list that is no table. */
    static Answer answer(List<ObjectNode> items, @Nullable String next) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putArray("items").addAll(items);
        return Answer.ok(answer.put("next", next));
    }

    /**
     * A list that is read page by page: JSON is the page {@code ?cursor=} asks for, a table that page and all after it.
     *
     * @param from what {@code ?cursor=} said
     * @param table its file's name, without its ending, and its columns, which one without rows has too
     * @param pages by where they begin; null for the first
     */
    static Answer pages(
            Request request, Optional<String> from, TableExport table, Function<@Nullable String, Page> pages)
            throws IOException {
        String cursor = from.orElse(null);
        if (isTable(request)) {
            return table.of(request, cursor, pages);
        }
        Page page = pages.apply(cursor);
        return answer(page.rows(), page.next());
    }

    /** @throws io.waybill.problem.ProblemException {@code bad-parameter} for what is neither JSON nor a table, nothing too */
    static boolean isTable(Request request) {
        return request.among("format", FORMATS)
                .filter(format -> !format.equals("json"))
                .isPresent();
    }

    /** Of a list that is a table. */
    static Format table(Request request) {
        return request.query("format").filter("xlsx"::equals).isPresent() ? Format.XLSX : Format.CSV;
    }

    static String mediaType(Format table) {
        return table == Format.CSV ? "text/csv; charset=utf-8" : XLSX;
    }
}
