package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Messages;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditRuleTest {
    @ParameterizedTest
    @EnumSource(AuditRule.class)
    void every_rule_says_what_it_means_and_what_to_do_in_both_languages(AuditRule rule) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            assertThat(Messages.in(language).text("audit." + rule.word(), Map.of()))
                    .doesNotContain("audit.", "{");
            assertThat(Messages.in(language).text("audit." + rule.word() + ".todo", Map.of()))
                    .doesNotContain("audit.", "{");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fuel",
                "divisor",
                "guarantee",
                "numbers",
                "scans",
                "discounts",
                "discount",
                "list-price",
                "minimums",
                "accessorials",
                "zone-chart",
                "zones"
            })
    void what_was_not_checked_has_words(String what) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            assertThat(Messages.in(language).text("audit.not-checked." + what, "value", "W"))
                    .doesNotContain("audit.", "{");
        }
    }
}
