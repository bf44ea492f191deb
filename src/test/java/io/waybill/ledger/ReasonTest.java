package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Messages;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTest {
    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_says_what_happened_what_it_means_and_what_to_do_in_both_languages(Reason reason) {
        for (String part : List.of("happened", "means", "todo")) {
            String key = "exception." + reason.code() + "." + part;
            for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
                assertThat(Messages.in(language).text(key, Map.of())).doesNotContain(key, "{");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void every_reason_has_a_fact_that_settles_it_and_its_default_stands_in_the_settings_file(Reason reason)
            throws IOException {
        assertThat(reason.facts()).isNotEmpty();
        assertThat(Reason.of(reason.code())).contains(reason);
        String written = Files.readString(Path.of("config/waybill.properties"))
                .lines()
                .filter(line -> line.startsWith("# exceptions.due." + reason.code() + "="))
                .findFirst()
                .orElseThrow();
        assertThat(Dues.read(Settings.of(written.substring(2)).section("exceptions.due"))
                        .of(reason))
                .isEqualTo(reason.due());
    }

    @Test
    void a_due_time_of_a_reason_that_is_not_is_refused_by_name() {
        Settings settings = Settings.of("exceptions.due.order-rejected=1h\nexceptions.due.bad-luck=1h\n");

        assertThatThrownBy(() -> Dues.read(settings.section("exceptions.due")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("exceptions.due.bad-luck");
        assertThat(Dues.read(Settings.of("exceptions.due.order-rejected=1h\n").section("exceptions.due"))
                        .of(Reason.ORDER_REJECTED))
                .isEqualTo(Duration.ofHours(1));
    }
}
