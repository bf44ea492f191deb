package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.order.Orders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AutomatonTest {
    private static final List<String> PATTERNS = new Orders()
            .schema("order/1").findValues("pattern").stream()
                    .map(JsonNode::asText)
                    .distinct()
                    .toList();
    private static final Map<String, Automaton> TABLES = new HashMap<>();
    private static final Pattern BEYOND = Pattern.compile("\\\\u(?!00[0-7])");
    private static final String LETTERS = "aZ09.-_: @+TZ/\t\u0001é中0123456789ground";

    @Test
    void every_pattern_of_the_order_is_a_table() {
        assertThat(PATTERNS)
                .isNotEmpty()
                .allSatisfy(
                        pattern -> assertThat(Automaton.of(pattern)).as(pattern).isNotNull());
        assertThat(List.of("a", "^a", "^(?=a)a$", "^.$", "^a*?$", "^\\w$", "^[a&&b]$", "^a{2,1000}$"))
                .allSatisfy(
                        pattern -> assertThat(Automaton.of(pattern)).as(pattern).isNull());
    }

    @Property(tries = 150)
    void a_table_and_its_pattern_say_the_same(@ForAll Random random) {
        List<String> near =
                List.of("2026-11-24T09:30:00.5+01:00", "12.50", "USD", "US", "dhl:V01", "a@b.c", "6109 10", "SO-1");
        StringBuilder text = new StringBuilder(near.get(random.nextInt(near.size())));
        for (int changes = random.nextInt(3); changes > 0 && !text.isEmpty(); changes--) {
            text.setCharAt(random.nextInt(text.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
            text.setLength(text.length() - random.nextInt(2));
        }
        for (String pattern : PATTERNS) {
            boolean table = table(pattern).accepts(text.toString());
            boolean isLeft =
                    !table && BEYOND.matcher(pattern).find() && !text.chars().allMatch(c -> c < 128);
            assertThat(isLeft || table == Pattern.compile(pattern).matcher(text).find())
                    .as(pattern + " of " + text)
                    .isTrue();
        }
    }

    @Test
    void characters_beyond_ascii_that_are_told_apart_are_left_to_the_pattern() {
        assertThat(List.of("SO-1", "~"))
                .allSatisfy(text -> assertThat(table("^[^\\u0080-\\u009f]*$").accepts(text))
                        .as(text)
                        .isTrue());
        assertThat(List.of("SO-é", "SO-\u0085"))
                .allSatisfy(text -> assertThat(table("^[^\\u0080-\\u009f]*$").accepts(text))
                        .as(text)
                        .isFalse());
        assertThat(table("^[y-\\u00ff]*$").accepts("yz~")).isTrue();
        assertThat(table("^[y-\\u00ff]*$").accepts("zé")).isFalse();
        assertThat(table("^[^y]*$").accepts("é中")).isTrue();
    }

    private static Automaton table(String pattern) {
        return TABLES.computeIfAbsent(pattern, built -> Objects.requireNonNull(Automaton.of(built)));
    }
}
