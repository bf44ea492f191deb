package io.waybill.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhrasesTest {
    private static final Path SOURCES = Path.of("src/main/java/io/waybill");

    /** Whoever says last what a setting is to be; what is wrong with a mapping or a described carrier is said in their own words. */
    private static final Pattern CALL =
            Pattern.compile("(?<!faults\\.)(?<=[.\\s])(?:(?<=\\.)bad|badSecret|digits|mailer|fitting)\\(");

    private static final Pattern PROSE = Pattern.compile("(?<![,;|]) [A-Za-z]*[a-z]|[a-z] [A-Z]");

    @Test
    void what_a_setting_is_to_be_is_said_in_chinese_too() throws IOException {
        Set<String> phrases = phrases();

        assertThat(phrases).hasSizeGreaterThan(50);
        assertThat(phrases).allSatisfy(phrase -> assertThat(chinese(phrase)).containsPattern("\\p{IsHan}"));
        assertThat(phrases)
                .allSatisfy(phrase -> assertThat(said(phrase, Locale.ENGLISH)).endsWith("(expected " + phrase + ")"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a whole number",
                "a decimal number",
                "a whole number, such as 500",
                "a whole number above 0, such as 60s",
                "a regular expression, such as .*\\.csv",
                "no comment behind --, which would take all that follows with it: /* ... */",
                "true or false",
                "a duration such as 500ms, 20s, 5m, 2h or 30d, at most 36500d",
                "durations such as 15m,24h, each at most 36500d",
                "SCRAM-SHA-512, or tls"
            })
    void what_every_setting_of_a_kind_is_to_be_is_said_in_chinese_too(String phrase) {
        assertThat(chinese(phrase)).containsPattern("\\p{IsHan}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a whole number from 0 to 65535                  | 0 到 65535 的整数
            100ms or more                                   | 100ms 或更多
            account:service with one of the accounts a, b   | 账号:渠道，账号为以下之一：a, b
            test, production                                | test, production
            a list of what is good, or more                 | a list of what is good, or more
            0.5 to 99                                       | 0.5 到 99
            today to 7 days from now                        | today to 7 days from now
            6 to 11 digits                                  | 6 to 11 digits
            1 to 999: how many there are                    | 1 to 999: how many there are
            Door to Door                                    | Door to Door
            [A-Z]{2} or more                                | [A-Z]{2} or more
            """)
    void its_values_stay_and_so_does_what_is_no_phrase(String english, String chinese) {
        assertThat(chinese(english)).contains("应为：" + chinese);
    }

    private static String chinese(String legal) {
        return said(legal, Locale.CHINESE);
    }

    private static String said(String legal, Locale language) {
        return Problem.of(() -> "BAD_SETTING", "key", "k", "value", "v", "legal", legal)
                .sentence(language);
    }

    private static Set<String> phrases() throws IOException {
        Set<String> phrases = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String code = Files.readString(file);
                CALL.matcher(code)
                        .results()
                        .map(call -> text(last(code, call.end()), code))
                        .filter(text -> PROSE.matcher(text).find())
                        .forEach(phrases::add);
            }
        }
        return phrases;
    }

    /** The last argument of a call, in the parts that are added up. */
    private static List<String> last(String code, int begin) {
        List<String> parts = new ArrayList<>();
        int depth = 1;
        int from = begin;
        for (int i = begin; depth > 0; i++) {
            char at = code.charAt(i);
            if (at == '"') {
                do {
                    i += code.charAt(i) == '\\' ? 2 : 1;
                } while (code.charAt(i) != '"');
            } else if (at == '(' || at == '{') {
                depth++;
            } else if (at == ')' || at == '}') {
                depth--;
            }
            if (depth == 0 || depth == 1 && (at == ',' || at == '+')) {
                parts.add(code.substring(from, i).strip());
                from = i + 1;
                if (at == ',') {
                    parts.clear();
                }
            }
        }
        return parts;
    }

    private static String text(List<String> parts, String code) {
        StringBuilder text = new StringBuilder();
        for (String part : parts) {
            Matcher constant = Pattern.compile("String " + Pattern.quote(part) + " =\\s*(\"[^;]*\");")
                    .matcher(code);
            String said = part.matches("[A-Z]+") && constant.find() ? constant.group(1) : part;
            text.append(said.startsWith("\"") ? said.substring(1, said.length() - 1) : "7");
        }
        return text.toString();
    }
}
