package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Messages;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeDoorTest {
    @ParameterizedTest
    @ValueSource(strings = {"disk-low", "backlog-too-old", "source-backlog-full"})
    void who_is_turned_away_on_a_page_is_told_of_nothing_that_only_a_call_has(String code) {
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.CHINESE}) {
            String ofTheCall = Messages.in(language).text(code + ".hint", "source", "local");
            ObjectNode error = Visit.json().put("code", code).put("hint", ofTheCall);

            assertThat(new Told(Texts.in(language)).hint(error))
                    .isNotEmpty()
                    .doesNotContain("Retry-After", "same request", "同一请求");
        }
    }
}
