package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.Reading;
import io.waybill.mapping.Coverage;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Shows what a mapping makes of documents. */
final class MapScreen {
    private final Terminal terminal;
    private final Mapping mapping;
    private final List<JsonNode> written = new ArrayList<>();

    MapScreen(Terminal terminal, Mapping mapping) {
        this.terminal = terminal;
        this.mapping = mapping;
    }

    /** How each field came about. */
    void explain(Document document) {
        mapping.explain(document)
                .forEach(field -> terminal.line("%s  <- %s \"%s\" %s = %s  (%s:%d)"
                        .formatted(
                                field.field(),
                                field.source(),
                                field.raw(),
                                field.verbs(),
                                field.result(),
                                mapping.name(),
                                field.line())));
    }

    /**
     * What became of it: the tree, unless the mapping writes a file ({@link #end}); or why there is none.
     *
     * @return false when something is wrong with it
     */
    boolean show(Document document) {
        Result result = mapping.apply(document);
        if (result instanceof Result.Failed failed) {
            terminal.tell(failed.problems());
            terminal.tell(failed.warnings());
            return false;
        }
        if (result instanceof Result.Skipped skipped) {
            show(document, skipped);
            return true;
        }
        Result.Mapped mapped = (Result.Mapped) result;
        if (mapping.output() == null) {
            terminal.line(mapped.tree().toPrettyString());
        } else {
            written.add(mapped.tree());
        }
        terminal.tell(mapped.warnings());
        return true;
    }

    private void show(Document document, Result.Skipped skipped) {
        Result.Stopped stopped = skipped.stopped();
        if (stopped == null) {
            terminal.note("map.skipped", "row", document.firstRow(), "reason", skipped.reason());
        } else {
            terminal.note(
                    stopped.how().isHold() ? "map.held" : "map.cancelled",
                    "row",
                    document.firstRow(),
                    "order",
                    stopped.order().path("orderId").asText(),
                    "reason",
                    skipped.reason());
        }
        terminal.tell(skipped.warnings());
    }

    /** The file the mapping's {@code output} makes of all that was shown. */
    void end() {
        Reading output = mapping.output();
        if (output != null && !written.isEmpty()) {
            Charset charset = output.charset() == null ? StandardCharsets.UTF_8 : output.charset();
            terminal.file(mapping.file(written), charset);
        }
    }

    void show(Path file, Coverage coverage) {
        terminal.say("map.coverage", "file", file, "documents", coverage.documents());
        terminal.say("map.unread", "fields", words(coverage.unread()));
        terminal.say("map.unfilled", "fields", words(coverage.unfilled()));
        coverage.source().forEach((field, count) -> terminal.line("  < " + field + "  " + count));
        coverage.target().forEach((field, count) -> terminal.line("  > " + field + "  " + count));
    }

    private static String words(Set<String> fields) {
        return fields.isEmpty() ? "-" : String.join(", ", fields);
    }
}
