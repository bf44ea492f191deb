package io.waybill.mapping;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A mapping folder written for one test. */
record Fresh(Path directory) {

    Fresh mapping(String name, String text) {
        return file(name + "/mapping.yaml", text);
    }

    Fresh file(String name, String text) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Mappings load() {
        return Mappings.load(directory, name -> name.equals("order/1") ? OrderShape.ORDER : null);
    }

    /** A mapping of JSON into anything, by its field lines. */
    Mapping free(String fields) {
        return get("writes: free\nreads: { format: json }\nunmapped: off\nfields:\n" + fields.indent(2));
    }

    /** A mapping of JSON into an order, by its field lines beside the required ones. */
    Mapping order(String fields) {
        String required = """
                orderId: { const: SO-1 }
                shipTo.name: { const: Jane }
                shipTo.line1: { const: Main St 1 }
                shipTo.city: { const: Austin }
                shipTo.country: { const: US }
                """;
        return get(
                "writes: order/1\nreads: { format: json }\nunmapped: off\nfields:\n" + (required + fields).indent(2));
    }

    Mapping get(String rest) {
        Mappings mappings =
                mapping("fresh", "mapping: fresh\nversion: 1\n" + rest).load();
        if (!mappings.problems().isEmpty()) {
            throw new io.waybill.problem.ProblemException(mappings.problems());
        }
        return mappings.get("fresh");
    }

    static Result apply(Mapping mapping, String json) {
        return mapping.apply(Document.of(Formats.json(json, "source.json")));
    }

    static List<Result> applyAll(Mapping mapping, String file) {
        List<Result> results = new ArrayList<>();
        try (DocumentReader reader =
                mapping.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), "orders.csv")) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                results.add(mapping.apply(next));
            }
        }
        return results;
    }

    static List<Problem> problems(Result result) {
        return result instanceof Result.Failed failed ? failed.problems() : List.of();
    }

    static String json(Result result) {
        return result instanceof Result.Mapped mapped ? mapped.tree().toString() : result.toString();
    }
}
