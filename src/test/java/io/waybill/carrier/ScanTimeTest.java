package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00:05Z, 2026-11-24T10:00:05Z",
        "2026-11-24T10:00:05.123Z, 2026-11-24T10:00:05.123Z",
        "2026-11-24T10:00:05-0600, 2026-11-24T10:00:05-06:00",
        "2026-11-24T10:00:05 +05:30, 2026-11-24T10:00:05+05:30",
        "2026-11-24T10:00:05+08, 2026-11-24T10:00:05+08:00",
        "2026-11-24 10:00 UTC, 2026-11-24T10:00Z",
        "2026-11-24 10:00:05, 2026-11-24T10:00:05+01:00",
        "2026/07/24 8:05, 2026-07-24T08:05+02:00",
        "20261124T100005, 2026-11-24T10:00:05+01:00",
        "24.11.2026 10:00, 2026-11-24T10:00+01:00",
        "1.7.2026, 2026-07-01T00:00+02:00",
        "2026-11-24, 2026-11-24T00:00+01:00",
        "2026-11-24t10:00:00Z, 2026-11-24T10:00Z",
        "2026-11-24T24:00, 2026-11-25T00:00+01:00",
    })
    void a_time_is_read_however_it_is_written(String told, String at) {
        assertThat(ScanTime.of(told, BERLIN)).map(Object::toString).hasValue(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-24Tnoon", "2026-11-24T", "2026-11-24 25:61", "2026-11-24T10:00 CST", "20261124T0#"})
    void a_day_whose_time_cannot_be_read_is_its_midnight(String told) {
        assertThat(ScanTime.of(told, BERLIN)).map(Object::toString).hasValue("2026-11-24T00:00+01:00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0#", "T10:00", "2026-13-24", "tomorrow", "true", "1764064800", "1711012345"})
    void what_names_no_day_is_no_time(String told) {
        assertThat(ScanTime.of(told, BERLIN)).isEmpty();
    }
}
