package io.waybill.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.access.Scope;
import io.waybill.format.Document;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Ledger;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.order.Json;
import io.waybill.order.Orders;
import io.waybill.readiness.Readiness;
import io.waybill.readiness.Readiness.When;
import io.waybill.readiness.Setting;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code GET /readiness?source=}: how ready a source is, by the documents of it that are kept. One document in memory at a time. */
final class ReadinessCalls {
    private static final int MOST = 10_000;
    private static final int OF_THE_FIRST_FILE = 500;
    private static final int ALONE = 20;

    private final Ledger ledger;
    private final Orders orders;
    private final Mappings mappings;
    private final Function<String, Setting> surroundings;

    ReadinessCalls(Ledger ledger, Orders orders, Mappings mappings, Function<String, Setting> surroundings) {
        this.ledger = ledger;
        this.orders = orders;
        this.mappings = mappings;
        this.surroundings = surroundings;
    }

    List<Resource> resources() {
        return List.of(Resource.get("/readiness", Scope.READ, this::look).taking("source", "last"));
    }

    private Answer look(Request request) throws IOException {
        String source =
                request.query("source").orElseThrow(() -> Request.badParameter("source", "", "the name of a source"));
        Setting setting = surroundings.apply(source);
        Taking.requireNamespace(request.caller(), setting.namespace());
        String name = setting.mapping();
        Mapping mapping = name == null ? null : mappings.get(name);
        Readiness readiness = new Readiness(setting, orders, mapping);
        if (mapping == null) {
            canonical(readiness, source, last(request));
        } else {
            originals(readiness, source, last(request));
        }
        return Answer.ok(readiness.report().json(request.language()));
    }

    private static int last(Request request) {
        String text = request.query("last").orElse("1000");
        if (!text.matches("[1-9]\\d{0,4}") || Integer.parseInt(text) > MOST) {
            throw Request.badParameter("last", text, "1 - " + MOST);
        }
        return Integer.parseInt(text);
    }

    /** Later ones are compared with the first file, which may be older than the last documents. */
    private void originals(Readiness readiness, String source, int last) throws IOException {
        List<DocumentBook.Known> newest = ledger.read(tx -> tx.originals().newest(source, last));
        Set<String> first =
                new HashSet<>(ledger.<List<String>>read(tx -> tx.originals().first(source, OF_THE_FIRST_FILE, ALONE)));
        Set<String> among = newest.stream().map(DocumentBook.Known::id).collect(Collectors.toSet());
        for (String id : first) {
            if (!among.contains(id)) {
                document(id, 1).ifPresent(one -> readiness.addOnlyColumns(one, When.FIRST));
            }
        }
        int ordinal = 0;
        for (DocumentBook.Known known : newest) {
            When when = first.contains(known.id()) ? When.FIRST : known.recent() ? When.NOW : When.EARLIER;
            document(known.id(), ++ordinal).ifPresent(one -> readiness.add(one, when));
        }
    }

    private void canonical(Readiness readiness, String source, int last) throws IOException {
        int ordinal = 0;
        for (String content : ledger.<List<String>>read(tx -> tx.orders().newest(source, last))) {
            readiness.add(document(Json.mapper().readTree(content), ++ordinal), When.NOW);
        }
    }

    private Optional<Document> document(String id, int ordinal) throws IOException {
        Optional<DocumentBook.Kept> kept = ledger.read(tx -> tx.originals().find(id));
        return kept.isEmpty()
                ? Optional.empty()
                : Optional.of(document(Json.mapper().readTree(kept.get().bytes()), ordinal));
    }

    private static Document document(JsonNode tree, int ordinal) {
        return new Document(ordinal, ordinal, ordinal, tree, List.of(), List.of());
    }
}
