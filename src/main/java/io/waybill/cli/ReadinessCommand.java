package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.DocumentReader;
import io.waybill.mapping.Mapping;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.readiness.Readiness;
import io.waybill.readiness.Readiness.When;
import io.waybill.readiness.Setting;
import io.waybill.settings.Settings;
import io.waybill.text.UrlPart;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code readiness [FILE]}: how ready a file is, or without one, what is kept of a source. Exit code 1 unless all is ready. */
@Command(name = "readiness", mixinStandardHelpOptions = true)
final class ReadinessCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config = new Config();

    @Mixin
    Through through = new Through();

    @Parameters(paramLabel = "FILE", arity = "0..1", descriptionKey = "readiness.file")
    @Nullable
    Path file;

    @Option(names = "--first", paramLabel = "FILE", descriptionKey = "readiness.first")
    @Nullable
    Path first;

    @Option(names = "--json", descriptionKey = "readiness.json")
    boolean json;

    ReadinessCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (file == null) {
            AtomicBoolean ready = new AtomicBoolean();
            int code = new DeskCall(wiring, terminal, config)
                    .make("get", "/readiness?source=" + UrlPart.of(through.source), report -> ready.set(show(report)));
            return code == 0 && !ready.get() ? 1 : code;
        }
        Settings settings = config.settings();
        Setting setting = wiring.setting(settings, through.source);
        Mapping mapping = through.mapping(wiring.mappings(settings), Through.sources(settings));
        Readiness readiness = new Readiness(setting, new Orders(), mapping);
        if (first != null) {
            look(first, mapping, readiness, When.FIRST);
        }
        look(file, mapping, readiness, When.NOW);
        return show(readiness.report().json(terminal.language())) ? 0 : 1;
    }

    private static void look(Path file, @Nullable Mapping mapping, Readiness readiness, When when) {
        boolean now = when == When.NOW;
        try (DocumentReader reader = Through.openAnyway(file, mapping, told(readiness, now))) {
            readiness.addHeader(reader.columns(), when);
            Through.each(
                    reader,
                    document -> {
                        if (now) {
                            readiness.add(document, when);
                        } else {
                            readiness.addOnlyColumns(document, when);
                        }
                    },
                    told(readiness, now));
        }
    }

    /** The first file is only compared with: what is wrong with it is not this file's. */
    private static Consumer<List<Problem>> told(Readiness readiness, boolean now) {
        return now ? readiness::addProblems : problems -> {};
    }

    private boolean show(JsonNode report) {
        if (json) {
            terminal.line(report.toPrettyString());
        } else {
            new TextPage(terminal).show(new ReadinessPage(terminal.language()).of(report));
        }
        return ReadinessPage.each(report.path("verdicts"))
                .allMatch(verdict -> verdict.path("state").asText().equals("ready"));
    }
}
