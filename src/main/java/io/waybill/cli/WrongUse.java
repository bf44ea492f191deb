package io.waybill.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with how a command was called, in the language of whoever called it, and how it is called. */
record WrongUse(Terminal terminal) implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        terminal.err().println(sentence(wrong));
        List<String> meant = wrong instanceof UnmatchedArgumentException unknown ? Suggested.by(unknown) : List.of();
        if (!meant.isEmpty()) {
            terminal.note("usage.meant", "what", String.join(", ", meant));
        } else {
            command.usage(terminal.err());
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /**
     * Runs what was asked for, unless a name, a number or a file is given as nothing at all: an address or a folder would be another.
     * Help is asked for by a verb that is known.
     *
     * @throws ParameterException where it is
     */
    int execute(ParseResult parsed) {
        for (CommandLine command : parsed.asCommandLineList()) {
            if (!command.getParseResult().unmatched().isEmpty()) {
                throw new UnmatchedArgumentException(
                        command, command.getParseResult().unmatched());
            }
            for (ArgSpec given : command.getParseResult().matchedArgs()) {
                boolean isNamed = given.isPositional() || given.type() == Path.class;
                if (isNamed && given.originalStringValues().contains("")) {
                    throw new ParameterException(command, terminal.text("usage.empty", "what", name(given)));
                }
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private String sentence(ParameterException wrong) {
        if (wrong instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            boolean isChoice = missing.getMissing().get(0).group() != null;
            return terminal.text(isChoice ? "usage.choose" : "usage.missing", "what", names(missing));
        }
        if (wrong instanceof UnmatchedArgumentException unknown) {
            return terminal.text("usage.unknown", "what", String.join(", ", unknown.getUnmatched()));
        }
        if (wrong instanceof OverwrittenOptionException twice) {
            return terminal.text("usage.twice", "what", name(twice.getOverwritten()));
        }
        if (wrong instanceof MutuallyExclusiveArgsException several) {
            return terminal.text(
                    "usage.one", "what", given(several.getCommandLine().getParseResult()));
        }
        ArgSpec given = wrong.getArgSpec();
        if (given == null || wrong.getValue() == null) {
            return String.valueOf(wrong.getMessage());
        }
        Iterable<String> taken = given.completionCandidates();
        String key = taken == null ? "usage.value" : "usage.value.of";
        return terminal.text(
                key, "what", name(given), "value", wrong.getValue(), "taken", taken == null ? "" : joined(taken));
    }

    /** What was given of what is a choice. */
    private static String given(ParseResult parsed) {
        return parsed.matchedArgs().stream()
                .filter(argument -> argument.group() != null)
                .map(WrongUse::name)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String joined(Iterable<String> words) {
        return StreamSupport.stream(words.spliterator(), false).collect(Collectors.joining(", "));
    }

    /** What has a place behind a missing one is missing too. */
    private static String names(MissingParameterException missing) {
        Set<ArgSpec> all = new LinkedHashSet<>(missing.getMissing());
        boolean isPlace = missing.getMissing().get(0).isPositional();
        List<PositionalParamSpec> places =
                missing.getCommandLine().getCommandSpec().positionalParameters();
        int first = places.indexOf(missing.getMissing().get(0));
        if (isPlace && first >= 0) {
            places.subList(first, places.size()).stream()
                    .filter(ArgSpec::required)
                    .forEach(all::add);
        }
        return all.stream().map(WrongUse::name).collect(Collectors.joining(", "));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
    }
}
