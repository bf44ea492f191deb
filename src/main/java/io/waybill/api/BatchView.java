package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Estimate;
import io.waybill.batch.Fate;
import io.waybill.batch.Line;
import io.waybill.batch.Uploads;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A batch as the interface tells it. */
record BatchView(BatchCounts counts, Uploads uploads, Locale language) {
    private static final List<String> BECAME =
            List.of("labelled", "calledOff", "notTakenIn", "failed", "underWay", "waiting");

    ObjectNode of(BatchRow batch) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", batch.id())
                .put("source", batch.source())
                .put("namespace", batch.namespace())
                .put("name", batch.name())
                .put("bytes", batch.size())
                .put("state", batch.state().toLowerCase(Locale.ROOT))
                .put("createdAt", batch.createdAt().toString())
                .put("createdBy", batch.createdBy());
        Optional<FileRow> file = uploads.taken(batch);
        progress(view, batch, file);
        boolean isStoppedLook = batch.isStopped() && batch.askedAt() == null;
        if (batch.checkedAt() != null || batch.state().equals("CHECKING") || isStoppedLook) {
            view.set("dryRun", estimate(batch));
        }
        Optional<BatchCounts.Stand> stand = file.map(taken -> counts.taken(batch, taken));
        stand.ifPresent(taken -> taken(view, taken));
        if (batch.isStopped()) {
            view.set("stop", stop(batch, file));
        }
        if (batch.wish() != null) {
            view.set("commit", wish(batch));
        }
        view.set("problems", problems(OrderView.stored(batch.problems())));
        view.set(
                "links",
                links(batch, stand.filter(BatchCounts.Stand::isUnderWay).isPresent()));
        return view;
    }

    private void progress(ObjectNode view, BatchRow batch, Optional<FileRow> file) {
        int next = file.map(FileRow::nextDocument).orElse(batch.nextDocument());
        int done = Math.max(0, batch.state().equals("TAKING") && file.isEmpty() ? 0 : next - 1);
        ObjectNode progress =
                view.putObject("progress").put("documents", batch.documents()).put("done", done);
        if (batch.documents() != null && batch.documents() > 0) {
            progress.put("percent", Math.min(100, done * 100L / batch.documents()));
        }
    }

    private ObjectNode estimate(BatchRow batch) {
        Estimate estimate = counts.looked(batch);
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("at", batch.checkedAt() == null ? null : batch.checkedAt().toString());
        view.set("results", results(estimate.counts()));
        view.put("bad", estimate.bad())
                .put("priced", estimate.priced())
                .put("unpriced", estimate.unpriced())
                .put("held", estimate.held());
        ArrayNode totals = view.putArray("totals");
        estimate.totals()
                .forEach((currency, amount) ->
                        totals.addObject().put("amount", Amounts.plain(amount)).put("currency", currency));
        return view;
    }

    private static void taken(ObjectNode view, BatchCounts.Stand stand) {
        Map<Fate.Result, Integer> results = new TreeMap<>();
        stand.results().forEach((word, count) -> results.put(Fate.Result.valueOf(word), count));
        view.set("results", results(results));
        ObjectNode labels = view.putObject("shipments");
        Map<String, Integer> words = new TreeMap<>();
        stand.states()
                .forEach((state, count) ->
                        words.merge(ShipmentState.valueOf(state).word(), count, Integer::sum));
        words.forEach(labels::put);
    }

    /** What became of each document, of a purchase; they add up. */
    private ObjectNode stop(BatchRow batch, Optional<FileRow> file) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("by", Uploads.stoppedBy(batch))
                .put(
                        "at",
                        batch.finishedAt() == null ? null : batch.finishedAt().toString());
        file.ifPresent(taken -> {
            Map<String, Integer> became = counts.stopped(batch, taken);
            int told = Math.toIntExact(BatchCounts.sum(became));
            Integer documents = batch.documents();
            int untold = batch.state().equals("STOPPED") || documents == null ? 0 : Math.max(0, documents - told);
            view.put("rows", told + untold);
            BECAME.forEach(word -> view.put(word, became.getOrDefault(word, 0)));
            view.put("underWay", view.path("underWay").asInt() + untold);
        });
        return view;
    }

    private static ObjectNode results(Map<Fate.Result, Integer> counts) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        for (Fate.Result result : Fate.Result.values()) {
            view.put(result.word(), counts.getOrDefault(result, 0));
        }
        return view;
    }

    private static ObjectNode wish(BatchRow batch) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("rows", batch.wish());
        if (batch.maxAmount() != null) {
            wish.putObject("maxTotal")
                    .put("amount", Amounts.plain(batch.maxAmount()))
                    .put("currency", batch.maxCurrency());
        }
        return wish.put("at", String.valueOf(batch.askedAt()));
    }

    private static ObjectNode links(BatchRow batch, boolean isUnderWay) {
        String self = "/v1/batches/" + batch.id();
        ObjectNode links = JsonNodeFactory.instance
                .objectNode()
                .put("self", self)
                .put("results", self + "/results")
                .put("errors", self + "/errors")
                .put("labels", self + "/labels");
        boolean isAtWork = batch.state().equals("CHECKING") || batch.state().equals("TAKING");
        if (!batch.isStopped() && (isAtWork || isUnderWay)) {
            links.put("stop", self + "/stop");
        }
        return batch.state().startsWith("CHECK") ? links.put("commit", self + "/commit") : links;
    }

    ObjectNode line(Line line) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("row", line.rows())
                .put("orderId", line.orderId())
                .put("result", line.result())
                .put("id", line.id())
                .put("code", line.code())
                .put("status", line.status())
                .put(
                        "trackingNumber",
                        line.numbers().isEmpty() ? null : line.numbers().get(0));
        ArrayNode numbers = view.putArray("trackingNumbers");
        line.numbers().forEach(numbers::add);
        view.put("service", line.service());
        if (line.amount() == null) {
            view.putNull("charge");
        } else {
            view.putObject("charge").put("amount", Amounts.plain(line.amount())).put("currency", line.currency());
        }
        ArrayNode links = view.putArray("labelLinks");
        line.labels().forEach(part -> links.add(label(part.shipment())));
        view.put("labelLink", links.isEmpty() ? null : links.get(0).asText());
        view.put("reason", line.problems().isEmpty() ? null : line.reason(language));
        view.set("problems", problems(line.problems()));
        return view;
    }

    static String label(ShipmentRow shipment) {
        return "/v1/shipments/" + shipment.id() + "/label";
    }

    private ArrayNode problems(List<Problem> problems) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> list.add(ProblemJson.error(problem, language)));
        return list;
    }
}
