package io.waybill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code exceptions}: what needs a person, most urgent first. */
@Command(name = "exceptions", mixinStandardHelpOptions = true)
final class ExceptionsCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    ExceptionsCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new DeskCall(wiring, terminal, config).make("get", "/exceptions", answer -> {
            terminal.say("exceptions.open", "count", answer.path("items").size());
            answer.path("items")
                    .forEach(row -> terminal.line(String.join(
                            "  ",
                            row.path("id").asText(),
                            row.path("reason").asText(),
                            row.path("orderId").asText(),
                            row.path("subject").asText(),
                            row.path("problems").path(0).path("detail").asText())));
        });
    }
}
