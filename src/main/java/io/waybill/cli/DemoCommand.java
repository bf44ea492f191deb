package io.waybill.cli;

import io.waybill.demo.Demo;
import io.waybill.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job on sample input; fails when one fact it states is not so. */
@Command(name = "demo", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Demo demo;
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--act", descriptionKey = "act", completionCandidates = Acts.class)
    @Nullable
    String act;

    @Option(names = "--keep", descriptionKey = "keep")
    boolean keep;

    @Option(names = "--home", descriptionKey = "home", defaultValue = "${sys:waybill.home:-.}")
    Path home;

    DemoCommand(Wiring wiring, Terminal terminal) {
        this.terminal = terminal;
        demo = new Demo(new Machine(wiring));
    }

    @Override
    public Integer call() throws Exception {
        if (act != null && !Demo.acts().containsAll(List.of(act.split(",")))) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    terminal.text(
                            "usage.value.of", "what", "--act", "value", act, "taken", String.join(", ", Demo.acts())));
        }
        Path labels = home.resolve("target/demo");
        Demo.Wish wish =
                new Demo.Wish(act, terminal.language(), home, labels, keep, Boolean.getBoolean("waybill.terminal"));
        return demo.play(wish, terminal.out()) ? 0 : 1;
    }

    private record Machine(Wiring wiring) implements Demo.Machine {
        @Override
        public Demo.Running start(Settings settings) {
            HubStarter.Running running = wiring.start(settings);
            return new Demo.Running(running.port(), running::close);
        }

        @Override
        public Demo.Printed run(String... arguments) {
            StringWriter out = new StringWriter();
            PrintWriter printer = new PrintWriter(out, true);
            int code = Commands.run(arguments, wiring, printer, printer);
            return new Demo.Printed(code, out.toString());
        }
    }

    /** For {@code --help} and completion. */
    static final class Acts implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Demo.acts().iterator();
        }
    }
}
