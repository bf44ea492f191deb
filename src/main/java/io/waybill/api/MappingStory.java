package io.waybill.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.ledger.DocumentBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MappingBook;
import io.waybill.mapping.Coverage;
import io.waybill.mapping.MapCheck;
import io.waybill.mapping.Mapping;
import io.waybill.order.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known of one mapping beside its name: its tests, run now; its versions; what it reads and fills of kept documents. */
record MappingStory(Ledger ledger, Mapping mapping, Locale language) {
    /** @param view of the mapping in a list, told more of */
    ObjectNode tests(ObjectNode view) {
        ArrayNode tests = view.putArray("tests");
        for (MapCheck.TestResult result : MapCheck.run(mapping)) {
            ObjectNode test = tests.addObject()
                    .put("name", result.test())
                    .put("line", result.line())
                    .put("passed", result.passed());
            ArrayNode problems = test.putArray("problems");
            result.problems().forEach(problem -> problems.add(ProblemJson.error(problem, language)));
        }
        ArrayNode versions = view.putArray("versions");
        ledger.<List<MappingBook.Row>>read(tx -> tx.mappings().all(mapping.name())).stream()
                .map(MappingBook.Row::version)
                .sorted()
                .forEach(versions::add);
        return view;
    }

    /** Counts and names of fields of the newest documents, no values. */
    void coverage(ObjectNode view, int last) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (String id : ledger.<List<String>>read(tx -> tx.originals().latest(mapping.name(), last))) {
            Optional<DocumentBook.Kept> kept = ledger.read(tx -> tx.originals().find(id));
            if (kept.isPresent()) {
                documents.add(Document.of(Json.mapper().readTree(kept.get().bytes())));
            }
        }
        Coverage seen = mapping.coverage(documents);
        ObjectNode coverage = view.putObject("coverage").put("documents", seen.documents());
        counts(coverage.putArray("source"), seen.source());
        seen.unread().forEach(coverage.putArray("unread")::add);
        counts(coverage.putArray("target"), seen.target());
        seen.unfilled().forEach(coverage.putArray("unfilled")::add);
    }

    private static void counts(ArrayNode list, Map<String, Long> counts) {
        counts.forEach((field, count) -> list.addObject().put("field", field).put("documents", count));
    }
}
