package io.waybill.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void both_languages_have_the_same_keys_with_the_same_placeholders() throws IOException {
        assertThat(placeholders("en")).isNotEmpty().isEqualTo(placeholders("zh"));
    }

    @Test
    void a_placeholder_without_a_value_is_a_mistake() {
        assertThatThrownBy(() -> Words.in(Locale.ENGLISH).say("rest.total")).hasMessageContaining("{total}");
    }

    private static Map<String, Set<String>> placeholders(String language) throws IOException {
        Properties texts = new Properties();
        try (Reader in = new InputStreamReader(
                WordsTest.class.getResourceAsStream("/demo/demo_" + language + ".properties"),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        Map<String, Set<String>> found = new TreeMap<>();
        texts.forEach((key, text) -> found.put(
                (String) key,
                Words.PLACEHOLDER
                        .matcher((String) text)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet())));
        return found;
    }
}
