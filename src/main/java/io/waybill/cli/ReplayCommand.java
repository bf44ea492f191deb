package io.waybill.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.text.UrlPart;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code replay}: sends one delivery again, under its id, or with {@code --discard} never; with {@code --rejected} tries every rejected document again.
 */
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
        @ArgGroup(exclusive = false)
        @Nullable
        One one;

        @ArgGroup(exclusive = false)
        @Nullable
        Rejected rejected;
    }

    static final class One {
        @Parameters(paramLabel = "DELIVERY", descriptionKey = "replay.delivery")
        String id;

        @Option(names = "--discard", paramLabel = "REASON", descriptionKey = "replay.discard")
        @Nullable
        String discard;
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
        return one(Objects.requireNonNull(what.one));
    }

    private int one(One one) {
        DeskCall call = new DeskCall(wiring, terminal, config);
        String path = "/deliveries/" + UrlPart.of(one.id);
        return one.discard == null
                ? call.make("post", path + "/replay", done -> terminal.say("replayed", "id", one.id))
                : call.make(
                        "post",
                        path + "/discard",
                        JsonNodeFactory.instance.objectNode().put("reason", one.discard),
                        done -> terminal.say("discarded", "id", one.id));
    }
}
