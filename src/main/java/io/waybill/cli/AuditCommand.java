package io.waybill.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code audit}: looks up every ref of what was tried more than once, now. Exit code 1 when a label was found. */
@Command(name = "audit", mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    AuditCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        AtomicInteger found = new AtomicInteger();
        int code = new DeskCall(wiring, terminal, config).make("post", "/purchases/audit", answer -> {
            found.set(answer.path("found").asInt());
            terminal.say(
                    answer.path("complete").asBoolean() ? "audit.done" : "audit.unfinished",
                    "shipments",
                    answer.path("shipments").asInt(),
                    "found",
                    found.get(),
                    "unanswered",
                    answer.path("unanswered").asInt());
        });
        return found.get() > 0 ? 1 : code;
    }
}
