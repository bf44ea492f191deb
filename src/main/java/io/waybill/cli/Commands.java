package io.waybill.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./waybill <verb>}. Exit codes: 0 ok, 1 found problems, 2 wrong use. */
@Command(
        name = "waybill",
        description = "A hub between order systems and parcel carriers.",
        mixinStandardHelpOptions = true)
public final class Commands {
    private Commands() {}

    /** Runs one command and returns its exit code. */
    public static int run(String[] arguments, HubStarter hub) {
        return new CommandLine(new Commands())
                .addSubcommand(new RunCommand(hub))
                .addSubcommand(new DemoCommand(hub))
                .execute(arguments);
    }
}
