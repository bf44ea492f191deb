package io.waybill.cli;

import io.waybill.demo.Demo;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job on sample input; fails when one fact it states is not so. */
@Command(
        name = "demo",
        description = "Plays the main job on sample input, in a temporary folder.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Demo demo;

    @Spec
    CommandSpec spec;

    @Option(names = "--act", description = "only this act: ${COMPLETION-CANDIDATES}", completionCandidates = Acts.class)
    @Nullable
    String act;

    @Option(names = "--lang", description = "en or zh; else what LANG says")
    @Nullable
    String language;

    @Option(names = "--keep", description = "leave the temporary folder")
    boolean keep;

    @Option(
            names = "--home",
            description = "the folder with routes and mappings",
            defaultValue = "${sys:waybill.home:-.}")
    Path home;

    DemoCommand(HubStarter hub) {
        demo = new Demo(settings -> {
            HubStarter.Running running = hub.start(settings);
            return new Demo.Running(running.port(), running::close);
        });
    }

    @Override
    public Integer call() throws Exception {
        Locale locale = locale(System.getenv());
        if (act != null && !Demo.acts().contains(act)) {
            throw new ParameterException(
                    spec.commandLine(), "no act '" + act + "'; known: " + String.join(", ", Demo.acts()));
        }
        Path labels = home.resolve("target/demo");
        try {
            Demo.Wish wish = new Demo.Wish(act, locale, home, labels, keep, System.console() != null);
            return demo.play(wish, spec.commandLine().getOut()) ? 0 : 1;
        } catch (ProblemException e) {
            e.problems().forEach(problem -> spec.commandLine().getErr().println(problem.sentence(locale)));
            return 1;
        }
    }

    private Locale locale(Map<String, String> environment) {
        String asked = language == null ? environment.getOrDefault("LANG", "en") : language;
        return asked.startsWith("zh") ? Locale.CHINESE : Locale.ENGLISH;
    }

    /** For {@code --help} and completion. */
    static final class Acts implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Demo.acts().iterator();
        }
    }
}
