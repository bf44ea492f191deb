package io.waybill.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.RateSheet;
import io.waybill.format.DocumentReader;
import io.waybill.intake.Sources;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.readiness.Assessment;
import io.waybill.readiness.Readiness;
import io.waybill.readiness.Readiness.When;
import io.waybill.readiness.Steps;
import io.waybill.settings.Section;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code assess FILE [--invoice BILL]}: what somebody ships, how ready that is, what it costs by rate sheets and by the carrier's
 * bill, and what to integrate next. Buys nothing, keeps nothing. Ends with 1 for a file that cannot be read to its end, and a bill
 * of which nothing names an order.
 */
@Command(name = "assess", mixinStandardHelpOptions = true)
final class AssessCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config = new Config();

    @Mixin
    Through through = new Through();

    @Parameters(paramLabel = "FILE", descriptionKey = "file")
    Path file = Path.of("");

    @Option(names = "--rates", paramLabel = "FOLDER", descriptionKey = "assess.rates", defaultValue = "rates")
    Path rates = Path.of("rates");

    @ArgGroup(exclusive = false)
    @Nullable
    MonthsBill bill;

    @Option(names = "--html", paramLabel = "FILE", descriptionKey = "assess.html")
    @Nullable
    Path html;

    @Option(names = "--json", descriptionKey = "assess.json")
    boolean json;

    AssessCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (html != null && Files.exists(html)) {
            throw new ProblemException(Problem.of(CommandCode.FILE_PRESENT, "file", html));
        }
        Settings settings = config.settings();
        Sources sources = Through.sources(settings);
        Mappings mappings = wiring.mappings(settings);
        Mapping mapping = through.mapping(mappings, sources);
        SheetAndBill both = bill == null ? null : new SheetAndBill(bill.read(mappings));
        Readiness readiness = new Readiness(wiring.setting(settings, through.source), new Orders(), mapping);
        Assessment assessment = new Assessment(
                readiness,
                sheets(settings.section("account")),
                sources.get(through.source).shipFrom(),
                Steps.read(settings.section("assess")),
                LocalDate.now(ZoneId.systemDefault()));
        Consumer<Assessment.Seen> compared = both == null ? seen -> {} : both::add;
        List<Problem> unread = new ArrayList<>();
        try (DocumentReader reader = Through.openAnyway(file, mapping, readiness::addProblems)) {
            readiness.addHeader(reader.columns(), When.NOW);
            Through.each(reader, document -> assessment.add(document).ifPresent(compared), unread::addAll);
        }
        readiness.addProblems(unread);
        ObjectNode json = assessment.json(terminal.language());
        if (both != null) {
            json.set("bill", both.json(terminal.language()));
        }
        show(json);
        return unread.isEmpty() && (both == null || both.problem().isEmpty()) ? 0 : 1;
    }

    private void show(ObjectNode assessment) throws IOException {
        String noSheets = Messages.in(terminal.language()).text("assess.no-sheets", "folder", rates.toString());
        Page page = new AssessPage(terminal.language(), noSheets).of(String.valueOf(file.getFileName()), assessment);
        if (html != null) {
            Files.writeString(html, new HtmlPage(terminal.language()).of(page));
        }
        if (json) {
            terminal.line(assessment.toPrettyString());
            return;
        }
        new TextPage(terminal).show(page);
        if (html != null) {
            terminal.say("assess.written", "file", html);
        }
    }

    /** Those of the accounts, and every folder of {@code --rates}; each once. */
    private List<RateSheet> sheets(Section accounts) throws IOException {
        TreeSet<Path> folders = new TreeSet<>();
        for (String name : accounts.names()) {
            accounts.section(name)
                    .optional("rateSheet")
                    .map(Path::of)
                    .ifPresent(folder -> folders.add(folder.toAbsolutePath().normalize()));
        }
        if (Files.isDirectory(rates)) {
            try (Stream<Path> below = Files.list(rates)) {
                below.filter(Files::isDirectory)
                        .forEach(folder -> folders.add(folder.toAbsolutePath().normalize()));
            }
        }
        return folders.stream().map(RateSheet::read).toList();
    }
}
