package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.delivery.Delivery;
import io.waybill.intake.Sources;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /routes} and {@code GET /files}: how each route at the edge stands and why files of routes were refused; the files
 * that were handed over, and what was wrong with them.
 */
record RouteCalls(Ledger ledger, Sources sources, Delivery delivery, Edges edges) {
    private static final int PAGE = 100;

    List<Resource> resources() {
        return List.of(
                Resource.get("/routes", Scope.READ, this::routes),
                Resource.get("/files", Scope.READ, this::files).taking("source", "state", "cursor"));
    }

    /** A caller of one namespace sees the routes of its sources and sinks; what serves nobody alone is for callers of all. */
    private Answer routes(Request request) {
        Namespaces scope = request.caller().namespaces();
        Set<String> seen = seen(scope);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        edges.routes().stream()
                .filter(route -> scope.all() || seen.contains(route.id()))
                .forEach(route -> items.add(view(route)));
        ArrayNode off = answer.putArray("off");
        ArrayNode problems = answer.putArray("problems");
        if (scope.all()) {
            edges.off().forEach(off::add);
            edges.problems().forEach(problem -> problems.add(file(problem, request.language())));
        }
        return Answer.ok(answer.putNull("next"));
    }

    private Set<String> seen(Namespaces scope) {
        Set<String> seen =
                sourcesOf(scope).stream().map(name -> "source." + name).collect(Collectors.toSet());
        delivery.sinks(scope).forEach(sink -> seen.add("sink." + sink.name()));
        return seen;
    }

    private List<String> sourcesOf(Namespaces scope) {
        return new TreeSet<>(sources.names())
                .stream()
                        .filter(name -> scope.has(sources.get(name).namespace()))
                        .toList();
    }

    private static ObjectNode view(Edges.At route) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", route.id())
                .put("description", route.description())
                .put("from", route.from())
                .put("state", route.state())
                .put("done", route.done())
                .put("failed", route.failed())
                .put("lastDoneAt", text(route.lastDone()))
                .put("lastFailedAt", text(route.lastFailed()))
                .put("lastError", route.lastError());
    }

    /** @return the error with the file and line it names */
    private static ObjectNode file(Problem problem, Locale language) {
        ObjectNode error = ProblemJson.error(problem, language);
        String file = problem.values().get("file");
        return file == null
                ? error
                : error.put("line", file + ":" + problem.values().getOrDefault("line", "1"));
    }

    /** Newest first; {@code state=bad} only those that were refused or have bad documents. */
    private Answer files(Request request) {
        String state = request.named("state").orElse("all");
        if (!state.equals("all") && !state.equals("bad")) {
            throw Request.badParameter("state", state, "all, bad");
        }
        List<String> seen = sourcesOf(request.caller().namespaces()).stream()
                .filter(name -> request.named("source").map(name::equals).orElse(true))
                .toList();
        Paged<FileRow> found = Paged.of(
                ledger.read(tx -> tx.files()
                        .newest(seen, state.equals("bad"), request.cursor("fil").orElse(null), PAGE + 1)),
                PAGE);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        found.rows().forEach(row -> items.add(view(row, request.language())));
        return Answer.ok(answer.put("next", found.next(FileRow::id)));
    }

    private static ObjectNode view(FileRow row, Locale language) {
        ObjectNode view = JsonNodeFactory.instance
                .objectNode()
                .put("id", row.id())
                .put("name", row.name())
                .put("source", row.source())
                .put("purpose", row.purpose())
                .put("state", row.state().toLowerCase(Locale.ROOT))
                .put("size", row.size())
                .put("documents", row.documentsTotal())
                .put("good", row.ok())
                .put("bad", row.bad())
                .put("drops", row.drops())
                .put("receivedAt", row.receivedAt().toString())
                .put("finishedAt", text(row.finishedAt()));
        ArrayNode problems = view.putArray("problems");
        OrderView.stored(row.problems()).forEach(problem -> problems.add(ProblemJson.error(problem, language)));
        return view;
    }

    private static @Nullable String text(@Nullable Instant moment) {
        return moment == null ? null : moment.toString();
    }
}
