package io.waybill.cli;

import io.waybill.text.UrlPart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: sends one delivery again, under its id; with {@code --rejected} tries every rejected document again. */
@Command(name = "replay", mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @ArgGroup(multiplicity = "1")
    What what = new What();

    /** One delivery, or what was rejected. */
    static final class What {
        @Parameters(paramLabel = "DELIVERY", descriptionKey = "replay.delivery")
        @Nullable
        String id;

        @ArgGroup(exclusive = false)
        @Nullable
        Rejected rejected;
    }

    static final class Rejected {
        @Option(names = "--rejected", required = true, descriptionKey = "rejected")
        boolean all;

        @Option(names = "--source", paramLabel = "SOURCE", descriptionKey = "rejected.source")
        @Nullable
        String source;
    }

    ReplayCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (what.rejected != null) {
            return new RejectedReplay(wiring, terminal, config).run(what.rejected.source);
        }
        String id = String.valueOf(what.id);
        return new DeskCall(wiring, terminal, config)
                .make("post", "/deliveries/" + UrlPart.of(id) + "/replay", done -> terminal.say("replayed", "id", id));
    }
}
