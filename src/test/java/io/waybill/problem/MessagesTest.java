package io.waybill.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.CodeSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

class MessagesTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

    private final Map<String, String> english = texts("messages_en.properties");
    private final Map<String, String> chinese = texts("messages_zh.properties");

    @Test
    void every_code_has_a_text_in_both_languages() {
        List<String> codes = codes();
        assertThat(codes).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        assertThat(english.keySet()).containsAll(codes);
        assertThat(chinese.keySet()).containsAll(codes);
    }

    @Test
    void a_sentence_shows_the_beginning_of_a_value_that_is_very_long() {
        Problem problem = Problem.of(() -> "UNKNOWN_SOURCE", "source", "s".repeat(50_000), "known", "acme");
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            assertThat(problem.detail(language)).contains("sss…").hasSizeLessThan(2_100);
            assertThat(problem.sentence(language)).contains("sss…", "acme").hasSizeLessThan(4_200);
        }
        assertThat(problem.values()).containsEntry("source", "s".repeat(50_000));
    }

    @Test
    void where_nothing_is_known_nobody_is_asked_whether_it_was_meant() {
        english.forEach((key, text) -> {
            if (text.contains("{nearest}") && !key.endsWith(".hint")) {
                for (String none : List.of("-", "")) {
                    Problem problem = Problem.of(() -> key, "nearest", none);
                    assertThat(problem.sentence(Locale.ENGLISH)).as(key).doesNotContain("did you mean");
                    assertThat(problem.sentence(Locale.CHINESE)).as(key).doesNotContain("您是否", "是否指");
                }
            }
        });
    }

    @Test
    void both_languages_have_the_same_texts() {
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
    }

    @Test
    void both_languages_use_the_same_values() {
        english.forEach((key, text) ->
                assertThat(placeholders(chinese.get(key))).as(key).isEqualTo(placeholders(text)));
    }

    @Test
    void chinese_is_chinese_and_english_is_not() {
        english.forEach((key, text) -> {
            assertThat(text).as(key).doesNotContainPattern("\\p{IsHan}");
            if (text.replaceAll("\\{\\w+}", "").matches(".*[a-z]{4}.*")) {
                assertThat(chinese.get(key)).as(key).containsPattern("\\p{IsHan}");
            }
        });
    }

    @Test
    void a_text_names_no_key_twice() throws IOException {
        for (String file : List.of("/messages_en.properties", "/messages_zh.properties")) {
            try (InputStream in = MessagesTest.class.getResourceAsStream(file)) {
                List<String> keys = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.contains("=") && !line.startsWith("#"))
                        .map(line -> line.substring(0, line.indexOf('=')))
                        .toList();
                assertThat(keys).as(file).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void a_sentence_says_where_what_and_what_next() {
        Problem problem = Problem.of(() -> "UNKNOWN_FIELD", "field", "zip", "legal", "a, b", "near", "a")
                .at("/zip")
                .with("file", "orders.csv")
                .with("row", 17);
        assertThat(problem.sentence(Locale.ENGLISH))
                .isEqualTo(
                        "orders.csv, row 17: /zip there is no field \"zip\" here (expected one of: a, b). Did you mean \"a\"?");
    }

    @Test
    void a_hint_whose_value_is_not_known_is_left_out() {
        Problem problem = Problem.of(() -> "UNKNOWN_FIELD", "field", "zip", "legal", "a, b");
        assertThat(problem.hint(Locale.ENGLISH)).isNull();
        assertThat(problem.toString()).doesNotContain("?");
    }

    @Test
    void a_value_is_never_read_as_a_placeholder() {
        assertThat(Problem.of(() -> "MISSING_FIELD", "field", "{field} $1 \\").detail(Locale.ENGLISH))
                .isEqualTo("{field} $1 \\ is missing");
    }

    private static List<String> codes() {
        CodeSource home = Code.class.getProtectionDomain().getCodeSource();
        return ReflectionSupport.findAllClassesInPackage(
                        "io.waybill", type -> type.isEnum() && Code.class.isAssignableFrom(type), name -> true)
                .stream()
                .filter(type -> home.equals(type.getProtectionDomain().getCodeSource()))
                .flatMap(type -> Stream.of(type.getEnumConstants()))
                .map(constant -> ((Code) constant).code())
                .collect(Collectors.toList());
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text == null ? "" : text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> texts(String file) {
        Properties properties = new Properties();
        try (InputStream in = MessagesTest.class.getResourceAsStream("/" + file)) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }
}
