package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Format;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What {@code --help} says of each command. */
class CommandHelpTest {
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @Test
    void every_option_and_argument_of_every_command_says_what_it_is_in_both_languages() {
        List<String> silent = new ArrayList<>();
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            collect(commands(language), language, silent);
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void every_command_says_what_it_does_in_both_languages() {
        List<String> silent = new ArrayList<>();
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            every(commands(language))
                    .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                    .filter(command ->
                            !isTold(command.getCommandSpec().usageMessage().description(), language))
                    .forEach(command -> silent.add(
                            language + ": " + command.getCommandSpec().qualifiedName()));
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void help_of_a_command_is_what_it_says_of_itself() {
        assertThat(Commands.asked(new String[] {"help", "map", "run"})).containsExactly("map", "run", "--help");
        assertThat(Commands.asked(new String[] {"help"})).containsExactly("--help");
        assertThat(Commands.asked(new String[] {"map", "run"})).containsExactly("map", "run");
        assertThat(Commands.asked(new String[] {"--lang", "zh", "help", "map"}))
                .containsExactly("--lang", "zh", "map", "--help");
        assertThat(Commands.asked(new String[] {"--lang=zh", "help"})).containsExactly("--lang=zh", "--help");
        assertThat(Commands.asked(new String[] {"help", "help"})).containsExactly("--help");
        assertThat(Commands.asked(new String[] {"exceptions", "assign", "help"}))
                .hasSize(3);
    }

    @Test
    void import_names_every_format_that_is_taken() {
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            OptionSpec format = commands(language)
                    .getSubcommands()
                    .get("import")
                    .getCommandSpec()
                    .findOption("--format");
            for (Format taken : Format.values()) {
                if (taken != Format.ROW) {
                    assertThat(String.join(" ", format.description())).contains(taken.word());
                }
            }
        }
    }

    private static void collect(CommandLine command, Locale language, List<String> silent) {
        if (command.getCommandSpec().usageMessage().hidden()) {
            return;
        }
        String name = command.getCommandSpec().qualifiedName();
        for (ArgSpec argument : command.getCommandSpec().args()) {
            if (!isTold(argument.description(), language)) {
                String word = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
                silent.add(language + ": " + name + " " + word);
            }
        }
        command.getSubcommands().values().forEach(below -> collect(below, language, silent));
    }

    private static boolean isTold(String[] description, Locale language) {
        String said = String.join(" ", description);
        return !said.isBlank() && HAN.matcher(said).find() == language.equals(Locale.CHINESE);
    }

    private static Stream<CommandLine> every(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(CommandHelpTest::every));
    }

    private static CommandLine commands(Locale language) {
        Wiring none = (Wiring) Proxy.newProxyInstance(
                Wiring.class.getClassLoader(), new Class<?>[] {Wiring.class}, (proxy, method, arguments) -> null);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Commands.line(new String[0], none, new Terminal(language, nowhere, nowhere));
    }
}
