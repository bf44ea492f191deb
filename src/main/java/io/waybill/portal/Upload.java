package io.waybill.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.api.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Many orders in one file: handed over, looked at row by row with what it would cost, bought, and given back. Nothing is
 * bought before a person has seen the look and says so.
 */
final class Upload {
    private static final Map<String, String> FILES = Map.of(
            "sheet", "/results?format=xlsx",
            "csv", "/results?format=csv",
            "errors", "/errors",
            "labels", "/labels?format=pdf",
            "new-labels", "/labels?format=pdf&only=new",
            "zip", "/labels?format=zip");
    private static final Set<String> TABLES = Set.of("csv", "tsv", "xlsx", "xls");
    private static final Set<String> AT_WORK = Set.of("checking", "taking", "stopping");

    List<Page> pages() {
        return List.of(
                Page.get("/upload", this::start),
                Page.post("/upload", this::take),
                Page.get(
                        "/upload/template",
                        visit -> Template.of(visit.query("language").orElse("en"))),
                Page.get("/upload/{id}", this::show),
                Page.post("/upload/{id}/commit", this::commit),
                Page.post("/upload/{id}/stop", this::stop),
                Page.get("/upload/{id}/file", this::file));
    }

    private Answer start(Visit visit) {
        JsonNode sources = visit.calls().get("/sources").path("items");
        return visit.page(
                "upload",
                Map.of(
                        "sources",
                        sources,
                        "byColumns",
                        areSeveralOfSheets(visit, sources),
                        "batches",
                        visit.calls().get("/batches?limit=20").path("items")));
    }

    /** Whether more than one of these sources reads tables, so that the columns of a sheet may tell which one it is for. */
    static boolean areSeveralOfSheets(Visit visit, JsonNode sources) {
        Set<String> ofTables = new HashSet<>();
        for (JsonNode mapping : visit.calls().get("/mappings").path("items")) {
            if (TABLES.contains(mapping.path("reads").asText())) {
                ofTables.add(mapping.path("name").asText());
            }
        }
        return StreamSupport.stream(sources.spliterator(), false)
                        .filter(source ->
                                ofTables.contains(source.path("mapping").asText()))
                        .count()
                > 1;
    }

    private Answer take(Visit visit) {
        Form.Sent file = visit.file().orElse(null);
        if (file == null) {
            return visit.done("no-file", "/upload");
        }
        String source = visit.form().text("source");
        String path = "/batches?dryRun=true&source=" + Address.part(source) + "&name=" + Address.part(file.name())
                + format(visit, source, file.name());
        JsonNode batch = visit.calls().upload(path, file.path());
        return Headers.go("/upload/" + Address.part(batch.path("id").asText()));
    }

    /** A table of one kind saved as another kind says so by its name; a workbook with macros is a workbook. */
    static String format(Visit visit, String source, String name) {
        String kind = name.substring(name.lastIndexOf('.') + 1)
                .toLowerCase(Locale.ROOT)
                .replace("xlsm", "xlsx");
        String mapping = named(visit, "/sources", source).path("mapping").asText("");
        String reads = named(visit, "/mappings", mapping).path("reads").asText("");
        return TABLES.contains(kind) && TABLES.contains(reads) && !kind.equals(reads) ? "&format=" + kind : "";
    }

    private static JsonNode named(Visit visit, String list, String name) {
        for (JsonNode item : visit.calls().get(list).path("items")) {
            if (item.path("name").asText().equals(name)) {
                return item;
            }
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private Answer show(Visit visit) {
        String self = "/batches/" + visit.id();
        JsonNode batch = visit.calls().get(self);
        boolean atWork = AT_WORK.contains(batch.path("state").asText());
        JsonNode rows = atWork || batch.path("state").asText().equals("failed")
                ? JsonNodeFactory.instance.objectNode()
                : visit.calls()
                        .get(self + "/results?limit=200&cursor="
                                + Address.part(visit.query("cursor").orElse("0")));
        return visit.page(
                visit.isPart() ? "batch-part" : "batch",
                Map.of(
                        "batch",
                        batch,
                        "rows",
                        rows.path("items"),
                        "next",
                        rows.path("next").asText(""),
                        "atWork",
                        atWork,
                        "part",
                        visit.isPart(),
                        "off",
                        visit.accountsOff(),
                        "parts",
                        LabelsPart.of(batch.path("progress").path("documents").asInt())));
    }

    private Answer commit(Visit visit) {
        ObjectNode wish = Visit.json().put("rows", visit.form().text("rows").equals("all") ? "all" : "good");
        visit.form().value("maxTotal").ifPresent(most -> wish.put("maxTotal", most));
        JsonNode batch = visit.calls().send("post", "/batches/" + visit.id() + "/commit", wish);
        boolean isLookedAgain = batch.path("state").asText().equals("checking");
        return visit.done(isLookedAgain ? "committed-later" : "committed", "/upload/" + visit.id());
    }

    private Answer stop(Visit visit) {
        visit.calls().send("post", "/batches/" + visit.id() + "/stop", Visit.json());
        return visit.done("stopped", "/upload/" + visit.id());
    }

    private Answer file(Visit visit) {
        String what = FILES.get(visit.query("what").orElse("sheet"));
        String part = visit.query("cursor")
                .map(after -> "&limit=" + LabelsPart.DOCUMENTS + "&cursor=" + Address.part(after))
                .filter(labels -> "labels".equals(visit.query("what").orElse("")))
                .orElse("");
        Answer file = visit.calls().raw("/batches/" + visit.id() + (what == null ? FILES.get("sheet") : what) + part);
        return file.status() == 204 ? visit.done("no-errors", "/upload/" + visit.id()) : Headers.safe(file);
    }
}
