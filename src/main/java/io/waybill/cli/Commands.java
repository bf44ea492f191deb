package io.waybill.cli;

import io.waybill.problem.Problem;
import io.waybill.text.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.function.Supplier;
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
    private static final String LANG = "--lang";
    static final String HELP = "help";

    /** The first that says anything says it. */
    private static final List<String> SESSION = List.of("LC_ALL", "LC_MESSAGES", "LANG");

    private final Terminal terminal;

    /** Read before anything else, so that help speaks it too; here to be known and refused when it is neither. */
    @Option(names = LANG, paramLabel = "en|zh", descriptionKey = "lang", scope = ScopeType.INHERIT)
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

    /** Runs one command and returns its exit code, 1 also where what it answers could not be written. */
    public static int run(String[] arguments, Wiring wiring) {
        Results results = Results.printed();
        PrintWriter err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        int code = run(arguments, wiring, results, err);
        Optional<IOException> failure = results.failure();
        failure.ifPresent(why -> new Terminal(language(arguments, session()), err, err)
                .tell(List.of(Problem.of(CommandCode.RESULTS_NOT_WRITTEN, "why", Words.of(why)))));
        return failure.isPresent() ? Math.max(code, 1) : code;
    }

    /** The same with its results as bytes, as a file they are led into has them, and its problems on a writer. */
    public static int run(String[] arguments, Wiring wiring, OutputStream results, PrintWriter err) {
        PrintWriter out = new PrintWriter(new OutputStreamWriter(results, StandardCharsets.UTF_8), true);
        int code = run(arguments, wiring, new Terminal(language(arguments, session()), out, err, results));
        out.flush();
        return code;
    }

    /** The same with its results on one writer and its problems on another. */
    public static int run(String[] arguments, Wiring wiring, PrintWriter out, PrintWriter err) {
        return run(arguments, wiring, new Terminal(language(arguments, session()), out, err));
    }

    private static int run(String[] arguments, Wiring wiring, Terminal terminal) {
        String[] words = asked(arguments);
        return line(words, wiring, terminal).execute(words);
    }

    /** {@code help map run} is {@code map run --help}, whatever language it is asked in. */
    static String[] asked(String[] arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        int verb = words.isEmpty() || !words.get(0).startsWith(LANG)
                ? 0
                : words.get(0).equals(LANG) ? 2 : 1;
        if (verb >= words.size() || !words.get(verb).equals(HELP)) {
            return arguments;
        }
        words.removeIf(HELP::equals);
        words.add("--" + HELP);
        return words.toArray(String[]::new);
    }

    /** With the verb that comes first alone, where it is one: to make all of them takes a fifth of a second. */
    static CommandLine line(String[] arguments, Wiring wiring, Terminal terminal) {
        CommandLine line = new CommandLine(new Commands(terminal));
        Map<String, Supplier<Object>> verbs = verbs(wiring, terminal);
        String first = arguments.length == 0 ? "" : arguments[0];
        verbs.forEach((verb, made) -> {
            if (verb.equals(first) || !verbs.containsKey(first)) {
                line.addSubcommand(verb, made.get());
            }
        });
        versioned(line);
        WrongUse wrong = new WrongUse(terminal);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setResourceBundle(usage(terminal.language()))
                .setParameterExceptionHandler(wrong)
                .setExecutionStrategy(wrong::execute)
                .setExecutionExceptionHandler(new BrokenOff(terminal, wiring));
    }

    /** Each verb takes {@code --version} too. */
    private static void versioned(CommandLine line) {
        String version = Optional.ofNullable(Commands.class.getPackage().getImplementationVersion())
                .orElse("from its classes");
        line.getCommandSpec().version("Waybill " + version + ", Java " + Runtime.version());
        line.getSubcommands().values().forEach(Commands::versioned);
    }

    /** In the order of the help. */
    private static Map<String, Supplier<Object>> verbs(Wiring wiring, Terminal terminal) {
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        verbs.put("demo", () -> new DemoCommand(wiring, terminal));
        verbs.put("run", () -> new RunCommand(wiring, terminal));
        verbs.put("check", () -> new CheckCommand(wiring, terminal));
        verbs.put("map", () -> new MapCommand(wiring, terminal));
        verbs.put("rates", () -> new RatesCommand(wiring, terminal));
        verbs.put("readiness", () -> new ReadinessCommand(wiring, terminal));
        verbs.put("assess", () -> new AssessCommand(wiring, terminal));
        verbs.put("profile", () -> new ProfileCommand(wiring, terminal));
        verbs.put("rollout", () -> new RolloutCommand(wiring, terminal));
        verbs.put("shadow", () -> new ShadowCommand(wiring, terminal));
        verbs.put("keys", () -> new KeysCommand(wiring, terminal));
        verbs.put("replay", () -> new ReplayCommand(wiring, terminal));
        verbs.put("import", () -> new ImportCommand(wiring, terminal));
        verbs.put(
                "exceptions",
                () -> new CommandLine(new ExceptionsCommand(wiring, terminal))
                        .addSubcommand(new ResolveCommand(wiring, terminal)));
        verbs.put("backup", () -> new BackupCommand(wiring, terminal));
        verbs.put("restore", () -> new RestoreCommand(wiring, terminal));
        verbs.put("erase", () -> new EraseCommand(wiring, terminal));
        verbs.put("account", () -> new AccountCommand(wiring, terminal));
        verbs.put("audit", () -> new AuditCommand(wiring, terminal));
        verbs.put("reconcile", () -> new ReconcileCommand(wiring, terminal));
        verbs.put("accruals", () -> new AccrualsCommand(wiring, terminal));
        verbs.put("warm-up", () -> new WarmUpCommand(wiring));
        return verbs;
    }

    /** Without a verb: the help. */
    @Override
    public void run() {
        Objects.requireNonNull(spec).commandLine().usage(terminal.out());
    }

    /** As the launcher was called, which gives this Java machine another where it could not name files in that one. */
    private static Map<String, String> session() {
        String called = System.getProperty("waybill.session", "");
        return called.isEmpty() ? System.getenv() : Map.of("LANG", called);
    }

    /** {@code --lang zh}, else the language of the session. */
    static Locale language(String[] arguments, Map<String, String> environment) {
        List<String> words = Arrays.asList(arguments);
        int flag = words.indexOf(LANG);
        Optional<String> asked = flag >= 0 && flag + 1 < words.size()
                ? Optional.of(words.get(flag + 1))
                : words.stream()
                        .filter(word -> word.startsWith(LANG + "="))
                        .map(word -> word.substring(LANG.length() + 1))
                        .findFirst();
        String session = SESSION.stream()
                .map(name -> environment.getOrDefault(name, ""))
                .filter(said -> !said.isEmpty())
                .findFirst()
                .orElse("en");
        return asked.orElse(session).startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
    }

    private static ResourceBundle usage(Locale language) {
        return ResourceBundle.getBundle(
                "io.waybill.cli.usage", language, Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }
}
