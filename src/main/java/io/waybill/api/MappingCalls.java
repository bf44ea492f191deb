package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.access.Scope;
import io.waybill.format.Document;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MappingBook;
import io.waybill.mapping.Comparison;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Recording;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Mappings: which serve, what one makes of a document, and what another version would make of those that came. */
final class MappingCalls {
    private static final int MOST = 1000;

    private final Ledger ledger;
    private final Mappings mappings;

    MappingCalls(Ledger ledger, Mappings mappings) {
        this.ledger = ledger;
        this.mappings = mappings;
    }

    List<Resource> resources() {
        return List.of(
                Resource.get("/mappings", Scope.READ, this::list),
                Resource.get("/mappings/{name}", Scope.READ, this::one).taking("last"),
                Resource.post("/mappings/{name}/try", Scope.READ, this::tryOut),
                Resource.get("/mappings/{name}/diff", Scope.ADMIN, this::diff).taking("from", "to", "last"),
                Resource.get("/mappings/{name}/documents/{id}", Scope.ADMIN, this::masked));
    }

    private Answer list(Request request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("items");
        mappings.names().forEach(name -> items.add(view(mappings.get(name), request)));
        ArrayNode problems = answer.putArray("problems");
        mappings.problems().forEach(problem -> problems.add(ProblemJson.error(problem, request.language())));
        return Answer.ok(answer);
    }

    /** Kept documents belong to every namespace, so what they hold is told to callers of all. */
    private Answer one(Request request) throws IOException {
        Mapping mapping = serving(request);
        MappingStory story = new MappingStory(ledger, mapping, request.language());
        ObjectNode view = story.tests(view(mapping, request));
        if (request.caller().namespaces().all()) {
            story.coverage(view, number(request, "last", "100"));
        }
        return Answer.ok(view);
    }

    private ObjectNode view(Mapping mapping, Request request) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("name", mapping.name())
                .put("version", mapping.version())
                .put("sha256", mapping.sha256())
                .put("writes", mapping.writes())
                .put("reads", mapping.reads().format().word());
        ArrayNode problems = view.putArray("problems");
        mappings.problems(mapping.name())
                .forEach(problem -> problems.add(ProblemJson.error(problem, request.language())));
        return view;
    }

    /** The body is a file as the mapping reads it; nothing of it is kept. */
    private Answer tryOut(Request request) {
        Trial trial = new Trial(serving(request), request.language());
        return Answer.ok(trial.of(request.body(), FileName.of(request, "body")));
    }

    /** {@code ?from=&to=&last=}: versions on record; {@code to=file} is the file as it stands now. */
    private Answer diff(Request request) throws IOException {
        request.caller().requireAllNamespaces();
        String name = request.parameter("name");
        int last = number(request, "last", "200");
        Mapping from =
                request.query("from").isPresent() ? recorded(name, number(request, "from", "")) : serving(request);
        String wanted = request.query("to").orElse("file");
        Mapping to = wanted.equals("file") ? mappings.fromFile(name) : recorded(name, number(request, "to", ""));
        return Answer.ok(differences(from, to, last));
    }

    /** A kept document without the people in it, and which versions of its mapping are on record. */
    private Answer masked(Request request) throws IOException {
        request.caller().requireAllNamespaces();
        Mapping mapping = serving(request);
        String id = request.parameter("id");
        DocumentBook.Kept kept = ledger.read(tx -> tx.originals().find(id))
                .filter(found -> mapping.name().equals(found.mapping()))
                .orElseThrow(() -> new ProblemException(
                        Problem.of(MappingCode.UNKNOWN_DOCUMENT, "document", id, "mapping", mapping.name())));
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("mapping", mapping.name()).put("document", id);
        ArrayNode versions = answer.putArray("versions");
        ledger.<List<MappingBook.Row>>read(tx -> tx.mappings().all(mapping.name()))
                .forEach(row -> versions.add(row.version()));
        answer.set("tree", Recording.masked(mapping, Json.mapper().readTree(kept.bytes())));
        return Answer.ok(answer);
    }

    private ObjectNode differences(Mapping from, Mapping to, int last) throws IOException {
        Comparison comparison = new Comparison(from, to);
        for (String id : ledger.<List<String>>read(tx -> tx.originals().latest(from.name(), last))) {
            Optional<DocumentBook.Kept> kept = ledger.read(tx -> tx.originals().find(id));
            if (kept.isPresent()) {
                comparison.add(id, Document.of(Json.mapper().readTree(kept.get().bytes())));
            }
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("mapping", from.name())
                .put("from", from.version())
                .put("to", to.version())
                .put("documents", comparison.documents())
                .put("changed", comparison.changed());
        answer.set("fields", Json.mapper().valueToTree(comparison.changes()));
        return answer;
    }

    private Mapping serving(Request request) {
        String name = request.parameter("name");
        if (!mappings.names().contains(name)) {
            throw new ProblemException(
                    Problem.of(ApiCode.MAPPING_NOT_FOUND, "known", String.join(", ", mappings.names())));
        }
        return mappings.get(name);
    }

    private Mapping recorded(String name, int version) {
        Optional<MappingBook.Row> row = ledger.read(tx -> tx.mappings().find(name, version));
        return mappings.compile(
                name, row.orElseThrow(() -> unknown(name, version)).text());
    }

    private ProblemException unknown(String name, int version) {
        String known = ledger.<List<MappingBook.Row>>read(tx -> tx.mappings().all(name)).stream()
                .map(row -> String.valueOf(row.version()))
                .collect(Collectors.joining(", "));
        return new ProblemException(
                Problem.of(MappingCode.UNKNOWN_VERSION, "mapping", name, "version", version, "known", known));
    }

    private static int number(Request request, String name, String otherwise) {
        String text = request.query(name).orElse(otherwise);
        boolean version = !name.equals("last");
        if (!text.matches("[1-9]\\d{0,8}") || (!version && Integer.parseInt(text) > MOST)) {
            throw Request.badParameter(
                    name,
                    text,
                    name.equals("to") ? "legal.version-or-file" : version ? "legal.version" : "1 - " + MOST);
        }
        return Integer.parseInt(text);
    }
}
