package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Reason;
import io.waybill.ledger.ShipmentState;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Pattern ASKED = Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[a-z0-9_-]+)+)\"");
    private static final Pattern FAMILY = Pattern.compile("words?\\(\\s*\"([a-z-]+)\"");

    private final Map<String, String> english = texts("portal_en.properties");
    private final Map<String, String> chinese = texts("portal_zh.properties");

    @Test
    void both_languages_have_the_same_texts_with_the_same_values() {
        assertThat(chinese.keySet()).isEqualTo(english.keySet());
        english.forEach(
                (key, text) -> assertThat(values(chinese.get(key))).as(key).isEqualTo(values(text)));
    }

    @Test
    void no_text_takes_the_place_of_another() throws IOException {
        for (String bundle : List.of("portal", "messages")) {
            for (String language : List.of("en", "zh")) {
                Path file = Path.of("src/main/resources", bundle + "_" + language + ".properties");
                assertThat(Files.readAllLines(file).stream()
                                .filter(line -> !line.startsWith("#") && line.contains("="))
                                .map(line -> line.substring(0, line.indexOf('='))))
                        .as(file.toString())
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void chinese_is_chinese_and_english_is_not() {
        english.forEach((key, text) -> {
            assertThat(text).as(key).doesNotContainPattern("\\p{IsHan}");
            if (!key.startsWith("format.") && text.replaceAll("\\{\\w+}", "").matches(".*[a-z]{4}.*")) {
                assertThat(chinese.get(key)).as(key).containsPattern("\\p{IsHan}");
            }
        });
    }

    @Test
    void a_number_stands_beside_what_it_counts_so_that_one_reads_as_well_as_two() {
        assertThat(english)
                .allSatisfy(
                        (key, text) -> assertThat(text)
                                .as(key)
                                .doesNotContainPattern(
                                        "\\{(n|documents|orders|compared|held|count)} (documents|orders|files|kinds|shipments|times|tries)\\b"));
    }

    @Test
    void no_text_is_missing_and_none_is_unused() throws IOException {
        String sources = sources();
        Set<String> families = FAMILY.matcher(sources)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        families.addAll(List.of("story", "attempt", "tracking", "delivery", "done", "failed"));
        Set<String> prefixes = Set.of("room", "frame", "today", "orders", "order", "sign-in", "format");
        Set<String> asked = ASKED.matcher(sources)
                .results()
                .map(found -> found.group(1))
                .filter(key -> english.containsKey(key) || prefixes.contains(key.substring(0, key.indexOf('.'))))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(english.keySet()).containsAll(asked);
        assertThat(english.keySet())
                .filteredOn(key -> !asked.contains(key) && !families.contains(key.substring(0, key.indexOf('.'))))
                .as("unused")
                .isEmpty();
    }

    @Test
    void whatever_came_of_a_purchase_has_a_word() {
        assertThat(english.keySet())
                .filteredOn(key -> key.startsWith("attempt."))
                .containsExactlyInAnyOrder(
                        "attempt.sending",
                        "attempt.unknown",
                        "attempt.bought",
                        "attempt.refused",
                        "attempt.not_sent",
                        "attempt.orphan",
                        "attempt.not_found",
                        "attempt.given_up");
    }

    @Test
    void services_channels_and_accounts_are_called_as_the_glossary_does() throws IOException {
        String glossary = Files.readString(Path.of("docs/glossary.md"));
        assertThat(glossary).contains("| 渠道（物流） | service |", "| 接收渠道 | channel |");
        assertThat(List.of("order.service", "field.service", "detail.service", "spend.by.service"))
                .allSatisfy(key -> assertThat(chinese.get(key)).as(key).isEqualTo("渠道"));
        assertThat(List.of("orders.channel", "detail.channel", "rollout.channel", "rollout.channels"))
                .allSatisfy(key -> assertThat(chinese.get(key)).as(key).isEqualTo("接收渠道"));
        assertThat(chinese.keySet())
                .filteredOn(key -> key.startsWith("rollout.") || key.startsWith("shadow."))
                .allSatisfy(key ->
                        assertThat(chinese.get(key).replace("接收渠道", "")).as(key).doesNotContain("渠道"));
        assertThat(glossary).contains("| 账号 | account |");
        assertThat(chinese.values()).noneMatch(text -> text.contains("账户"));
        assertThat(texts("messages_zh.properties").values()).noneMatch(text -> text.contains("账户"));
        assertThat(chinese.keySet())
                .filteredOn(key -> key.startsWith("channel."))
                .allSatisfy(key -> assertThat(glossary)
                        .contains(chinese.get(key) + " `" + key.substring("channel.".length()) + "`"));
    }

    @Test
    void the_hubs_words_have_words_for_people() {
        assertThat(english.keySet())
                .containsAll(Arrays.stream(ShipmentState.values())
                        .map(state -> "status." + state.word())
                        .toList());
        assertThat(english.keySet())
                .containsAll(Arrays.stream(Reason.values())
                        .map(reason -> "reason." + reason.code())
                        .toList());
    }

    @Test
    void a_sheet_that_is_given_back_says_the_words_of_the_pages() {
        for (String language : List.of("en", "zh")) {
            Map<String, String> pages = texts("portal_" + language + ".properties");
            texts("messages_" + language + ".properties").entrySet().stream()
                    .filter(text -> text.getKey().startsWith("sheet.status."))
                    .forEach(text -> assertThat(text.getValue())
                            .as(text.getKey())
                            .isEqualTo(pages.get(text.getKey().substring("sheet.".length()))));
        }
    }

    @Test
    void what_an_act_says_afterwards_is_said_in_words() throws IOException {
        Pattern done = Pattern.compile("done\\(\\s*\"([a-z-]+)\"|act\\(visit, \"[a-z]+\", \"([a-z-]+)\"");
        assertThat(done.matcher(sources())
                        .results()
                        .map(found -> "done." + (found.group(1) == null ? found.group(2) : found.group(1))))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(english).containsKey(key));
    }

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path root : List.of(Path.of("src/main/jte"), Path.of("src/main/java/io/waybill/portal"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    all.append(Files.readString(file)).append('\n');
                }
            }
        }
        return all.toString();
    }

    private static Set<String> values(String text) {
        return PLACEHOLDER
                .matcher(text == null ? "" : text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> texts(String file) {
        Properties properties = new Properties();
        try (InputStreamReader in =
                new InputStreamReader(TextsTest.class.getResourceAsStream("/" + file), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, value) -> texts.put((String) key, (String) value));
        return texts;
    }
}
