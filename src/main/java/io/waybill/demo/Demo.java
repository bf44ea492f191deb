package io.waybill.demo;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Plays the acts on a hub of its own, in a temporary folder. */
public final class Demo {
    private static final List<Act> ACTS = List.of(
            new RestAct(),
            new ReplayAct(),
            new OmsAct(),
            new WmsAct(),
            new ErpAct(),
            new TrackingAct(),
            new FolderAct(),
            new SqlAct(),
            new HoldAct(),
            new LostAct(),
            new RefusalAct(),
            new ExcelAct(),
            new AuditAct(),
            new CrashAct(),
            new InvoiceAct(),
            new RatesAct(),
            new BenchAct());

    /**
     * @param act the names of one or more acts, separated by commas, or null for all
     * @param home where {@code routes} and {@code mappings} are
     * @param labels where label files are put; they stay
     * @param keep leave the temporary folder
     * @param terminal progress may overwrite its line
     */
    public record Wish(@Nullable String act, Locale language, Path home, Path labels, boolean keep, boolean terminal) {}

    /** A hub the demo was given to play on. */
    public record Running(int port, Runnable stop) {}

    /** What a command printed, and its exit code. */
    public record Printed(int code, String out) {}

    /** What runs hubs and commands. */
    public interface Machine {
        Running start(Settings settings);

        /** Runs {@code ./waybill} with these arguments. */
        Printed run(String... arguments);
    }

    private final Machine machine;

    public Demo(Machine machine) {
        this.machine = machine;
    }

    /** The acts in the order they are played. */
    public static List<String> acts() {
        return ACTS.stream().map(Act::name).toList();
    }

    /** Plays, and answers whether every fact it stated was true. */
    public boolean play(Wish wish, PrintWriter out) throws Exception {
        Words words = Words.in(wish.language());
        Screen screen = new Screen(out, wish.terminal());
        World world = new World(wish.labels());
        boolean good = false;
        try (world;
                QuietLog log = new QuietLog(world.folder.resolve("waybill.log"))) {
            screen.line(words.say("start", "folder", world.folder, "log", log.file()));
            Running hub =
                    machine.start(world.settings(wish.home(), words.language().getLanguage()));
            try {
                screen.line(words.say("ready", "port", hub.port()));
                good = play(wish, new Stage(world, hub.port(), wish.home(), machine, words, screen), screen, words);
            } finally {
                hub.stop().run();
            }
        } finally {
            if (good && !wish.keep()) {
                world.remove();
            }
        }
        screen.line("");
        Path labels = wish.labels().toAbsolutePath().normalize();
        screen.line(words.say(good ? "good" : "bad", "labels", labels, "folder", world.folder));
        if (good) {
            screen.line(words.say("next"));
        }
        return good;
    }

    private static boolean play(Wish wish, Stage stage, Screen screen, Words words) {
        boolean good = true;
        for (Act act : ACTS) {
            if (wish.act() == null || List.of(wish.act().split(",")).contains(act.name())) {
                stage.title(act);
                good &= played(act, stage, screen, words);
            }
        }
        return good && !stage.failed();
    }

    private static boolean played(Act act, Stage stage, Screen screen, Words words) {
        try {
            act.tell(stage);
            return true;
        } catch (Exception e) {
            org.slf4j.LoggerFactory.getLogger(Demo.class).warn("act {} stopped", act.name(), e);
            String why = e instanceof ProblemException problem
                    ? problem.problems().get(0).sentence(words.language())
                    : String.valueOf(e.getMessage());
            screen.line("  \u2717 " + words.say("stopped", "why", why));
            return false;
        }
    }
}
