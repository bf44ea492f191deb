package io.waybill.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write_the_file() throws IOException {
        file = folder.resolve("waybill.properties");
        Files.writeString(file, """
                # where it listens
                http.port=8080
                http.host = 127.0.0.1
                account.ups-acme.mode=tset
                account.dhl.mode=production
                poll.every=5m
                names = 甲, 乙,,
                blank=
                """);
    }

    @Test
    void a_missing_key_is_named_in_full() {
        assertThatThrownBy(
                        () -> read(Map.of()).section("account").section("dhl").required("apiKey"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the setting account.dhl.apiKey is missing")
                .hasMessageContaining(file.toString());
    }

    @Test
    void an_unknown_key_is_refused_by_file_and_line() {
        Section http = read(Map.of()).section("http");
        assertThat(http.number("port", 1)).isEqualTo(8080);
        assertThatThrownBy(http::close)
                .hasMessageContaining(file + ":3: nobody reads the setting http.host (expected one of: port)");
        http.required("host");
        http.close();
    }

    @Test
    void a_bad_value_is_refused_by_file_and_line() {
        assertThatThrownBy(() -> read(Map.of()).section("account").flag("ups-acme.mode", true))
                .hasMessageContaining(
                        file + ":4: account.ups-acme.mode=\"tset\" cannot be used (expected true or false)");
    }

    @Test
    void the_environment_goes_over_the_file_and_a_command_over_the_default() {
        assertThat(read(Map.of("WAYBILL_HTTP_PORT", "9090")).section("http").number("port", 1))
                .isEqualTo(9090);
        assertThat(read(Map.of("WAYBILL_ACCOUNT_UPS_ACME_MODE", "test"))
                        .section("account.ups-acme")
                        .get("mode", ""))
                .isEqualTo("test");
        assertThat(Settings.read(file, Map.of(), Map.of("http.port", "1234"))
                        .section("http")
                        .number("port", 1))
                .isEqualTo(1234);
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "20s, PT20S", "5m, PT5M", "2h, PT2H", "30d, PT720H", "36500d, PT876000H"})
    void durations_are_written_with_their_unit(String text, Duration duration) {
        assertThat(Settings.of("every=" + text).section("").duration("every", Duration.ZERO))
                .isEqualTo(duration);
    }

    @ParameterizedTest
    @CsvSource({"5", "5 m", "m", "5y", "1.5h", "-1h", "+1h", "1000000000s", "999999999999999999d"})
    void anything_else_is_no_duration(String text) {
        assertThatThrownBy(() -> Settings.of("every=" + text).section("").duration("every", Duration.ZERO))
                .hasMessageContaining("waybill.properties:1: every=\"" + text + "\" cannot be used");
    }

    @ParameterizedTest
    @CsvSource({"36501d", "876001h", "999999999d"})
    void a_duration_that_overflows_where_it_is_counted_is_refused_with_the_longest(String text) {
        Section section = Settings.of("every=" + text).section("");

        assertThatThrownBy(() -> section.duration("every", Duration.ZERO))
                .hasMessageContaining("every=\"" + text + "\" cannot be used")
                .hasMessageContaining("at most 36500d");
        assertThatThrownBy(() -> section.durations("every", List.of())).hasMessageContaining("at most 36500d");
    }

    @Test
    void names_lists_and_blanks() {
        Settings settings = read(Map.of());
        assertThat(settings.section("account").names()).containsExactly("dhl", "ups-acme");
        assertThat(settings.section("").list("names")).containsExactly("甲", "乙");
        assertThat(settings.section("").optional("blank")).isEmpty();
        assertThat(settings.section("").decimal("none", "1.5")).isEqualTo("1.5");
    }

    @Test
    void a_variable_of_ours_that_nobody_asks_for_is_named() {
        Settings settings = Settings.of(
                "account.ups.secret=env:WAYBILL_UPS_SECRET",
                Map.of(
                        "WAYBILL_HTTP_PORT", "1",
                        "WAYBILL_HTP_PORT", "2",
                        "WAYBILL_ACCOUNT_DHL_SECRET", "s",
                        "WAYBILL_UPS_SECRET", "s",
                        "WAYBILL_LOG_LEVEL", "DEBUG",
                        "PATH", "/bin"));
        settings.section("waybill.http").number("port", 0);
        settings.section("account.ups").secret("secret");

        assertThat(settings.unreadVariables())
                .extracting(Problem::toString)
                .allMatch(told -> told.contains("No setting is read from the environment variable"))
                .satisfiesExactly(
                        first -> assertThat(first).contains("WAYBILL_ACCOUNT_DHL_SECRET"),
                        second -> assertThat(second).contains("WAYBILL_HTP_PORT"));
    }

    @Test
    void a_key_that_is_set_twice_is_the_last_one_and_told_with_both_its_lines() throws IOException {
        String text = Files.readString(file)
                + "list=a,\\\n  http.host=b\n! names=c\naccount.dhl.mode = sandbox\nhttp.port:9090\n";
        Files.writeString(file, text);

        Settings settings = read(Map.of());

        assertThat(settings.warnings())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        file
                                + ":12: account.dhl.mode is set twice, first in line 5, and this is what holds. Remove the other.",
                        file
                                + ":13: http.port is set twice, first in line 2, and this is what holds. Remove the other.");
        assertThat(settings.value("http.port")).contains("9090");
    }

    @Test
    void a_comment_behind_a_value_is_part_of_it_and_is_warned_of() throws IOException {
        Files.writeString(file, """
                hub.url=https://hub.example.com      # for the links
                defaults.shipFrom.line2=Suite # 4
                #   account.ups.mode=test            # then production
                sink.oms.namespaces=acme\t# and globex
                """);

        assertThat(read(Map.of()).warnings())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        file + ":1: what stands behind # is part of the value of hub.url. "
                                + "A comment stands in a line of its own.",
                        file + ":4: what stands behind # is part of the value of sink.oms.namespaces. "
                                + "A comment stands in a line of its own.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hub.url=        # none yet | true",
                "hub.url        # none yet | true",
                "sink.oms.secret=env:OMS_SECRET # as agreed | true",
                "sink.oms.secret = file:/run/oms  # as agreed | true",
                "source.a.password=abc#1 | false",
                "source.a.colour=  #ff8800 | false",
                "hub.url=https://hub.example.com/#/orders | false",
                "defaults.shipFrom.line2=Suite # 4 | false",
                "! hub.url=x    # off | false"
            })
    void what_looks_like_a_comment_behind_a_value_is_told_from_a_sign_within_it(String line, boolean warned)
            throws IOException {
        Files.writeString(file, line + "\n");

        assertThat(read(Map.of()).warnings()).hasSize(warned ? 1 : 0);
    }

    @Test
    void a_path_of_windows_with_single_backslashes_is_warned_of_by_its_line() throws IOException {
        Files.writeString(file, """
                waybill.data=C:\\temp\\waybill
                good.path=C:\\\\orders\\\\in
                good.share=\\\\\\\\server\\\\in
                good.list=a,\\
                  b
                # C:\\temp
                good.tab=a\\tb
                pattern = (?i).*\\.csv
                """);

        Settings settings = read(Map.of());

        assertThat(settings.warnings())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder(
                        file + ":1: a single backslash is no part of the value of waybill.data. "
                                + "Write it twice, as in C:\\\\orders, or use / in paths.",
                        file + ":8: a single backslash is no part of the value of pattern. "
                                + "Write it twice, as in C:\\\\orders, or use / in paths.");
        Files.writeString(file, "\uFEFFwaybill.data=C:\\temp\n");
        assertThat(read(Map.of()).warnings()).singleElement().asString().contains("waybill.data");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_first_key() throws IOException {
        Files.writeString(file, "\uFEFF# as Windows saves it\n");
        assertThat(read(Map.of()).names()).isEmpty();

        Files.writeString(file, "\uFEFFhttp.port=9090\n");
        assertThat(read(Map.of()).value("http.port")).contains("9090");
    }

    @Test
    void a_file_that_is_not_utf8_is_told_as_that() throws IOException {
        Files.write(file, "name=M\u00FCller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(Map.of())).hasMessageContaining("the settings file is not UTF-8");
    }

    @Test
    void of_problems_that_name_no_setting_all_are_told_of_the_whole_file_too() {
        Problem first = Problem.of(SettingsCode.UNKNOWN_SETTING, "known", "a");
        Problem second = Problem.of(SettingsCode.UNKNOWN_SETTING, "known", "b");

        assertThatThrownBy(() -> read(Map.of()).section("").whole(all -> {
                    throw new ProblemException(List.of(first, second));
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        all -> assertThat(all.problems()).containsExactly(first, second));
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> Settings.read(folder.resolve("none"), Map.of(), Map.of()))
                .hasMessageContaining("the settings file cannot be read")
                .hasMessageContaining("none");
    }

    private Settings read(Map<String, String> environment) {
        return Settings.read(file, environment, Map.of());
    }
}
