package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTimeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ScanTime ANYBODY = ScanTime.by("anybody");
    private static final ScanTime GLOBAL = ScanTime.american("global");
    private static final ScanTime HOME = ScanTime.ofTheUs("home");

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
        "2026/1/5 8:05:09, 2026-01-05T08:05:09+01:00",
        "2026-7-24 08:05, 2026-07-24T08:05+02:00",
        "2026.11.24 10:00, 2026-11-24T10:00+01:00",
        "20261124T100005, 2026-11-24T10:00:05+01:00",
        "24.11.2026 10:00, 2026-11-24T10:00+01:00",
        "1.7.2026, 2026-07-01T00:00+02:00",
        "2026-11-24, 2026-11-24T00:00+01:00",
        "2026-11-24t10:00:00Z, 2026-11-24T10:00Z",
        "2026-11-24T24:00, 2026-11-25T00:00+01:00",
        "11/30/2026 04:52 PM, 2026-11-30T16:52+01:00",
        "30/11/2026 4:52 PM, 2026-11-30T16:52+01:00",
        "11/11/2026 12:05 a.m., 2026-11-11T00:05+01:00",
        "2026-11-24 4:52:10 PM, 2026-11-24T16:52:10+01:00",
        "2026-11-24 12:00 PM, 2026-11-24T12:00+01:00",
        "2026-11-24T04:52:10am, 2026-11-24T04:52:10+01:00",
        "2026-11-24 16:52 PM, 2026-11-24T16:52+01:00",
        "2026-11-24 4:52 PM UTC, 2026-11-24T16:52Z",
        "2026-11-24 10:00 CEST, 2026-11-24T10:00+02:00",
        "2026-11-24 10:00 Asia/Tokyo, 2026-11-24T10:00+09:00",
        "2026-11-24T10:00:05-06:00[America/Chicago], 2026-11-24T10:00:05-06:00",
        "2026-11-24T10:00:05Z[UTC], 2026-11-24T10:00:05Z",
        "2026-11-24T10:00:05.12z[Etc/UTC], 2026-11-24T10:00:05.120Z",
        "2026-11-24T10:00:05Z (UTC), 2026-11-24T10:00:05Z",
        "2026-11-24T10:00:05 GMT-0600 (CST), 2026-11-24T10:00:05-06:00",
        "2026-11-24 10:00 (HKT), 2026-11-24T10:00+08:00",
        "1795510805, 2026-11-24T10:00:05+01:00",
        "1795510805123, 2026-11-24T10:00:05.123+01:00",
    })
    void a_time_is_read_however_it_is_written(String told, String at) {
        assertThat(ANYBODY.read(told, BERLIN)).map(Object::toString).hasValue(at);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-24Tnoon",
                "2026-11-24T",
                "2026-11-24 25:61",
                "2026-11-24 16:52 AM",
                "2026-11-24 10:00#",
                "20261124T0#"
            })
    void a_day_whose_time_cannot_be_read_is_its_midnight(String told) {
        assertThat(ANYBODY.read(told, BERLIN)).map(Object::toString).hasValue("2026-11-24T00:00+01:00");
    }

    @ParameterizedTest
    @CsvSource({
        "11/12/2026 04:52 PM EST, 2026-11-12T16:52-05:00, 2026-11-12T16:52-05:00",
        "07/12/2026 4:52 PM ET, 2026-07-12T16:52-04:00, 2026-07-12T16:52-04:00",
        "2026-07-12 16:52 pdt, 2026-07-12T16:52-07:00, 2026-07-12T16:52-07:00",
        "2026-11-24 10:00 CST, 2026-11-24T10:00+01:00, 2026-11-24T10:00-06:00",
        "2026-11-24 10:00 AST, 2026-11-24T10:00+01:00, 2026-11-24T10:00-04:00",
    })
    void an_american_carrier_writes_the_month_first_and_means_its_own_clocks(String told, String global, String home) {
        assertThat(GLOBAL.read(told, BERLIN)).map(Object::toString).hasValue(global);
        assertThat(HOME.read(told, BERLIN)).map(Object::toString).hasValue(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CST", "EST", "IST", "BST", "XYZ", "Mars/Olympus"})
    void the_hour_of_a_zone_that_may_be_another_is_kept_as_that_of_the_place_and_said(String zone) {
        ScanTime carrier = ScanTime.by("zones-" + zone);

        assertThat(carrier.read("2026-11-24 4:52 PM " + zone, BERLIN))
                .map(Object::toString)
                .hasValue("2026-11-24T16:52+01:00");
        assertThat(UnknownCodes.of("zones-" + zone))
                .containsExactly(new UnknownCodes.Seen("zones-" + zone, "zones", zone, 1));
    }

    @Test
    void the_place_is_asked_where_greenwich_is_told_by_clocks_nobody_knows() {
        assertThat(ANYBODY.read("2026-11-24 10:00 IST", "2026-11-24 15:30", ZoneOffset.ofHours(5)))
                .map(Object::toString)
                .hasValue("2026-11-24T15:30+05:00");
        assertThat(ANYBODY.read("2026-11-24 4:30 PM", "2026-11-24 9:30 PM", ZoneOffset.ofHours(5)))
                .map(Object::toString)
                .hasValue("2026-11-24T21:30+05:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0#",
                "T10:00",
                "2026-13-24",
                "tomorrow",
                "true",
                "176406480",
                "171101234567",
                "11/12/2026 10:00 AM",
                "13/13/2026",
                "0/1/2026"
            })
    void what_names_no_day_is_no_time(String told) {
        assertThat(ANYBODY.read(told, BERLIN)).isEmpty();
    }
}
