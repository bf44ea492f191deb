package io.waybill.cli;

import io.waybill.carrier.DescribedCarriers;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.mapping.MapCheck;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Recording;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.UrlPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code map check|run|coverage}: mappings at work, without a hub; {@code map diff|record}: on the documents a hub
 * took in. */
@Command(name = "map", mixinStandardHelpOptions = true)
final class MapCommand implements Runnable {
    private final Wiring wiring;
    private final Terminal terminal;

    @Spec
    CommandSpec spec;

    MapCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    @Command(name = "check", mixinStandardHelpOptions = true)
    int check(@Mixin Config config) {
        Mappings mappings = wiring.mappings(config.settings());
        DescribedCarriers.Read carriers = wiring.carriers(config.settings());
        List<MapCheck.TestResult> tests = new ArrayList<>(tests(mappings));
        List<Problem> failed = new ArrayList<>(problems(tests));
        int compiled = mappings.names().size();
        for (Map.Entry<String, Mappings> carrier : carriers.mappings().entrySet()) {
            List<MapCheck.TestResult> own = tests(carrier.getValue());
            tests.addAll(own);
            compiled += carrier.getValue().names().size();
            problems(own).forEach(problem -> failed.add(within(carrier.getKey(), problem)));
        }
        List<Problem> bad = new ArrayList<>(mappings.problems());
        bad.addAll(carriers.problems());
        terminal.tell(bad);
        terminal.tell(failed);
        terminal.say(
                "map.checked",
                "mappings",
                compiled,
                "problems",
                bad.size(),
                "tests",
                tests.size(),
                "failed",
                tests.stream().filter(test -> !test.passed()).count());
        return bad.isEmpty() && failed.isEmpty() ? 0 : 1;
    }

    private static List<MapCheck.TestResult> tests(Mappings mappings) {
        return mappings.names().stream()
                .flatMap(name -> MapCheck.run(mappings.get(name)).stream())
                .toList();
    }

    private static List<Problem> problems(List<MapCheck.TestResult> tests) {
        return tests.stream().flatMap(test -> test.problems().stream()).toList();
    }

    /** A described carrier's mappings stand in its own folder. */
    private static Problem within(String carrier, Problem problem) {
        return problem.with("file", carrier + "/" + problem.values().getOrDefault("file", ""));
    }

    @Command(name = "run", mixinStandardHelpOptions = true)
    int run(
            @Mixin Config config,
            @Parameters(paramLabel = "NAME", descriptionKey = "map.name") String name,
            @Parameters(paramLabel = "FILE", descriptionKey = "map.file") Path file,
            @Option(names = "--explain", descriptionKey = "explain") boolean explain) {
        Mapping mapping = compiled(config, name);
        MapScreen screen = new MapScreen(terminal, mapping);
        boolean good = true;
        boolean empty = true;
        try (DocumentReader documents = open(mapping, file)) {
            for (Document next = documents.next(); next != null; next = documents.next()) {
                if (explain) {
                    screen.explain(next);
                }
                good &= screen.show(next);
                empty = false;
            }
        }
        if (empty) {
            terminal.note("map.no-document", "file", file);
        }
        screen.end();
        return good ? 0 : 1;
    }

    @Command(name = "coverage", mixinStandardHelpOptions = true)
    int coverage(
            @Mixin Config config,
            @Parameters(paramLabel = "NAME", descriptionKey = "map.name") String name,
            @Parameters(paramLabel = "FILE", arity = "1..*", descriptionKey = "map.file") List<Path> files) {
        Mapping mapping = compiled(config, name);
        MapScreen screen = new MapScreen(terminal, mapping);
        for (Path file : files) {
            try (DocumentReader documents = open(mapping, file)) {
                screen.show(file, mapping.coverage(documents));
            }
        }
        return 0;
    }

    @Command(name = "diff", mixinStandardHelpOptions = true)
    int diff(
            @Mixin Config config,
            @Parameters(paramLabel = "NAME", descriptionKey = "map.name") String name,
            @Option(names = "--from", paramLabel = "VERSION", descriptionKey = "diff.from") @Nullable Integer from,
            @Option(names = "--to", paramLabel = "VERSION|file", descriptionKey = "diff.to", defaultValue = "file")
                    String to,
            @Option(names = "--last", paramLabel = "N", descriptionKey = "diff.last", defaultValue = "200") int last) {
        String path = Query.of("/mappings/" + UrlPart.of(name) + "/diff")
                .with("to", to)
                .with("last", last)
                .with("from", from)
                .toString();
        AtomicInteger changed = new AtomicInteger();
        int code = new DeskCall(wiring, terminal, config).make("get", path, found -> {
            changed.set(found.path("changed").asInt());
            new DiffScreen(terminal).show(found);
        });
        return changed.get() > 0 ? 1 : code;
    }

    @Command(name = "record", mixinStandardHelpOptions = true)
    int record(
            @Mixin Config config,
            @Parameters(paramLabel = "DOCUMENT", descriptionKey = "record.document") String document,
            @Option(names = "--mapping", paramLabel = "NAME", required = true, descriptionKey = "record.mapping")
                    String mapping,
            @Option(names = "--name", paramLabel = "TEXT", required = true, descriptionKey = "record.name")
                    String test) {
        Mapping file = wiring.mappings(config.settings()).fromFile(mapping);
        String path = "/mappings/" + UrlPart.of(mapping) + "/documents/" + UrlPart.of(document);
        AtomicInteger failed = new AtomicInteger();
        int code = new DeskCall(wiring, terminal, config).make("get", path, found -> {
            List<Integer> served = new ArrayList<>();
            found.path("versions").forEach(version -> served.add(version.asInt()));
            List<String> written = Recording.write(file, test, found.path("tree"), served);
            terminal.say("map.recorded", "test", test, "files", String.join(", ", written));
            failed.set(passes(wiring.mappings(config.settings()).fromFile(mapping), test) ? 0 : 1);
        });
        return code == 0 ? failed.get() : code;
    }

    /** Whether the mapping's file as it stands passes this test. */
    private boolean passes(Mapping mapping, String test) {
        List<Problem> problems = MapCheck.run(mapping).stream()
                .filter(result -> result.test().equals(test))
                .flatMap(result -> result.problems().stream())
                .toList();
        terminal.tell(problems);
        return problems.isEmpty();
    }

    /** A mapping with its own problems told, rather than as one that is not there; {@code CARRIER/NAME} is a described carrier's. */
    private Mapping compiled(Config config, String name) {
        String[] parts = name.split("/", 2);
        Mappings described = parts.length < 2
                ? null
                : wiring.carriers(config.settings()).mappings().get(parts[0]);
        Mappings mappings = described == null ? wiring.mappings(config.settings()) : described;
        String own = described == null ? name : parts[1];
        List<Problem> problems = mappings.problems().stream()
                .filter(problem -> problem.values().getOrDefault("file", "").startsWith(own + "/"))
                .map(problem -> described == null ? problem : within(parts[0], problem))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return mappings.get(own);
    }

    private static DocumentReader open(Mapping mapping, Path file) {
        Through.requireFile(file);
        try {
            return mapping.open(file, file.toString());
        } catch (IOException e) {
            throw new ProblemException(Problem.of(CommandCode.FILE_UNREADABLE, "file", file), e);
        }
    }
}
