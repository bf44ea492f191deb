package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.InZone;
import io.waybill.carrier.Rates.Rate;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateSheetTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");

    @TempDir
    Path folder;

    @BeforeEach
    void a_small_sheet() throws IOException {
        write("services.csv", "service,currency,days,dim_cm3_per_kg,max_kg,max_cm\nground,USD,3,5000,20,120\n");
        write(
                "zones.csv",
                "country,postal,zone,from_postal\nUS,,far,\nUS,787,near,\nUS,100-102,east,\nUS,787,home,787\n");
        write("rates.csv", """
                service,up_to_kg,valid_from,valid_to,home,near,far,east
                ground,1,2026-01-01,2026-11-30,5,6,10,
                ground,5,2026-01-01,2026-11-30,7,8,14,
                ground,5,2026-12-01,,8,9,15,
                """);
    }

    @Test
    void the_page_names_every_column_and_every_type_of_a_surcharge() throws IOException {
        String page = Files.readString(Path.of("rates/README.md"));

        assertThat(Stream.of(SheetService.NEEDED, SheetSurcharge.NEEDED, SheetSurcharge.ALLOWED, SheetSurcharge.TYPES)
                        .flatMap(List::stream))
                .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
    }

    @Test
    void the_longest_beginning_of_the_postal_code_and_the_origin_give_the_zone() throws IOException {
        assertThat(total(order("78701", "1", ""), "90001")).isEqualTo("6.00 USD");
        assertThat(total(order("78701", "1", ""), "78750")).isEqualTo("5.00 USD");
        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("10.00 USD");
    }

    @Test
    void what_names_no_ship_date_is_priced_by_the_day_it_is_where_the_hub_is() throws IOException {
        ZoneId away = Stream.of("Pacific/Kiritimati", "Pacific/Niue")
                .map(ZoneId::of)
                .filter(there -> !LocalDate.now(there).equals(LocalDate.now(ZoneOffset.UTC)))
                .findFirst()
                .orElseThrow();
        LocalDate here = LocalDate.now(away);
        write(
                "rates.csv",
                "service,up_to_kg,valid_from,valid_to,home,near,far,east\n"
                        + "ground,5,,%s,1,1,1,1\nground,5,%s,%s,2,2,2,2\nground,5,%s,,3,3,3,3\n"
                                .formatted(here.minusDays(1), here, here, here.plusDays(1)));
        try (InZone there = new InZone(away.getId())) {
            Account account = new Accounts(Settings.of("""
                            account.box.adapter=sandbox
                            account.box.baseUrl=http://127.0.0.1:1
                            account.box.rateSheet=%s
                            """.formatted(folder)).section("account"), new Carriers())
                    .find("box")
                    .orElseThrow();

            assertThat(account.rates().orElseThrow().rates(shipment(order("30301", "2", ""), "90001")))
                    .singleElement()
                    .satisfies(rate -> assertThat(String.valueOf(rate.total())).isEqualTo("2.00 USD"));
        }
    }

    @Test
    void the_table_in_force_on_the_day_counts() throws IOException {
        RateSheet sheet = RateSheet.read(folder);
        assertThat(sheet.rates(shipment(order("30301", "2", ""), "90001"), LocalDate.parse("2026-12-01")))
                .singleElement()
                .satisfies(rate -> assertThat(String.valueOf(rate.total())).isEqualTo("15.00 USD"));
        assertThat(excluded(order("30301", "2", ""), LocalDate.parse("2025-12-31")))
                .contains("no price for 2 kg");
    }

    @Test
    void an_empty_cell_of_the_newer_table_is_no_price_of_the_older_one() throws IOException {
        write("rates.csv", """
                service,up_to_kg,valid_from,near,far
                ground,5,2026-01-01,8,14
                ground,5,2026-11-01,9,
                """);

        assertThat(excluded(order("30301", "2", ""), DAY)).contains("no price for 2 kg to zone far");
        assertThat(total(order("30301", "2", ""), "78701")).isEqualTo("null");
        assertThat(total(order("78701", "2", ""), "90001")).isEqualTo("9.00 USD");
    }

    @Test
    void a_newer_table_of_other_services_leaves_a_service_its_own() throws IOException {
        write("services.csv", "service,currency\nground,USD\nair,USD\n");
        write("rates.csv", """
                service,up_to_kg,valid_from,near,far
                ground,5,2026-01-01,8,14
                air,5,2026-11-01,9,20
                """);

        assertThat(total(order("30301", "2", ""), "90001")).isEqualTo("14.00 USD");
    }

    @Test
    void rows_that_begin_on_one_day_are_one_table_whenever_they_end() throws IOException {
        write("rates.csv", """
                service,up_to_kg,valid_from,valid_to,near,far
                ground,1,2026-01-01,2026-12-31,6,10
                ground,5,2026-01-01,,8,14
                """);

        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("10.00 USD");
        assertThat(total(order("30301", "2", ""), "90001")).isEqualTo("14.00 USD");
    }

    @Test
    void any_country_may_be_written_as_a_star_where_an_empty_cell_means_it() throws IOException {
        write("zones.csv", "country,postal,zone,from_country\nUS,,far,*\n");
        write("surcharges.csv", "code,type,amount,country\nALL,handling,1,*\n");

        assertThat(parts(rate(order("30301", "1", ""), DAY))).containsExactly("shipping 10.00", "handling 1.00");
    }

    @Test
    void other_countries_zone_is_no_zone_of_a_country_that_has_its_own() throws IOException {
        write("zones.csv", "country,postal,zone,service,from_postal\nUS,,far,,\n*,,near,ground,900\n");

        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("10.00 USD");
    }

    @Test
    void a_row_for_the_country_it_is_sent_from_counts_before_one_for_any() throws IOException {
        write("zones.csv", "country,zone,from_country\nUS,far,\nUS,near,US\n");
        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("6.00 USD");
        write("zones.csv", "country,postal,zone,from_country\nUS,303,far,\nUS,,near,US\n");
        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("6.00 USD");
    }

    @Test
    void a_volume_just_beyond_a_step_is_charged_by_the_next_one_and_one_on_it_is_not() throws IOException {
        // 25 × 20 × 10 cm are 5000 cm³, 1 kg; a twentieth of a millimetre more is 0.2 g more
        String box = "\"dimensions\": {\"length\": %s, \"width\": 200, \"height\": 100, \"unit\": \"mm\"},";
        assertThat(total(order("30301", "0.5", box.formatted("250")), "90001")).isEqualTo("10.00 USD");
        assertThat(total(order("30301", "0.5", box.formatted("250.05")), "90001"))
                .isEqualTo("14.00 USD");
        write("services.csv", "service,currency,dim_in3_per_lb\nground,USD,144\n");
        write("rates.csv", "service,up_to_lb,near,far\nground,10,6,10\nground,20,8,14\n");
        // 1440 in³ are 10 lb
        String inches = "\"dimensions\": {\"length\": 12, \"width\": 12, \"height\": 10, \"unit\": \"in\"},";
        assertThat(total(order("30301", "0.5", inches), "90001")).isEqualTo("10.00 USD");
    }

    @Test
    void a_row_that_ends_sooner_is_no_price_of_a_parcel_that_a_lighter_row_of_the_same_day_has() throws IOException {
        write("rates.csv", """
                service,up_to_kg,valid_from,valid_to,near,far
                ground,1,2026-01-01,,6,10
                ground,5,2026-01-01,2026-12-31,8,14
                """);

        assertThat(total(order("30301", "1", ""), "90001")).isEqualTo("10.00 USD");
        assertThat(total(order("30301", "2", ""), "90001")).isEqualTo("14.00 USD");
    }

    @Test
    void a_week_that_was_not_added_has_the_fuel_that_counted_last() throws IOException {
        write("fuel.csv", """
                valid_from,valid_to,percent,service
                2026-01-01,2026-02-28,10,ground
                2026-11-16,2026-11-22,20,
                """);
        assertThat(parts(rate(order("30301", "1", ""), LocalDate.parse("2026-11-22"))))
                .contains("fuel_charge 2.00");
        assertThat(parts(rate(order("30301", "1", ""), DAY))).contains("fuel_charge 2.00");
    }

    @Test
    void a_service_whose_code_is_longer_than_can_be_kept_is_told() throws IOException {
        String most = "y".repeat(100);
        write("services.csv", "service,currency\n" + most + ",USD\n" + most + "y,USD\nground,USD\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder));

        assertThat(refused).isNotNull();
        assertThat(refused.problems().stream().map(Problem::toString))
                .filteredOn(told -> told.contains("service=\"yy"))
                .singleElement()
                .asString()
                .contains("services.csv:3", "length <= 100");
    }

    @Test
    void a_part_of_any_country_is_no_place_and_is_told() throws IOException {
        write("zones.csv", "country,postal,zone\nUS,,far\n*,787,near\n");
        write("areas.csv", "area,country,postal\nremote,*,995\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder));

        assertThat(refused).isNotNull();
        assertThat(refused.problems().stream().map(Problem::toString))
                .satisfiesExactly(
                        zone -> assertThat(zone).contains("zones.csv:3: postal=\"787\""),
                        area -> assertThat(area).contains("areas.csv:2: postal=\"995\""));
    }

    @Test
    void a_percentage_for_each_parcel_is_of_that_parcels_own_price() throws IOException {
        write("surcharges.csv", """
                code,type,amount,percent,per,over_kg
                ALL,additional_fees,,10,parcel,
                HVY,handling,3,50,parcel,1
                ONE,location_fee,,10,shipment,1
                """);

        // 10 + 14 + 14
        assertThat(parts(rate(order("30301", "1", "", "2", "3"), DAY)))
                .containsExactly("shipping 38.00", "additional_fees 3.80", "handling 20.00", "location_fee 3.80");
    }

    @Test
    void the_greater_of_weight_and_volume_is_charged() throws IOException {
        // 30 × 20 × 20 cm = 12000 cm³, at 5000 cm³ a kilogram 2.4 kg
        String box = "\"dimensions\": {\"length\": 300, \"width\": 200, \"height\": 200, \"unit\": \"mm\"},";
        assertThat(total(order("30301", "0.5", box), "90001")).isEqualTo("14.00 USD");
    }

    @Test
    void the_volume_is_charged_in_full_units_where_the_service_says_so() throws IOException {
        write("services.csv", "service,currency,dim_cm3_per_kg,dim_round\nground,USD,2400,up\n");
        // 12000 cm³ are 5 kg, 12020 cm³ are 5.01: no price for 6 kg
        String box = "\"dimensions\": {\"length\": %s, \"width\": 200, \"height\": 200, \"unit\": \"mm\"},";
        assertThat(total(order("30301", "0.5", box.formatted("300")), "90001")).isEqualTo("14.00 USD");
        assertThat(excluded(order("30301", "0.5", box.formatted("300.5")), DAY)).contains("no price for 6 kg");
        write("services.csv", "service,currency,dim_in3_per_lb,dim_round\nground,USD,139,up\n");
        String inches = "\"dimensions\": {\"length\": 12, \"width\": 9, \"height\": 15, \"unit\": \"in\"},";
        // 1620 in³ are 11.65 lb: 12 lb are 5.443 kg
        assertThat(excluded(order("30301", "0.5", inches), DAY)).contains("no price for 5.44310844 kg");
        write("services.csv", "service,currency,dim_round\nground,USD,down\n");
        assertThat(catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder)))
                .hasMessageContaining("dim_round");
    }

    @Test
    void a_row_that_begins_later_takes_the_place_of_one_of_the_same_conditions() throws IOException {
        write(
                "zones.csv",
                "country,postal,zone,valid_from\nUS,,far,\nUS,787,near,2026-01-01\nUS,787,home,2026-07-01\nUS,787,east,2027-01-01\n");
        assertThat(total(order("78701", "1", ""), "90001")).isEqualTo("5.00 USD");
        write("zones.csv", "country,postal,zone,valid_from\nUS,,far,2026-07-01\nUS,787,near,2026-01-01\n");
        assertThat(total(order("78701", "1", ""), "90001"))
                .as("the longer beginning counts, however old")
                .isEqualTo("6.00 USD");
        write("surcharges.csv", """
                code,type,amount,residential,over_kg,valid_from
                RES,additional_fees,2,yes,,2026-01-01
                RES,additional_fees,3,yes,,2026-07-01
                RES,additional_fees,4,yes,,2027-01-01
                RES,additional_fees,5,yes,0.50,2026-01-01
                ALL,handling,1,,,2026-01-01
                """);
        assertThat(parts(rate(order("30301", "1", ""), DAY)))
                .containsExactly("shipping 10.00", "additional_fees 3.00", "additional_fees 5.00", "handling 1.00");
    }

    @Test
    void the_fuel_of_the_service_counts_before_the_fuel_of_all() throws IOException {
        write("fuel.csv", "valid_from,valid_to,percent,service\n2026-11-23,,20,\n2026-01-01,,10,ground\n");
        assertThat(parts(rate(order("30301", "1", ""), DAY))).contains("fuel_charge 1.00");
        write("fuel.csv", "valid_from,valid_to,percent,service\n2026-01-01,,20,\n2026-02-01,2026-03-01,10,ground\n");
        assertThat(parts(rate(order("30301", "1", ""), DAY)))
                .as("its own has ended")
                .contains("fuel_charge 2.00");
    }

    @Test
    void a_discount_is_rounded_for_each_parcel() throws IOException {
        write("discounts.csv", "percent,minimum\n33.35,0\n");
        // 3.335 of 10.00 is 3.34 for each; 10.005 of all would be 10.01
        assertThat(parts(rate(order("30301", "1", "", "1", "1"), DAY)))
                .containsExactly("shipping 30.00", "discount -10.02");
    }

    @Test
    void a_surcharge_may_ask_for_what_a_parcel_weighs_beside_what_is_charged() throws IOException {
        write("surcharges.csv", "code,type,amount,over_kg,over_actual_kg\nHVY,handling,3,,2\nDIM,oversize,1,2,\n");
        String box = "\"dimensions\": {\"length\": 300, \"width\": 200, \"height\": 200, \"unit\": \"mm\"},";
        assertThat(parts(rate(order("30301", "0.5", box), DAY))).containsExactly("shipping 14.00", "oversize 1.00");
    }

    @Test
    void a_discount_fuel_and_surcharges_are_parts_of_the_price_and_the_list_price_is_without_the_discount()
            throws IOException {
        write("discounts.csv", "percent,minimum\n10,0\n");
        write("fuel.csv", "valid_from,percent\n2026-11-16,10\n2026-11-23,20\n2026-11-30,30\n");
        write("areas.csv", "area,country,postal\nremote,US,303\n");
        write("surcharges.csv", """
                code,type,amount,percent,per,fuel,area,residential,over_kg
                RES,additional_fees,2,,shipment,yes,,yes,
                REM,location_fee,,50,shipment,no,remote,,
                HVY,handling,3,,parcel,no,,,4
                """);

        Rate rate = rate(order("30301", "1", ""), DAY);

        assertThat(parts(rate))
                .containsExactly(
                        "shipping 10.00",
                        "discount -1.00",
                        "additional_fees 2.00",
                        "location_fee 4.50",
                        "fuel_charge 2.20");
        assertThat(String.valueOf(rate.total())).isEqualTo("17.70 USD");
        // 10 + 2 + 5, and 20 % of 12
        assertThat(String.valueOf(rate.list())).isEqualTo("19.40 USD");
        assertThat(rate.charges().get(4).text()).isEqualTo("20 %, 2026-11-23");
        // after the last week of the file the last one goes on
        assertThat(parts(rate(order("30301", "4.5", ""), LocalDate.parse("2027-03-01"))))
                .contains("fuel_charge 4.65", "handling 3.00");
    }

    @Test
    void a_country_is_known_however_it_is_written_and_an_area_that_is_none_of_the_sheets_is_told() throws IOException {
        write("zones.csv", "country,postal,zone,from_country\nusa,,far,us\n");
        write("areas.csv", "area,country,postal\nremote,us,303\n");
        write(
                "surcharges.csv",
                "code,type,amount,country,area\nUSA,handling,1,us,\nREM,location_fee,2,Germany,\n"
                        + "OUT,location_fee,4,,remote\n");
        assertThat(parts(rate(order("30301", "1", ""), DAY)))
                .containsExactly("shipping 10.00", "handling 1.00", "location_fee 4.00");

        write(
                "surcharges.csv",
                "code,type,amount,country,area\nUSA,handling,1,Ruritania,\nREM,location_fee,2,,remot\n");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder));
        assertThat(refused).isNotNull();
        assertThat(refused.problems().stream().map(Problem::toString))
                .satisfiesExactly(
                        country -> assertThat(country).contains("surcharges.csv:2: country=\"Ruritania\""),
                        area -> assertThat(area).contains("surcharges.csv:3: area=\"remot\"", "remote"));
    }

    @Test
    void a_discount_never_goes_below_its_minimum() throws IOException {
        write("discounts.csv", "percent,minimum\n50,4\n");

        assertThat(total(order("78701", "1", ""), "90001")).isEqualTo("4.00 USD");
    }

    @Test
    void what_a_service_does_not_take_is_excluded_with_its_reason_in_both_languages() throws IOException {
        Rate heavy = rate(order("30301", "20.5", ""), DAY);
        assertThat(heavy.total()).isNull();
        assertThat(heavy.excluded()).contains("20.5 kg", "at most 20 kg");
        assertThat(heavy.why().detail(Locale.CHINESE)).contains("最多 20 kg");
        assertThat(excluded(order("30301", "6", ""), DAY)).contains("no price for 6 kg to zone far");
        assertThat(excluded(order("10100", "1", ""), DAY)).contains("zone east");
        write("zones.csv", "country,postal,zone\nUS,787,near\n");
        assertThat(excluded(order("30301", "1", ""), DAY)).contains("no zone for US 30301");
    }

    @Test
    void the_promised_day_is_counted_over_the_weekend() throws IOException {
        assertThat(rate(order("30301", "1", ""), LocalDate.parse("2026-11-26")).promised())
                .isEqualTo(LocalDate.parse("2026-12-01"));
    }

    @Test
    void everything_that_is_wrong_in_any_file_is_told_by_file_and_line() throws IOException {
        write("services.csv", "service,currency,days\nground,XXXX,3\nair,USD,soon\n");
        write("rates.csv", "service,up_to_kg,near\nair,1,ten\nsea,1,2\nair,,3\n");
        write("fuel.csv", "valid_from,percent,colour\n2026-11-16,10,red\n");
        write("zones.csv", "country,zone,postal\nUS,near,9-1\n\"US\n");

        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder));

        String told = refused.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        assertThat(told)
                .contains("services.csv:2: currency=\"XXXX\"")
                .contains("services.csv:3: days=\"soon\"")
                .contains("rates.csv:2: near=\"ten\"")
                .contains("rates.csv:3: service=\"sea\"")
                .contains("rates.csv:4: up_to_kg=\"\"")
                .contains("fuel.csv:1: nobody reads the column colour")
                .contains("zones.csv:2: postal=\"9-1\"")
                .contains("zones.csv:3: ");
    }

    @Test
    void a_sheet_without_its_files_names_them() {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> RateSheet.read(folder.resolve("nowhere")));

        assertThat(refused).hasMessageContaining("services.csv").hasMessageContaining("zones.csv");
    }

    @Test
    void the_sheet_that_ships_is_read() {
        RateSheet sheet = RateSheet.read(Path.of("rates/example"));

        assertThat(sheet.rates(shipment(order("99501", "1", ""), "78701"), DAY))
                .extracting(rate -> rate.service() + " " + rate.total())
                .containsExactly("economy 25.66 USD", "express 46.56 USD");
    }

    private String total(Order order, String from) {
        return String.valueOf(
                RateSheet.read(folder).rates(shipment(order, from), DAY).get(0).total());
    }

    private Rate rate(Order order, LocalDate day) {
        return RateSheet.read(folder).rates(shipment(order, "90001"), day).get(0);
    }

    private String excluded(Order order, LocalDate day) {
        return rate(order, day).excluded();
    }

    private static List<String> parts(Rate rate) {
        return rate.charges().stream()
                .map(charge -> charge.type() + " " + charge.amount().amount().toPlainString())
                .toList();
    }

    private static Shipment shipment(Order order, String from) {
        return new Shipment(
                order,
                1,
                "",
                new io.waybill.order.Address(
                        "Depot", null, "1 Road", null, null, "Town", "CA", from, "US", null, null, null, null),
                order.parcels(),
                new LabelRequest("PDF", "4x6", 203));
    }

    private static Order order(String postalCode, String kilograms, String box, String... others) {
        Orders orders = new Orders();
        String state = postalCode.startsWith("787")
                ? "TX"
                : postalCode.startsWith("303") ? "GA" : postalCode.startsWith("995") ? "AK" : "NY";
        return orders.read(orders.parse("""
                {"orderId": "SO-1", "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Town",
                  "state": "%s", "postalCode": "%s", "country": "US"},
                 "parcels": [{%s "weight": {"value": %s, "unit": "kg"}}%s]}""".formatted(
                        state,
                        postalCode,
                        box,
                        kilograms,
                        Stream.of(others)
                                .map(", {\"weight\": {\"value\": %s, \"unit\": \"kg\"}}"::formatted)
                                .collect(Collectors.joining()))
                .getBytes(UTF_8)));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }
}
