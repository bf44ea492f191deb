package io.waybill.cli;

import io.waybill.problem.ProblemException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ./waybill <verb>}. Exit codes: 0 ok, 1 found problems, 2 wrong use. */
@Command(name = "waybill", mixinStandardHelpOptions = true)
public final class Commands implements Runnable {
    private final Terminal terminal;

    /** Read before anything else, so that help speaks it too; here to be known and refused when it is neither. */
    @Option(names = "--lang", paramLabel = "en|zh", descriptionKey = "lang", scope = ScopeType.INHERIT)
    @Nullable
    Spoken lang;

    @Spec
    @Nullable
    CommandSpec spec;

    enum Spoken {
        en,
        zh
    }

    private Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Runs one command and returns its exit code. */
    public static int run(String[] arguments, Wiring wiring) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        return run(arguments, wiring, out, err);
    }

    /** The same with its results on one writer and its problems on another. */
    public static int run(String[] arguments, Wiring wiring, PrintWriter out, PrintWriter err) {
        Terminal terminal = new Terminal(language(arguments, System.getenv()), out, err);
        return line(wiring, terminal).execute(arguments);
    }

    private static CommandLine line(Wiring wiring, Terminal terminal) {
        CommandLine line = new CommandLine(new Commands(terminal));
        Stream.of(
                        new DemoCommand(wiring, terminal),
                        new RunCommand(wiring, terminal),
                        new CheckCommand(wiring, terminal),
                        new MapCommand(wiring, terminal),
                        new RatesCommand(wiring, terminal),
                        new ReadinessCommand(wiring, terminal),
                        new AssessCommand(wiring, terminal),
                        new KeysCommand(wiring, terminal),
                        new ReplayCommand(wiring, terminal),
                        new ImportCommand(wiring, terminal),
                        new CommandLine(new ExceptionsCommand(wiring, terminal))
                                .addSubcommand(new ResolveCommand(wiring, terminal)),
                        new BackupCommand(wiring, terminal),
                        new RestoreCommand(wiring, terminal),
                        new EraseCommand(wiring, terminal),
                        new AccountCommand(wiring, terminal),
                        new AuditCommand(wiring, terminal),
                        new ReconcileCommand(wiring, terminal),
                        new AccrualsCommand(wiring, terminal),
                        new WarmUpCommand(wiring))
                .forEach(line::addSubcommand);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setResourceBundle(usage(terminal.language()))
                .setExecutionExceptionHandler((thrown, command, parsed) -> tell(thrown, terminal));
    }

    /** Without a verb: the help. */
    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(terminal.out());
    }

    private static int tell(Exception thrown, Terminal terminal) throws Exception {
        if (thrown instanceof ProblemException known) {
            terminal.tell(known.problems());
            return 1;
        }
        throw thrown;
    }

    /** {@code --lang zh}, else the language of the session. */
    static Locale language(String[] arguments, Map<String, String> environment) {
        List<String> words = Arrays.asList(arguments);
        int flag = words.indexOf("--lang");
        Optional<String> asked = flag >= 0 && flag + 1 < words.size()
                ? Optional.of(words.get(flag + 1))
                : words.stream()
                        .filter(word -> word.startsWith("--lang="))
                        .map(word -> word.substring("--lang=".length()))
                        .findFirst();
        String session = environment.getOrDefault("LC_ALL", environment.getOrDefault("LANG", "en"));
        return asked.orElse(session).startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
    }

    private static ResourceBundle usage(Locale language) {
        return ResourceBundle.getBundle(
                "io.waybill.cli.usage", language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }
}
