package io.waybill.cli;

import io.waybill.mapping.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** What somebody may have meant who gave a verb or an option that is none; nothing where nothing is near. */
final class Suggested {
    private Suggested() {}

    static List<String> by(UnmatchedArgumentException unknown) {
        CommandLine command = unknown.getCommandLine();
        String given =
                unknown.getUnmatched().isEmpty() ? "" : unknown.getUnmatched().get(0);
        if (unknown.isUnknownOption()) {
            return Nearest.all(given.split("=", 2)[0], options(command));
        }
        String path = command.getCommandSpec().qualifiedName() + " ";
        return Nearest.all(given, verbs(command)).stream().map(path::concat).toList();
    }

    private static Collection<String> verbs(CommandLine command) {
        Set<String> verbs = new TreeSet<>(command.getSubcommands().keySet());
        if (command.getParent() == null) {
            verbs.add(Commands.HELP);
        }
        return verbs;
    }

    private static Collection<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
