package io.waybill.carrier.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrackingNumberTest {
    @Test
    void follows_the_published_gs1_example() {
        // GS1's own worked example, GTIN-14 body 0629104150021 with check digit 3, has the same weights from the right
        assertThat(TrackingNumber.of("06", 29104150021L)).isEqualTo("WB06291041500213");
    }

    @Test
    void every_single_wrong_digit_is_found() {
        String number = TrackingNumber.of("20", 1234567);
        assertThat(number).hasSize(16);
        assertThat(isValid(number)).isTrue();
        for (int at = 2; at < number.length(); at++) {
            for (char digit = '0'; digit <= '9'; digit++) {
                String other = number.substring(0, at) + digit + number.substring(at + 1);
                assertThat(isValid(other)).as(other).isEqualTo(other.equals(number));
            }
        }
    }

    /** Its shape and its check digit are those of a number the carrier gives. */
    static boolean isValid(String number) {
        return number.matches("WB\\d{14}")
                && number.equals(TrackingNumber.of(number.substring(2, 4), Long.parseLong(number.substring(4, 15))));
    }
}
