package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetTest {
    @ParameterizedTest
    @CsvSource({
        "+08:00, +08:00",
        "-5:30, -05:30",
        "-05.00, -05:00",
        "+5.5, +05:30",
        "5.75, +05:45",
        "-3.5, -03:30",
        "+5.30, +05:30",
        "+5.50, +05:30",
        "+12.45, +12:45",
        "+8.0, +08:00",
        "+8, +08:00",
        "8, +08:00",
        "0800, +08:00",
        "-0500, -05:00",
        "UTC+8, +08:00",
        "GMT +5:30, +05:30",
        "gmt-5, -05:00",
        "-300, -05:00",
        "-420, -07:00",
        "60, +01:00",
        "Z, Z",
        "'', Z",
        "+25:00, Z",
        "Berlin, Z"
    })
    void it_is_read_in_each_way_carriers_write_it(String told, String offset) {
        assertThat(Offset.of(told).getId()).isEqualTo(offset);
    }
}
