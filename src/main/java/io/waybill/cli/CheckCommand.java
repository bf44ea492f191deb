package io.waybill.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code check}: says what is wrong with settings, routes and mappings, by file and line, and starts nothing. */
@Command(name = "check", mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    CheckCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Findings found = wiring.check(config.settings());
        terminal.tell(found.problems());
        terminal.inform(found.warnings());
        terminal.inform(found.facts());
        terminal.say(
                found.problems().isEmpty() ? "check.good" : "check.bad",
                "problems",
                found.problems().size(),
                "warnings",
                found.warnings().size());
        return found.problems().isEmpty() ? 0 : 1;
    }
}
