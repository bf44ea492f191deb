package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.intake.Sources;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import io.waybill.text.UrlPart;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rates FILE}: what every account would charge for each order of a file. Nothing is bought. */
@Command(name = "rates", mixinStandardHelpOptions = true)
final class RatesCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config = new Config();

    @Parameters(paramLabel = "FILE", descriptionKey = "file")
    Path file = Path.of("");

    @Mixin
    Through through = new Through();

    @Option(names = "--json", descriptionKey = "rates.json")
    boolean json;

    private int documents;
    private int rated;
    private int bad;

    RatesCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Settings settings = config.settings();
        Sources sources = Through.sources(settings);
        sources.get(through.source);
        Mapping mapping = through.mapping(wiring.mappings(settings), sources);
        try (DocumentReader reader = Through.open(file, mapping);
                Desk desk = new DeskCall(wiring, terminal, config).openOrBegin(settings)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents++;
                one(desk, mapping, next);
            }
        }
        if (!json) {
            terminal.say("rates.done", "documents", documents, "rated", rated, "bad", bad);
        }
        return bad == 0 ? 0 : 1;
    }

    private void one(Desk desk, @Nullable Mapping mapping, Document document) {
        Result result = mapping == null
                ? document.problems().isEmpty()
                        ? new Result.Mapped(document.tree(), document.notes())
                        : new Result.Failed(document.problems(), document.notes())
                : mapping.apply(document);
        if (result instanceof Result.Mapped mapped) {
            terminal.tell(mapped.warnings());
            ask(desk, mapped.tree(), document);
        } else if (result instanceof Result.Failed failed) {
            bad++;
            terminal.tell(failed.problems());
            terminal.tell(failed.warnings());
        } else {
            Result.Skipped skipped = (Result.Skipped) result;
            terminal.note("rates.none", "row", document.firstRow(), "reason", skipped.reason());
            terminal.tell(skipped.warnings());
        }
    }

    private void ask(Desk desk, JsonNode order, Document document) {
        Desk.Reply reply = desk.call(
                "post",
                "/rates?mapped=true&source=" + UrlPart.of(through.source),
                order.toString().getBytes(StandardCharsets.UTF_8),
                terminal.language());
        if (!reply.isOk()) {
            bad++;
            terminal.tell(List.of(Problem.of(
                    CommandCode.ORDER_NOT_RATED,
                    "file",
                    file,
                    "row",
                    document.firstRow(),
                    "orderId",
                    order.path("orderId").asText("-"))));
            new DeskCall(wiring, terminal, config).tell(reply);
            return;
        }
        rated++;
        if (json) {
            terminal.line(reply.body().toString());
        } else {
            new RatesScreen(terminal).show(reply.body());
        }
    }
}
