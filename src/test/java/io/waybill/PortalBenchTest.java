package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pack bench is worked by a scanner and a scale: they type wherever the cursor stands, and wait for nobody. */
class PortalBenchTest {
    private static final String SCAN = "name=\"order\" required maxlength=\"200\" autocomplete=\"off\"";
    private static PortalHub hub;
    private static PortalHub.Visitor olga;

    @BeforeAll
    static void start() throws Exception {
        hub = PortalHub.running(PortalBenchTest.class);
        olga = hub.person("olga", "ops", "*");
    }

    @Test
    void a_number_nobody_knows_is_named_and_does_not_stand_before_the_next_scan() throws Exception {
        assertThat(olga.page("/bench?order=NOT-1"))
                .contains("There is no order “NOT-1”", SCAN + " autofocus")
                .doesNotContain("value=\"NOT-1\"");
    }

    @Test
    void after_an_order_there_is_nothing_to_do_for_the_next_one_is_scanned() throws Exception {
        hub.order("SCAN-1", PortalTest.WEIGHED);

        assertThat(olga.page("/bench?order=SCAN-1")).contains(SCAN + " autofocus");
        assertThat(olga.page("/bench?order=SCAN-1&station=bench-1"))
                .contains(SCAN + ">")
                .containsPattern("autofocus>Print at bench-1");
    }

    @Test
    void after_a_print_the_next_number_is_scanned_and_nothing_is_printed_once_more() throws Exception {
        String id = hub.order("SCAN-6", PortalTest.WEIGHED);
        String page = "/bench?order=SCAN-6&station=bench-1";
        String shipment = hub.json("/v1/orders/" + id).at("/shipments/0/id").asText();

        String printed = olga.done(
                page, "/bench/print", "id", id, "shipment", shipment, "number", "SCAN-6", "station", "bench-1");

        for (String shown : List.of(printed, olga.page(page))) {
            assertThat(shown)
                    .contains(SCAN + " autofocus", "Print again at bench-1")
                    .doesNotContain("autofocus>Print");
        }
    }

    @Test
    void a_weight_that_is_known_is_never_written_into() throws Exception {
        hub.order("SCAN-2", "\"service\": \"sandbox:nowhere\"," + PortalTest.WEIGHED);
        hub.order("SCAN-3", "");

        assertThat(olga.page("/bench?order=SCAN-2"))
                .contains(SCAN + ">")
                .containsPattern("name=\"weight\"[^>]* required data-first=\"\" value=\"1\"");
        assertThat(olga.page("/bench?order=SCAN-3"))
                .containsPattern("name=\"weight\"[^>]* required autofocus value=\"\"");
    }

    @Test
    void the_number_of_an_order_that_is_scanned_for_the_weight_is_none() throws Exception {
        hub.order("70441", "");
        String id = hub.order("SCAN-4", "");

        for (String unit : List.of("kg", "g", "oz")) {
            assertThat(weighed("SCAN-4", id, "70441", unit))
                    .contains("“70441” was scanned for the weight and is the number of an order.", "value=\"70441\"");
        }
        assertThat(hub.json("/v1/orders/" + id).path("status").asText()).isEqualTo("held");
    }

    @Test
    void its_own_number_is_no_weight_however_short_unless_it_is_typed_with_its_unit() throws Exception {
        String id = hub.order("7", "\"service\": \"sandbox:nowhere\",");

        assertThat(weighed("7", id, "7", "kg")).contains("type it with its unit, such as 7 g");
        assertThat(hub.json("/v1/orders/" + id).path("status").asText()).isEqualTo("held");
        weighed("7", id, "7 kg", "kg");
        assertThat(hub.json("/v1/orders/" + id)
                        .at("/order/parcels/0/weight/value")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void no_parcel_of_the_bench_weighs_what_a_pallet_does() throws Exception {
        String id = hub.order("SCAN-5", "\"service\": \"sandbox:nowhere\",");

        assertThat(weighed("SCAN-5", id, "1001", "kg")).contains("1001 kg is more than one parcel weighs (70 kg).");
        assertThat(weighed("SCAN-5", id, "1001", "kg"))
                .containsPattern("id=\"bench-weight-0\"[^>]* aria-invalid=\"true\" aria-describedby=\"bench-why-0\"")
                .containsPattern("<small class=\"bad\" id=\"bench-why-0\">1001 kg is more than one parcel weighs");
        assertThat(weighed("SCAN-5", id, "154.4", "lb")).contains("154.4 lb is more than one parcel weighs");
        weighed("SCAN-5", id, "150", "lb");
        assertThat(hub.json("/v1/orders/" + id)
                        .at("/order/parcels/0/weight/value")
                        .asInt())
                .isEqualTo(150);
    }

    @Test
    void a_weight_the_order_has_already_is_no_scan_whatever_else_it_is() throws Exception {
        hub.order("1250", "");
        for (String known : List.of("1250 g", "80 kg")) {
            String[] weight = known.split(" ");
            String number = "KNOWN-" + weight[1];
            String id = hub.order(
                    number,
                    "\"service\": \"sandbox:nowhere\", \"parcels\": [{\"weight\": {\"value\": %s, \"unit\": \"%s\"}}],"
                            .formatted(weight[0], weight[1]));

            assertThat(weighed(number, id, weight[0], weight[1]))
                    .as(known)
                    .doesNotContain("for the weight", "than one parcel weighs");
        }
    }

    @Test
    void a_number_with_a_point_or_letters_in_it_is_no_weight_either() throws Exception {
        hub.order("1001.1", "");
        hub.order("1002G", "");
        String id = hub.order("SCAN-7", "");

        assertThat(weighed("SCAN-7", id, "1001.1", "g")).contains("type it with its unit, such as 1001.1 g");
        assertThat(weighed("SCAN-7", id, "1002G", "g")).contains("type it with its unit, such as 1002 g");
        assertThat(hub.json("/v1/orders/" + id).path("status").asText()).isEqualTo("held");
    }

    @Test
    void who_weighs_second_is_told_what_the_label_was_bought_with_and_prints_nothing() throws Exception {
        String id = hub.order("SCAN-8", "");
        PortalHub.Visitor chen = hub.person("chen", "ops", "*");
        chen.language = "zh";
        weighed(olga, "SCAN-8", id, "1", "bench-1");

        String told = weighed(olga, "SCAN-8", id, "1.5", "bench-1");
        String tells = weighed(chen, "SCAN-8", id, "1.5", "bench-1");

        assertThat(told)
                .contains("bought 1 (1 kg), packed 1 (1.5 kg)", "Find out which is right", "Print again at bench-1")
                .contains("Printed already: 1 ×");
        assertThat(tells).contains("购买时为 1 (1 kg)，现在打包为 1 (1.5 kg)", "请弄清哪个正确", "已打印 1 次");
    }

    private static String weighed(PortalHub.Visitor packer, String number, String id, String weight, String station)
            throws Exception {
        return packer.post(
                        "/bench?order=" + number + "&station=" + station,
                        "/bench",
                        "id",
                        id,
                        "number",
                        number,
                        "station",
                        station,
                        "orderId",
                        number,
                        "namespace",
                        "acme",
                        "weight",
                        weight,
                        "unit",
                        "kg")
                .body();
    }

    private static String weighed(String number, String id, String weight, String unit) throws Exception {
        return olga.post(
                        "/bench?order=" + number,
                        "/bench",
                        "id",
                        id,
                        "number",
                        number,
                        "orderId",
                        number,
                        "namespace",
                        "acme",
                        "weight",
                        weight,
                        "unit",
                        unit)
                .body();
    }
}
