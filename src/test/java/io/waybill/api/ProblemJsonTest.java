package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProblemJsonTest {
    @Test
    void a_carrier_that_says_nothing_is_not_titled_as_a_failure_of_the_hub() {
        Problem silent = Problem.of(ApiCode.CARRIER_SILENT, "account", "ups", "why", "timeout");
        for (Locale language : List.of(Locale.ENGLISH, Locale.CHINESE)) {
            String failed = title(500, language);
            assertThat(Statuses.of(List.of(silent))).isEqualTo(502);
            assertThat(title(502, language)).isNotEqualTo(failed).isNotBlank();
            assertThat(title(501, language)).isNotEqualTo(failed).isNotBlank();
        }
    }

    @Test
    void an_address_that_cannot_be_read_says_what_an_address_is() {
        assertThat(Problem.of(ApiCode.REQUEST_UNREADABLE).hint(Locale.ENGLISH)).contains("UTF-8", "U+0000");
    }

    @Test
    void the_pointer_of_a_field_with_a_very_long_name_is_its_beginning() {
        Problem problem = Problem.of(ApiCode.HUB_BUSY).at("/" + "x".repeat(500_000));
        assertThat(ProblemJson.tree(List.of(problem), 422, Locale.ENGLISH).toString())
                .contains("xxx…")
                .hasSizeLessThan(2_000);
    }

    private static String title(int status, Locale language) {
        return ProblemJson.tree(List.of(Problem.of(ApiCode.HUB_BUSY)), status, language)
                .path("title")
                .asText();
    }
}
