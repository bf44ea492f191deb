package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of two rows that are alike in all that decides between them nobody can tell which counts: the second is told, and nothing is charged by either. */
class AlikeSheetRowsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void a_small_sheet() throws IOException {
        write("services.csv", "service,currency\nground,USD\nair,USD\n");
        write("zones.csv", "country,postal,zone\nUS,,far\nUS,787,near\n");
        write("rates.csv", "service,up_to_kg,near,far\nground,1,6,10\nair,1,16,20\n");
    }

    @Test
    void a_surcharge_that_stands_twice_is_not_charged_twice_but_told() throws IOException {
        write("surcharges.csv", """
                code,type,amount,service,country,over_kg,valid_from
                RES,additional_fees,2,,,,2026-01-01
                RES,additional_fees,2,ground,,,2026-01-01
                RES,additional_fees,2,,*,,2026-01-01
                HVY,handling,3,,,1,
                HVY,handling,4,,,1.0,
                RES,additional_fees,3,,,,2026-07-01
                """);

        assertThat(told())
                .satisfiesExactly(
                        first -> assertThat(first).contains("surcharges.csv:4", "RES"),
                        second -> assertThat(second).contains("surcharges.csv:6", "HVY"));
    }

    @Test
    void a_week_of_fuel_or_a_discount_that_stands_twice_is_told_whenever_it_ends() throws IOException {
        write("fuel.csv", """
                valid_from,valid_to,percent,service
                2026-11-16,,10,
                2026-11-16,,10,air
                2026-11-16,2026-11-22,11,
                2026-11-23,,12,
                """);
        write("discounts.csv", """
                percent,service,zone,valid_from
                10,,,
                10,ground,,
                10,,near,
                20,,near,2026-11-01
                30,,near,
                """);

        assertThat(told())
                .satisfiesExactly(
                        fuel -> assertThat(fuel).contains("fuel.csv:4", "2026-11-16"),
                        discount -> assertThat(discount).contains("discounts.csv:6", "near"));
    }

    @Test
    void a_step_that_stands_twice_from_one_day_on_is_told_whenever_it_ends() throws IOException {
        write("rates.csv", """
                service,up_to_kg,valid_from,valid_to,near,far
                ground,1,2026-01-01,,6,10
                ground,1.0,2026-01-01,2026-12-31,7,11
                ground,1,2026-07-01,,7,11
                """);

        assertThat(told()).singleElement().satisfies(step -> assertThat(step).contains("rates.csv:3", "ground 1"));
    }

    @Test
    void a_place_that_has_two_zones_is_told_and_one_that_has_its_zone_twice_is_not() throws IOException {
        write("zones.csv", """
                country,postal,zone,service,from_country,from_postal,valid_from
                US,,far,,,,
                US,786-787,near,,,900-901,
                US,787 788,near,,,901,
                US,788-789,far,,,901 902,
                US,789,near,air,,901,
                US,789,near,,US,901,
                US,789,near,,,901,2026-11-01
                US,,near,,*,,
                """);

        assertThat(told())
                .satisfiesExactly(
                        place -> assertThat(place).contains("zones.csv:5", "US 788", "901"),
                        everywhere -> assertThat(everywhere).contains("zones.csv:9", "US"));
    }

    @Test
    void a_zone_whose_column_stands_twice_is_told() throws IOException {
        write("rates.csv", "service,up_to_kg,near, near\nground,1,6,10\n");

        assertThat(told())
                .singleElement()
                .satisfies(column -> assertThat(column).contains("rates.csv:1", "near"));
    }

    @Test
    void a_discount_of_a_zone_that_is_none_of_the_sheets_is_told() throws IOException {
        write("discounts.csv", "percent,zone\n10,near\n20,nere\n");

        assertThat(told())
                .singleElement()
                .satisfies(zone -> assertThat(zone).contains("discounts.csv:3", "zone=\"nere\"", "far, near"));
    }

    @Test
    void a_service_that_has_no_row_of_fuel_beside_others_is_told_in_both_languages() throws IOException {
        write("fuel.csv", "valid_from,percent,service\n2026-11-16,10,ground\n");
        Problem problem = problems().get(0);

        assertThat(told()).singleElement().satisfies(fuel -> assertThat(fuel).contains("fuel.csv", "air"));
        assertThat(problem.hint(Locale.ENGLISH)).contains("percent 0");
        assertThat(problem.hint(Locale.CHINESE)).contains("percent 0");
        write("fuel.csv", "valid_from,percent,service\n2026-11-16,10,ground\n2026-11-16,0,air\n");
        assertThat(RateSheet.read(folder).fuels()).hasSize(2);
    }

    private List<String> told() {
        return problems().stream().map(Problem::toString).toList();
    }

    private List<Problem> problems() {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder));
        return refused == null ? List.of() : refused.problems();
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
