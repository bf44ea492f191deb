package io.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ProjectPages;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.ParameterException;

/** Each command that a page or an answer of the hub tells somebody to type is one, with the options it is told with. */
class CommandsInTextsTest {
    private static final String LAUNCHER = "(?:\\./|/opt/waybill/)waybill ";
    private static final Pattern WORD_OF_CODE = Pattern.compile("(?<!`)`" + LAUNCHER + "([^`]+)`(?!`)");
    private static final Pattern LINE_OF_CODE = Pattern.compile("(?m)^[^`\\n]*?(?<![\\w'])" + LAUNCHER + "([^`\\n]+)$");
    private static final Pattern IN_A_SENTENCE =
            Pattern.compile("\\./waybill ((?:--)?[a-z{][a-z}-]*(?: (?:--)?(?:[a-z-]+|\\{[a-z]+}))*)");
    private static final Pattern WORD = Pattern.compile("'[^']*'|\\S+");

    @Test
    void every_command_of_a_page_is_one() {
        List<String> wrong = new ArrayList<>();
        ProjectPages.all()
                .forEach((page, text) -> Stream.of(WORD_OF_CODE, LINE_OF_CODE)
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .flatMap(found -> Stream.of(found.group(1).split("&& (?:\\./waybill )?", -1)))
                        .filter(typed -> !typed.startsWith("bench faults")
                                && !refusal(typed).isEmpty())
                        .forEach(typed -> wrong.add(page + ": ./waybill " + typed + ": " + refusal(typed))));

        assertThat(wrong).isEmpty();
    }

    @Test
    void every_command_of_an_answer_is_one() {
        List<String> wrong = new ArrayList<>();
        Map<String, String> answers = ProjectPages.answers();
        answers.forEach((bundle, text) -> IN_A_SENTENCE
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(typed -> !refusal(verbs(typed)).isEmpty())
                .forEach(typed -> wrong.add(bundle + ": ./waybill " + typed + ": " + refusal(verbs(typed)))));

        assertThat(answers).hasSize(5);
        assertThat(wrong).isEmpty();
    }

    /** What stands before the sentence goes on: verbs, values in braces, options. */
    private static String verbs(String typed) {
        return typed.replaceAll(
                "(?<=^check|^run|--done|--mark|^keys list|^keys create|^account list|delivery-parked) .*", "");
    }

    /** Why a command is none, else nothing. That an example leaves out what is needed, or names alternatives, is no reason. */
    private static String refusal(String typed) {
        String line = typed.replaceAll("\\s#.*", "").replaceAll("…", "").replaceAll("[\\[\\]]|\\\\$| \\| ", " ");
        String[] words = Commands.asked(WORD.matcher(line)
                .results()
                .map(word -> word.group().replaceFirst("(?<=.)\\|.*", "").replaceFirst("^N$", "1"))
                .toArray(String[]::new));
        Wiring none = (Wiring) Proxy.newProxyInstance(
                Wiring.class.getClassLoader(), new Class<?>[] {Wiring.class}, (proxy, method, arguments) -> null);
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        try {
            Commands.line(words, none, new Terminal(Locale.ENGLISH, nowhere, nowhere))
                    .parseArgs(words);
            return "";
        } catch (MissingParameterException | MutuallyExclusiveArgsException e) {
            return "";
        } catch (ParameterException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
