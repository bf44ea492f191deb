package io.waybill.readiness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.RateSheet;
import io.waybill.format.Document;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssessmentTest {
    private static final Orders ORDERS = new Orders();
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");

    @TempDir
    Path folder;

    private int orders;

    @Test
    void a_few_orders_a_day_stay_on_upload() {
        Assessment assessment = assessment("");
        month(assessment, 3, "");

        JsonNode advice = json(assessment).path("advice");
        assertThat(advice.path("code").asText()).isEqualTo("upload");
        assertThat(advice.at("/evidence/0/text").asText()).isEqualTo("3.0 orders on a day; labels by API from 20");
        assertThat(advice.at("/evidence/0/met").asBoolean()).isFalse();
    }

    @Test
    void each_step_stands_on_the_one_before_it() {
        String thresholds = """
                assess.labelApi.ordersPerDay=2
                assess.tracking.ordersPerDay=3
                assess.refunds.labelsPerMonth=80
                assess.billing.labelsPerMonth=80
                """;
        Assessment unbilled = assessment(thresholds);
        month(unbilled, 3, "");
        assertThat(advice(unbilled)).isEqualTo("refunds");

        Assessment billed = assessment(thresholds);
        month(billed, 3, "\"billing\": {\"costCenter\": \"4711\"},");
        assertThat(advice(billed)).isEqualTo("billing");

        Assessment few = assessment(thresholds.replace("tracking.ordersPerDay=3", "tracking.ordersPerDay=4"));
        month(few, 3, "\"billing\": {\"costCenter\": \"4711\"},");
        assertThat(advice(few)).isEqualTo("label-api");
    }

    @Test
    void too_many_problem_rows_keep_everything_on_upload() {
        Assessment assessment = assessment("assess.labelApi.ordersPerDay=1\n");
        month(assessment, 3, "");
        for (int i = 0; i < 10; i++) {
            assessment.add(document("{\"orderId\": \"BAD-" + i + "\"}"));
        }

        assertThat(advice(assessment)).isEqualTo("upload");
        assertThat(json(assessment).at("/advice/evidence/1/text").asText()).startsWith("10.0 % of the documents");
    }

    @Test
    void the_profile_counts_days_weights_places_and_the_peak() {
        Assessment assessment = assessment("");
        month(assessment, 2, "");
        assessment.add(document(order("2026-10-05", "31", "")));

        JsonNode profile = json(assessment).path("profile");
        assertThat(profile.path("orders").asInt()).isEqualTo(61);
        assertThat(profile.path("span").asInt()).isEqualTo(30);
        assertThat(profile.at("/peak/day").asText()).isEqualTo("2026-10-05");
        assertThat(profile.at("/peak/orders").asInt()).isEqualTo(3);
        assertThat(profile.path("weights").toString())
                .contains("{\"word\":\">30 kg\",\"count\":1}")
                .contains("{\"word\":\"≤2 kg\",\"count\":60}");
        assertThat(profile.path("abroad").asInt()).isZero();
    }

    @Test
    void the_orders_are_priced_by_every_sheet_and_what_is_not_priced_says_why() {
        Assessment assessment = assessment("");
        assessment.add(document(order("2026-11-24", "1.2", "")));
        assessment.add(document(order("2026-11-24", "31", "")));

        JsonNode rates = json(assessment).path("rates");
        // economy 1.2 kg in zone 2: 6.90 less 12 % is 6.07, the home 2.95, fuel 14.25 % of both 1.29
        assertThat(rates.at("/services/0").toString())
                .isEqualTo("{\"name\":\"example economy\",\"priced\":1,\"total\":\"10.31\",\"list\":\"11.25\","
                        + "\"currency\":\"USD\",\"average\":\"10.31\",\"zones\":[{\"word\":\"2\",\"count\":2}],"
                        + "\"excluded\":[{\"code\":\"rate-too-heavy\",\"text\":\"too heavy\",\"count\":1}]}");
        assertThat(rates.at("/chosen").toString())
                .contains("{\"word\":\"example economy\",\"count\":1}")
                .contains("{\"word\":\"example express\",\"count\":1}");
        assertThat(rates.path("unpriced").asInt()).isZero();
    }

    @Test
    void sheets_of_one_name_are_priced_each_by_itself() throws IOException {
        Assessment assessment = assessment("", sheet("us", "USD"), sheet("de", "EUR"));
        assessment.add(document(order("2026-11-24", "1.2", "")));
        assessment.add(document(order("2026-11-24", "1.3", "")));

        JsonNode services = json(assessment).at("/rates/services");

        assertThat(services)
                .extracting(line -> line.path("name").asText() + " "
                        + line.path("priced").asInt() + " "
                        + line.path("currency").asText())
                .containsExactly("ups economy 2 USD", "ups economy 2 EUR", "ups express 2 USD", "ups express 2 EUR");
    }

    private RateSheet sheet(String country, String currency) throws IOException {
        Path sheet = Files.createDirectories(folder.resolve(country + "/ups"));
        try (var files = Files.list(Path.of("rates/example"))) {
            for (Path file : files.toList()) {
                Files.writeString(
                        sheet.resolve(file.getFileName()),
                        Files.readString(file).replace("USD", currency));
            }
        }
        return RateSheet.read(sheet);
    }

    private static String advice(Assessment assessment) {
        return json(assessment).at("/advice/code").asText();
    }

    private static JsonNode json(Assessment assessment) {
        return assessment.json(Locale.ENGLISH);
    }

    private void month(Assessment assessment, int perDay, String more) {
        for (int day = 1; day <= 30; day++) {
            for (int i = 0; i < perDay; i++) {
                assessment.add(document(order("2026-10-%02d".formatted(day), "1.2", more)));
            }
        }
    }

    private String order(String day, String kilograms, String more) {
        return """
                {"orderId": "SO-%d", "placedAt": "%sT10:00:00Z", "service": "ground", %s
                 "shipFrom": {"name": "Depot", "line1": "500 Depot Rd", "city": "Austin", "state": "TX",
                              "postalCode": "78701", "country": "US"},
                 "shipTo": {"name": "Jane Roe", "line1": "1 Main St", "city": "Austin", "state": "TX",
                            "postalCode": "78701", "country": "US"},
                 "parcels": [{"weight": {"value": %s, "unit": "kg"}}]}""".formatted(++orders, day, more, kilograms);
    }

    private Document document(String json) {
        return new Document(orders, orders, orders, ORDERS.parse(json.getBytes(UTF_8)), List.of(), List.of());
    }

    private static Assessment assessment(String settings) {
        return assessment(settings, RateSheet.read(Path.of("rates/example")));
    }

    private static Assessment assessment(String settings, RateSheet... sheets) {
        Settings read = Settings.of(settings);
        Setting setting = new Setting(
                "sheet",
                "acme",
                null,
                Set.of(),
                null,
                List.of(),
                List.of(),
                Thresholds.read(read.section("readiness")));
        return new Assessment(
                new Readiness(setting, ORDERS, null), List.of(sheets), null, Steps.read(read.section("assess")), DAY);
    }
}
