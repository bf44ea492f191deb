package io.waybill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code replay}: sends one delivery again, under its id. */
@Command(name = "replay", mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Parameters(paramLabel = "DELIVERY")
    String id;

    ReplayCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new DeskCall(wiring, terminal, config)
                .make("post", "/deliveries/" + Segment.of(id) + "/replay", done -> terminal.say("replayed", "id", id));
    }
}
