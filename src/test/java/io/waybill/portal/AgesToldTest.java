package io.waybill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesToldTest {
    @ParameterizedTest
    @CsvSource({
        "PT30S,0 min,0 分钟",
        "PT59M,59 min,59 分钟",
        "PT1H,1 h,1 小时",
        "PT47H,47 h,47 小时",
        "P2D,2 d,2 天",
        "P100D,100 d,100 天"
    })
    void an_age_is_told_in_its_largest_unit(Duration age, String english, String chinese) {
        assertThat(in(Locale.ENGLISH).age(age)).isEqualTo(english);
        assertThat(in(Locale.CHINESE).age(age)).isEqualTo(chinese);
    }

    private static Formats in(Locale language) {
        return new Formats(Texts.in(language), language);
    }
}
