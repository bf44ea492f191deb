package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.HubWiring;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every command, called as nobody should: it answers with a sentence and the exit code of its help, and with nothing of its insides. */
class OddCommandsTest {
    /** Those that run on, and the one that asks on a terminal. */
    private static final Set<String> GOES_ON = Set.of("demo", "run", "warm-up");

    private static final Map<String, String> KNOWN =
            Map.of("NAME", "acme-orders", "ACCOUNT", "sandbox", "CARRIER", "ups");

    @TempDir
    static Path folder;

    private static Path config;
    private static List<CommandSpec> commands;

    private record Said(List<String> words, int code, String out, String err) {}

    @BeforeAll
    static void list() throws Exception {
        config = Files.writeString(folder.resolve("waybill.properties"), """
                waybill.data=%s
                account.sandbox.adapter=sandbox
                defaults.namespace=acme
                defaults.shipFrom.name=Acme
                defaults.shipFrom.line1=1 Depot Rd
                defaults.shipFrom.city=Austin
                defaults.shipFrom.state=TX
                defaults.shipFrom.postalCode=78701
                defaults.shipFrom.country=US
                """.formatted(folder.resolve("data")));
        Terminal nowhere = new Terminal(
                Locale.ENGLISH, new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
        commands = below(Commands.line(new String[0], new HubWiring(), nowhere))
                .map(CommandLine::getCommandSpec)
                .filter(command -> !GOES_ON.contains(verbs(command).get(0)))
                .toList();
        assertThat(run(List.of("keys", "create", "--person", "Jo", "--config", config.toString()))
                        .code())
                .isZero();
    }

    @Test
    void a_word_too_many_or_an_option_nobody_has_is_named_and_nothing_is_done() {
        for (CommandSpec command : commands) {
            List<String> needed = needed(command, "", "x");
            isWrongUse(run(and(needed, "--nosuch")), "--nosuch");
            if (command.positionalParameters().stream().noneMatch(ArgSpec::isMultiValue)) {
                isWrongUse(run(and(needed, "more1", "more2", "more3", "more4")), "more4");
            }
        }
    }

    @Test
    void an_option_with_a_letter_wrong_is_told_what_it_may_be() {
        for (CommandSpec command : commands) {
            for (OptionSpec option : options(command)) {
                String name = option.longestName();
                Said said = run(and(needed(command, "", "x"), name.substring(0, name.length() - 1) + "x"));
                isWrongUse(said, name);
            }
        }
    }

    @Test
    void what_is_missing_is_named() {
        for (CommandSpec command : commands) {
            for (OptionSpec option : options(command)) {
                if (option.arity().min() > 0) {
                    isWrongUse(run(and(base(command), option.longestName())), option.longestName());
                }
            }
            command.args().stream()
                    .filter(ArgSpec::required)
                    .filter(ArgSpec::isPositional)
                    .findFirst()
                    .ifPresent(first -> isWrongUse(run(base(command)), first.paramLabel()));
        }
    }

    @Test
    void a_name_that_is_nothing_names_nothing() {
        for (CommandSpec command : commands) {
            for (PositionalParamSpec argument : command.positionalParameters()) {
                isWrongUse(run(needed(command, argument.paramLabel(), "")), argument.paramLabel());
            }
        }
    }

    @Test
    void a_file_that_is_none_or_holds_what_it_should_not_is_named_with_what_is_wrong() throws Exception {
        Path picture =
                Files.write(folder.resolve("p.csv"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1, (byte) 0xff});
        Path wide = Files.write(folder.resolve("w.csv"), "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE));
        Path empty = Files.createFile(folder.resolve("e.csv"));
        Path none = folder.resolve("none.csv");
        Path within = Files.createDirectories(folder.resolve("a-folder"));
        for (CommandSpec command : commands) {
            for (PositionalParamSpec argument : command.positionalParameters()) {
                for (Path file : List.of(within, none, empty, wide, picture)) {
                    if (argument.type() == Path.class) {
                        Said said = run(needed(command, argument.paramLabel(), file.toString()));
                        assertThat(said.err() + said.out())
                                .as(said.toString())
                                .doesNotContain("Exception", "\tat ", "Check the disk");
                        assertThat(said.code()).as(said.toString()).isIn(0, 1);
                        if (Set.of(within, none).contains(file)) {
                            assertThat(said.code()).as(said.toString()).isOne();
                            assertThat(said.err()).as(said.toString()).containsAnyOf(file.toString(), "--force");
                        }
                    }
                }
            }
        }
    }

    @Test
    void a_value_nobody_takes_is_refused_in_a_sentence() {
        for (CommandSpec command : commands) {
            for (OptionSpec option : options(command)) {
                for (String odd : option.arity().max() == 0
                        ? List.<String>of()
                        : List.of("-1", "\u8ba2\u5355", "99999999999999999999")) {
                    String value = option.type() == Path.class
                            ? folder.resolve("no/" + odd).toString()
                            : odd;
                    List<String> words = needed(command, option.longestName(), value);
                    Said said = run(option.required() ? words : and(words, option.longestName() + "=" + value));
                    assertThat(said.err() + said.out()).as(said.toString()).doesNotContain("Exception:", "\tat ");
                    assertThat(said.code()).as(said.toString()).isBetween(0, 2);
                }
            }
        }
    }

    @Test
    void wrong_use_is_told_in_chinese_to_whoever_asks_in_chinese() {
        for (CommandSpec command : commands) {
            Said said = run(and(needed(command, "", "x"), "--nosuch", "--lang=zh"));
            assertThat(said.err()).as(said.toString()).startsWith("\u65e0\u6cd5\u8bc6\u522b\uff1a--nosuch");
        }
        assertThat(run(List.of("map", "run", "--lang", "zh")).err()).startsWith("\u7f3a\u5c11\uff1aNAME, FILE");
        assertThat(run(List.of("account", "off", "--lang", "zh")).err())
                .startsWith("\u7f3a\u5c11\u4ee5\u4e0b\u4e4b\u4e00\uff1aNAME, --all");
        assertThat(run(List.of("import", "x", "--source", "x", "--dry-run", "--commit", "--lang", "zh"))
                        .err())
                .startsWith("\u4ee5\u4e0b\u53ea\u80fd\u7ed9\u51fa\u4e00\u4e2a\uff1a--dry-run, --commit");
        assertThat(run(List.of("map", "diff", "x", "--from=y", "--lang", "zh")).err())
                .contains("--from VERSION \u4e0d\u80fd\u662f\u201cy\u201d");
    }

    @Test
    void what_a_command_finds_wrong_by_itself_is_told_in_the_same_words() {
        isWrongUse(run(List.of("erase")), "missing: one of --order ID, --namespace NAME");
        isWrongUse(run(List.of("restore")), "missing: one of FILE, --mark, --done");
        isWrongUse(run(List.of("restore", "--mark", "--done")), "only one of these can be given: FILE, --mark, --done");
        isWrongUse(run(List.of("demo", "--act", "play")), "--act cannot be \"play\" (expected one of: ");
        assertThat(run(List.of("erase", "--lang", "zh")).err())
                .startsWith("\u7f3a\u5c11\u4ee5\u4e0b\u4e4b\u4e00\uff1a--order ID, --namespace NAME");
    }

    @Test
    void help_of_what_is_no_command_is_wrong_use() {
        isWrongUse(run(List.of("help", "nosuch")), "not known here: nosuch");
        isWrongUse(run(List.of("help", "map", "nosuch")), "not known here: nosuch");
        isWrongUse(run(List.of("nosuch", "--help")), "not known here: nosuch");
        isWrongUse(run(List.of("--lang", "zh", "help", "nosuch")), "nosuch");
        assertThat(run(List.of("help", "map", "run")).code()).isZero();
    }

    @Test
    void every_command_knows_its_version() {
        for (List<String> words : List.of(List.of("--version"), List.of("map", "-V"), List.of("map", "run", "-V"))) {
            Said said = run(words);
            assertThat(said.out()).as(said.toString()).matches("Waybill \\S.*, Java \\d+.*\\R");
            assertThat(said.code()).isZero();
        }
    }

    @Test
    void only_what_is_near_is_taken_to_be_meant() {
        assertThat(run(List.of("mpa")).err()).contains("Did you mean: waybill map?");
        assertThat(run(List.of("hlp")).err()).contains("Did you mean: waybill help?");
        assertThat(run(List.of("map", "chekc")).err()).contains("Did you mean: waybill map check?");
        assertThat(run(List.of("map", "nosuch")).err())
                .doesNotContain("Did you mean")
                .contains("coverage");
        assertThat(run(List.of("account", "list", "--zzzzzz")).err())
                .doesNotContain("Did you mean")
                .contains("--config");
    }

    @Test
    void a_variable_that_says_nothing_is_no_language() {
        assertThat(Commands.language(new String[0], Map.of("LC_ALL", "", "LANG", "zh_CN.UTF-8")))
                .isEqualTo(Locale.CHINESE);
        assertThat(Commands.language(new String[0], Map.of("LC_MESSAGES", "zh_CN.UTF-8", "LANG", "en_US.UTF-8")))
                .isEqualTo(Locale.CHINESE);
        assertThat(Commands.language(new String[0], Map.of("LC_ALL", "C", "LANG", "zh_CN.UTF-8")))
                .isEqualTo(Locale.ENGLISH);
    }

    private static void isWrongUse(Said said, String named) {
        assertThat(said.code()).as(said.toString()).isEqualTo(2);
        assertThat(said.out()).as(said.toString()).isEmpty();
        assertThat(said.err()).as(said.toString()).contains(named).doesNotContain("Exception", "\tat ");
    }

    private static List<String> base(CommandSpec command) {
        List<String> words = new ArrayList<>(verbs(command));
        if (command.findOption("--config") != null) {
            words.addAll(List.of("--config", config.toString()));
        }
        return words;
    }

    /** With what it cannot do without; the one of this name is this value. */
    private static List<String> needed(CommandSpec command, String name, String value) {
        List<String> words = base(command);
        Set<ArgGroupSpec> chosen = new HashSet<>();
        for (ArgSpec argument : command.args()) {
            boolean isIt = argument.paramLabel().equals(name)
                    || (argument instanceof OptionSpec option
                            && option.longestName().equals(name));
            boolean isAnother = argument.group() != null && !chosen.add(outermost(argument.group()));
            boolean isLeft = !isIt
                    && argument.group() != null
                    && outermost(argument.group()).multiplicity().min() == 0;
            if ((isIt && argument.isPositional()) || (argument.required() && !isAnother && !isLeft)) {
                if (argument instanceof OptionSpec option) {
                    words.add(option.longestName());
                }
                if (argument.arity().max() > 0) {
                    words.add(isIt ? value : first(argument));
                }
            }
        }
        return words;
    }

    private static ArgGroupSpec outermost(ArgGroupSpec group) {
        return group.parentGroup() == null ? group : outermost(group.parentGroup());
    }

    private static String first(ArgSpec argument) {
        Iterable<String> taken = argument.completionCandidates();
        String label = argument.paramLabel();
        return taken != null ? taken.iterator().next() : KNOWN.getOrDefault(label, "x");
    }

    private static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option ->
                        !Set.of("--help", "--version", "--config", "--lang").contains(option.longestName()))
                .toList();
    }

    private static List<String> verbs(CommandSpec command) {
        List<String> words = List.of(command.qualifiedName(" ").split(" ", -1));
        return words.subList(1, words.size());
    }

    private static Stream<CommandLine> below(CommandLine command) {
        return command.getSubcommands().values().stream().flatMap(each -> Stream.concat(Stream.of(each), below(each)));
    }

    private static List<String> and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toList();
    }

    private static Said run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(
                words.toArray(String[]::new), new HubWiring(), new PrintWriter(out, true), new PrintWriter(err, true));
        return new Said(words, code, out.toString(), err.toString());
    }
}
