package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.BatchCode;
import io.waybill.batch.Prices.Way;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.ComparedRows.Sums;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A compared sheet as the interface tells it.
 *
 * @param scope whose orders are told and added up
 */
record SheetRateView(Ledger ledger, Namespaces scope, Locale language) {

    static String self(ComparedSheet sheet) {
        return "/v1/rates/sheets/" + sheet.id();
    }

    /** As it stands in a list. */
    static ObjectNode head(ComparedSheet sheet) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", sheet.id())
                .put("source", sheet.source())
                .put("namespace", sheet.namespace())
                .put("name", sheet.name())
                .put("bytes", sheet.size())
                .put("state", sheet.state().toLowerCase(Locale.ROOT))
                .put("createdAt", sheet.createdAt().toString())
                .put("createdBy", sheet.createdBy())
                .put(
                        "finishedAt",
                        sheet.finishedAt() == null ? null : sheet.finishedAt().toString());
        int done = sheet.nextDocument() - 1;
        ObjectNode progress =
                view.putObject("progress").put("documents", sheet.documents()).put("done", done);
        if (sheet.documents() != null && sheet.documents() > 0) {
            progress.put("percent", Math.min(100, done * 100L / Math.min(sheet.documents(), sheet.most())));
        }
        return view.put("most", sheet.most()).put("more", sheet.isLonger());
    }

    ObjectNode of(ComparedSheet sheet) {
        ObjectNode view = head(sheet);
        Map<String, Integer> results = ledger.read(tx -> tx.comparedRows().results(sheet, scope));
        ObjectNode counts = view.putObject("results");
        for (String result : List.of("PRICED", "UNPRICED", "BAD", "SKIPPED")) {
            counts.put(result.toLowerCase(Locale.ROOT), results.getOrDefault(result, 0));
        }
        ArrayNode totals = view.putArray("totals");
        ledger.read(tx -> tx.comparedRows().sums(sheet, scope)).forEach(sums -> totals.add(total(sums)));
        view.set("problems", problems(told(sheet), language));
        view.putObject("links").put("self", self(sheet)).put("rows", self(sheet) + "/rows");
        return view;
    }

    private static List<Problem> told(ComparedSheet sheet) {
        List<Problem> problems = new ArrayList<>(OrderView.stored(sheet.problems()));
        if (sheet.isLonger()) {
            problems.add(Problem.of(
                    BatchCode.SHEET_LONGER, "documents", String.valueOf(sheet.documents()), "most", sheet.most()));
        }
        return problems;
    }

    private static ObjectNode total(Sums sums) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("currency", sums.currency())
                .put("orders", sums.orders())
                .put("today", Amounts.plain(sums.today()))
                .put("cheapest", Amounts.plain(sums.cheapest()))
                .put("fastest", Amounts.plain(sums.fastest()))
                .put("bestValue", Amounts.plain(sums.bestValue()))
                .put("saving", saving(sums));
    }

    /** What the cheapest would save of what today's rules cost. */
    static String saving(Sums sums) {
        return Amounts.plain(sums.today().subtract(sums.cheapest()));
    }

    static ObjectNode row(ComparedRows.Row row, Locale language) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("row", rows(row))
                .put("orderId", row.orderId())
                .put("result", row.result().toLowerCase(Locale.ROOT))
                .put("skipped", row.skipped());
        JsonNode prices = prices(row.prices());
        Way.words().forEach(way -> view.set(way, prices.has(way) ? prices.get(way) : NullNode.getInstance()));
        Sums sums = row.sums();
        view.put("saving", sums == null ? null : saving(sums));
        view.set("problems", problems(OrderView.stored(row.problems()), language));
        return view;
    }

    static JsonNode prices(@Nullable String json) {
        return json == null ? JsonNodeFactory.instance.objectNode() : Json.kept(json);
    }

    /** The rows of the file it stands in. */
    static String rows(ComparedRows.Row row) {
        return row.firstRow() == row.lastRow() ? String.valueOf(row.firstRow()) : row.firstRow() + "-" + row.lastRow();
    }

    private static ArrayNode problems(List<Problem> problems, Locale language) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> list.add(ProblemJson.error(problem, language)));
        return list;
    }
}
