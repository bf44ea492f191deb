package io.waybill.carrier.usps;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.WAREHOUSE;
import static io.waybill.carrier.Samples.home;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Rates;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What USPS tells of prices, of parcels under way and of a day's parcels handed in. */
class UspsAnswersTest {
    @RegisterExtension
    static final UspsServer USPS = new UspsServer();

    private static final String NUMBER = "9234690361980900001999";
    // ---- prices

    @Test
    void a_service_has_the_price_its_label_would_be_bought_at() {
        USPS.options = options(
                "COMMERCIAL",
                service(
                        "USPS_GROUND_ADVANTAGE",
                        option("'name':'3 Days','expectedDeliveryDate':'2026-11-27'", "NONE", "SP", "7.15", "4.00"),
                        option("'name':'3 Days'", "NONE", "CP", "5.00", "0"),
                        option("'name':'3 Days'", "NONE", "DN", "4.50", "0"),
                        option("'name':'2 Days'", "DESTINATION_DELIVERY_UNIT", "SP", "4.10", "0")),
                service(
                        "PRIORITY_MAIL",
                        option("'name':'2-day','scheduleDeliveryDate':'2026-11-26'", "NONE", "DR", "9.35", "0")),
                service("PARCEL_SELECT", option("", "DESTINATION_DELIVERY_UNIT", "SP", "4.10", "0")),
                service("BRAND_NEW_CLASS", option("'name':'MILITARY'", "", "", "1", "0")));
        List<Rates.Rate> rates = rates(parcel());
        assertThat(rates)
                .extracting(Rates.Rate::service)
                .containsExactly("ground", "priority", "parcel_select", "BRAND_NEW_CLASS");
        Rates.Rate ground = rates.get(0);
        assertThat(ground.total()).isEqualTo(Money.of("11.15", "USD"));
        assertThat(ground.charges())
                .extracting(charge -> charge.type() + " " + charge.amount() + " " + charge.text())
                .containsExactly("shipping 7.15 USD postage", "oversize 4.00 USD Nonstandard Length > 22");
        assertThat(ground.list()).isNull();
        assertThat(ground.days()).isEqualTo(3);
        assertThat(ground.promised()).isEqualTo("2026-11-27");
        assertThat(rates.get(1).days()).isEqualTo(2);
        assertThat(rates.get(1).promised()).isEqualTo("2026-11-26");
        assertThat(rates.get(2).excluded()).contains("handed in at the destination");
        assertThat(rates.get(2).total()).as("told, and not to be chosen").isEqualTo(Money.of("4.10", "USD"));
        assertThat(rates.get(3).total()).isEqualTo(Money.of("1", "USD"));
        assertThat(rates.get(3).days()).isNull();
    }

    @Test
    void what_could_not_be_bought_has_no_price() {
        assertThatThrownBy(() -> rates(Samples.shipment(home("简"), "ground", PDF, "1")))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/shipTo/name"));
    }

    @Test
    void a_flat_rate_is_for_what_is_packed_in_it() {
        USPS.options = options(
                "COMMERCIAL",
                service(
                        "PRIORITY_MAIL",
                        option("", "NONE", "SP", "7.15", "0"),
                        option("", "NONE", "FB", "18.40", "0")));
        assertThat(rates(UspsRequestsTest.packed("medium_flat_rate_box")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.total()).isEqualTo(Money.of("18.40", "USD")));
        assertThat(rates(UspsRequestsTest.packed("FE")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("other packaging"));
    }

    @Test
    void extra_services_count_only_where_they_were_asked_for() {
        String extras =
                ",'extraServices':[{'name':'Signature Confirmation','extraService':'921','price':3.95,'SKU':'S'},"
                        + "{'name':'Return Receipt','extraService':'957','price':2.62}]}";
        String option = option("", "NONE", "SP", "7.15", "0").replaceFirst("}$", "") + extras;
        USPS.options = options("COMMERCIAL", service("PRIORITY_MAIL", option));
        assertThat(rates(parcel()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.total()).isEqualTo(Money.of("7.15", "USD")));
        Rates.Rate signed = rates(UspsRequestsTest.with(parcel(), "options", "{\"signature\":\"any\"}"))
                .get(0);
        assertThat(signed.total()).isEqualTo(Money.of("11.10", "USD"));
        assertThat(signed.charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly("BASE shipping 7.15 USD", "S confirmation 3.95 USD");
    }

    @Test
    void priority_mail_express_has_extra_services_of_its_own() {
        String extras = ",'extraServices':[{'name':'Signature Requested','extraService':'981','price':0.50,'SKU':'E'},"
                + "{'name':'Signature Confirmation','extraService':'921','price':3.95,'SKU':'S'}]}";
        String option = option("", "NONE", "PA", "31.40", "0").replaceFirst("}$", "") + ",'totalPrice':35.85" + extras;
        USPS.options = options("COMMERCIAL", service("PRIORITY_MAIL_EXPRESS", option));
        assertThat(rates(UspsRequestsTest.with(parcel(), "options", "{\"signature\":\"any\"}")))
                .singleElement()
                .satisfies(rate -> {
                    assertThat(rate.total()).isEqualTo(Money.of("31.90", "USD"));
                    assertThat(rate.charges())
                            .extracting(charge -> charge.code() + " " + charge.amount())
                            .containsExactly("BASE 31.40 USD", "E 0.50 USD");
                });
    }

    @Test
    void the_commercial_price_stands_beside_the_contracts() {
        String contract = options("CONTRACT", service("PRIORITY_MAIL", option("", "NONE", "SP", "6.00", "0")));
        String commercial = options("COMMERCIAL", service("PRIORITY_MAIL", option("", "NONE", "SP", "9.35", "0")));
        USPS.options = "{\"pricingOptions\":[" + inner(contract) + "," + inner(commercial) + "]}";
        Rates agreed = (Rates) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET, "prices=contract");
        assertThat(agreed.rates(parcel())).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("6.00", "USD"));
            assertThat(rate.list()).isEqualTo(Money.of("9.35", "USD"));
        });
    }

    @Test
    void a_class_the_contract_does_not_price_has_the_commercial_price() {
        String contract = options("CONTRACT", service("PRIORITY_MAIL", option("", "NONE", "SP", "6.00", "0")));
        String commercial = options("COMMERCIAL", service("MEDIA_MAIL", option("", "NONE", "SP", "4.10", "0")));
        USPS.options = "{\"pricingOptions\":[" + inner(contract) + "," + inner(commercial) + "]}";
        Rates agreed = (Rates) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET, "prices=contract");
        assertThat(agreed.rates(parcel()))
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.list())
                .containsExactly("priority 6.00 USD null", "media 4.10 USD null");
    }

    @Test
    void a_contract_for_other_packaging_takes_no_commercial_price_away() {
        String contract = options("CONTRACT", service("PRIORITY_MAIL", option("", "NONE", "FE", "6.00", "0")));
        String commercial = options("COMMERCIAL", service("PRIORITY_MAIL", option("", "NONE", "SP", "9.35", "0")));
        USPS.options = "{\"pricingOptions\":[" + inner(contract) + "," + inner(commercial) + "]}";
        Rates agreed = (Rates) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET, "prices=contract");
        assertThat(agreed.rates(parcel())).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("9.35", "USD"));
            assertThat(rate.excluded()).isNull();
        });
    }

    @Test
    void a_lane_without_a_price_says_why() {
        USPS.options = "{\"pricingOptions\":[]}";
        assertThat(rates(parcel())).isEmpty();
        USPS.instead = UspsServer.error(200, "1", "No pricing was found", "");
        assertThat(rates(parcel()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("No pricing was found"));
        USPS.instead = UspsServer.error(400, "1", "No pricing is available", "originZIPCode");
        assertThat(rates(parcel()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("No pricing is available"));
        USPS.instead = UspsServer.of(503, "<html><body>Under maintenance</body></html>");
        assertThat(rates(parcel()))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("HTTP 503: Under maintenance"));
    }

    // ---- following

    @Test
    void what_happened_is_told_in_our_words_with_uspss_codes_kept() {
        USPS.tracking = tracked(
                "",
                "{\"eventType\":\"DELIVERED, FRONT DOOR/PORCH\",\"eventTimestamp\":\"2026-11-24T12:01:00\","
                        + "\"GMTTimestamp\":\"2026-11-24T18:01:00Z\",\"GMTOffset\":\"-06:00\",\"eventCity\":\"AUSTIN\","
                        + "\"eventState\":\"TX\",\"eventZIP\":\"78701\",\"eventCountry\":null,\"eventCode\":\"01\",\"reasonCode\":\"5\"}",
                event("OF", "OUT FOR DELIVERY", "2026-11-24T07:10:00-0600"),
                event("02", "NOTICE LEFT", "2026-11-23T10:00:00Z"),
                event("16", "AVAILABLE FOR PICKUP", "2026-11-23"),
                event("U1", "Arrived at USPS Regional Facility", "2026-11-22 23:15:00"),
                event("", "In Transit to Next Facility", "2026-11-22T20:00:00Z"),
                event("GX", "SHIPPING LABEL CREATED, USPS AWAITING ITEM", "2026-11-21T08:00:00Z"),
                event("10", "an event without a time", ""));
        List<Tracks.Event> events = track();
        assertThat(events)
                .extracting(Tracks.Event::status)
                .containsExactly(
                        "delivered",
                        "out_for_delivery",
                        "delivery_failed",
                        "ready_for_pickup",
                        "in_transit",
                        "in_transit",
                        "pending");
        assertThat(events.get(0).code()).isEqualTo("01 5");
        assertThat(events.get(0).place()).isEqualTo("AUSTIN, TX");
        assertThat(events.get(0).at()).isEqualTo("2026-11-24T12:01:00-06:00");
        assertThat(events.get(1).at().toInstant()).isEqualTo("2026-11-24T13:10:00Z");
        assertThat(events.get(4).code()).isEqualTo("U1");
        assertThat(events.get(4).at().toInstant()).isEqualTo("2026-11-22T23:15:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "-7:00,2026-11-24T19:01:00Z",
        "-07:00,2026-11-24T19:01:00Z",
        "-0700,2026-11-24T19:01:00Z",
        "-7,2026-11-24T19:01:00Z",
        "+9:30,2026-11-24T02:31:00Z",
        "10:00,2026-11-24T02:01:00Z",
        "-420,2026-11-24T19:01:00Z",
        "540,2026-11-24T03:01:00Z",
        "-60,2026-11-24T13:01:00Z",
        "+0,2026-11-24T12:01:00Z",
        "-9999,2026-11-24T12:01:00Z",
        "west,2026-11-24T12:01:00Z"
    })
    void a_local_time_is_read_by_the_offset_beside_it_however_it_is_written(String offset, String instant) {
        USPS.tracking = tracked(
                "",
                "{\"eventType\":\"DELIVERED\",\"eventCode\":\"01\",\"eventTimestamp\":\"2026-11-24T12:01:00\","
                        + "\"GMTOffset\":\"" + offset + "\"}");
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.at().toInstant()).isEqualTo(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-24", "2026-11-24T18:0", "2026-11-24T18:01:00 somewhere", "", "soon"})
    void a_scan_without_an_hour_of_greenwich_is_told_by_that_of_its_place(String greenwich) {
        USPS.tracking = tracked(
                "",
                "{\"eventType\":\"DELIVERED\",\"eventCode\":\"01\",\"eventTimestamp\":\"2026-11-24T12:01:00\","
                        + "\"GMTTimestamp\":\"" + greenwich + "\",\"GMTOffset\":\"-06:00\"}");
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.at().toInstant()).isEqualTo("2026-11-24T18:01:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "01|Delivered, To Original Sender|return_to_sender",
                "|DELIVERED TO SENDER|return_to_sender",
                "01|Delivered, Sender Requested Left with Individual|delivered",
                "01|Delivered, In/At Mailbox|delivered"
            })
    void what_came_back_to_its_sender_is_not_delivered(String code, String words, String status) {
        USPS.tracking = tracked("", event(code == null ? "" : code, words, "2026-11-24T10:00:00Z"));
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Label Canceled|cancelled",
                "USPS Expects Item for Mailing|pending",
                "Item Could Not Be Delivered|delivery_failed",
                "Out for Delivery, to Be Delivered by 9:00pm|out_for_delivery",
                "Arrived, Will Be Delivered Tomorrow|in_transit",
                "Tendered to Returns Agent|return_to_sender",
                "No Such Number|delivery_failed",
                "Moved, Left no Address|delivery_failed",
                "Forward Expired|delivery_failed",
                "Delivery Exception, Animal Interference|delivery_delayed",
                "Processing Exception, Other Delay|delivery_delayed",
                "Reminder to Schedule Redelivery of your item|delivery_failed",
                "Redelivery Scheduled|delivery_delayed",
                "Available for Redelivery or Pickup|ready_for_pickup",
                "Disposed by Post Office|delivery_failed"
            })
    void an_event_under_a_code_in_no_table_is_read_by_its_words(String words, String status) {
        USPS.tracking = tracked("\"statusCategory\":\"Alert\",", event("X8", words, "2026-11-24T10:00:00Z"));
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "04|Refused|delivery_failed",
                "05|Undeliverable as Addressed|delivery_failed",
                "21|No Such Number|delivery_failed",
                "22|Insufficient Address|delivery_failed",
                "26|Vacant|delivery_failed",
                "27|Unclaimed|delivery_failed",
                "27|Unclaimed/Being Returned to Sender|return_to_sender",
                "X8|Refused, Returned to Sender|return_to_sender",
                "22|Insufficient Address, It Will Be Returned to Sender|delivery_failed",
                "09|Return to Sender|return_to_sender",
                "44|Customer Recall|return_to_sender"
            })
    void why_a_parcel_was_not_handed_over_sends_none_back_until_that_is_said(String code, String words, String status) {
        USPS.tracking = tracked("", event(code, words, "2026-11-24T10:00:00Z"));
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @Test
    void the_parcels_category_says_what_its_latest_event_does_not() {
        USPS.tracking = tracked(
                "\"statusCategory\":\"Delivered\",\"status\":\"Delivered, PO Box\",",
                event("X9", "A NEW KIND OF SCAN", "2026-11-24T10:00:00Z"),
                event("X9", "A NEW KIND OF SCAN", "2026-11-23T10:00:00Z"));
        assertThat(track()).extracting(Tracks.Event::status).containsExactly("delivered", "unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|A status update is not yet available on your package",
                "400|Tracking number not found",
                "400|A status update is not yet available"
            })
    void a_number_usps_knows_nothing_of_has_no_events(int status, String words) {
        USPS.tracking = UspsServer.error(status, "-2147219283", words, "trackingNumber");
        assertThat(track()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9234 6903 6198 0900 0019 99",
                "420787019234690361980900001999",
                "42078701123492 34690361980900001999"
            })
    void a_number_may_be_told_as_it_is_printed(String told) {
        USPS.tracking = UspsServer.of(
                200,
                "{\"trackingNumber\":\"" + told + "\",\"trackingEvents\":[{\"eventType\":\"Delivered\","
                        + "\"eventCode\":\"01\",\"GMTTimestamp\":\"2026-11-24T15:15:00Z\"}]}");
        assertThat(track())
                .singleElement()
                .satisfies(event -> assertThat(event.trackingNumber()).isEqualTo(NUMBER));
    }

    @Test
    void a_carrier_that_cannot_be_asked_is_not_silence_about_a_parcel() {
        for (int status : List.of(400, 403, 429, 503)) {
            USPS.tracking = UspsServer.error(status, "1", "No.", "").withHeader("Retry-After", "9");
            assertThatThrownBy(UspsAnswersTest::track).hasMessageContaining(NUMBER);
        }
        USPS.tracking = UspsServer.error(200, "1", "We are out of order.", "");
        assertThatThrownBy(UspsAnswersTest::track).hasMessageContaining("out of order");
        USPS.tracking = UspsServer.of(404, "<html><body>No such page</body></html>");
        assertThatThrownBy(UspsAnswersTest::track).hasMessageContaining("No such page");
        for (int status : List.of(400, 404)) {
            USPS.tracking = UspsServer.of(
                    status,
                    "{\"fault\":{\"faultstring\":\"Route not found for this address\","
                            + "\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.ApplicationNotFound\"}}}");
            assertThatThrownBy(UspsAnswersTest::track).hasMessageContaining("Route not found");
        }
    }

    // ---- handing in

    @Test
    void a_days_parcels_are_handed_in_on_one_form() {
        USPS.scanForm = UspsServer.of(
                201,
                "{\"SCANFormMetadata\":{\"manifestNumber\":\"92750903824321000000000111\",\"trackingNumbers\":[\""
                        + NUMBER + "\"]},\"SCANFormImage\":\"JVBERi0xLjQKJSVFT0YK\"}");
        ShipmentId other = new ShipmentId("9234690361980900001998");
        assertThat(close(new ShipmentId(NUMBER), other)).isInstanceOfSatisfying(Closed.Done.class, done -> {
            assertThat(done.number()).isEqualTo("92750903824321000000000111");
            assertThat(done.papers())
                    .singleElement()
                    .satisfies(paper ->
                            assertThat(paper.kind() + " " + paper.format()).isEqualTo("manifest PDF"));
            assertThat(done.left()).extracting(Manifests.Left::shipment).containsExactly(other);
        });
    }

    @Test
    void a_form_that_lists_numbers_as_they_are_printed_leaves_none_of_them() {
        USPS.scanForm = UspsServer.of(
                201,
                "{\"SCANFormMetadata\":{\"manifestNumber\":\"927\",\"trackingNumbers\":["
                        + "\"9234 6903 6198 0900 0019 99\",\"420787019234690361980900001998\"]},"
                        + "\"SCANFormImage\":\"JVBERi0xLjQKJSVFT0YK\"}");
        assertThat(close(new ShipmentId(NUMBER), new ShipmentId("9234690361980900001998")))
                .isInstanceOfSatisfying(
                        Closed.Done.class, done -> assertThat(done.left()).isEmpty());
    }

    @Test
    void a_form_in_parts_is_read_too() {
        USPS.scanForm = WireMock.aResponse()
                .withStatus(200)
                .withHeader("Content-Type", "multipart/form-data; boundary=okuYKZJGhVgsoUrYz1NtyzN+")
                .withBody("--okuYKZJGhVgsoUrYz1NtyzN+\nContent-Disposition: form-data; name=\"SCANFormMetaData\"\n\n"
                        + "{\"manifestNumber\":\"927\"}\n--okuYKZJGhVgsoUrYz1NtyzN+\n"
                        + "Content-Disposition: form-data; name=\"SCANFormImage\"\n\nJVBERi0xLjQKJSVFT0YK\n"
                        + "--okuYKZJGhVgsoUrYz1NtyzN+--");
        assertThat(close(new ShipmentId(NUMBER))).isInstanceOfSatisfying(Closed.Done.class, done -> {
            assertThat(done.number()).isEqualTo("927");
            assertThat(done.papers()).hasSize(1);
            assertThat(done.left()).isEmpty();
        });
    }

    @Test
    void what_was_handed_in_before_is_refused_and_silence_is_unknown() {
        String words = "The barcode " + NUMBER + " has manifested";
        USPS.scanForm = UspsServer.error(400, "160398", words, "trackingNumbers");
        assertThat(close(new ShipmentId(NUMBER))).isEqualTo(new Closed.Refused(words));
        for (int status : List.of(200, 403, 500)) {
            USPS.scanForm = UspsServer.of(status, "{\"error\":{\"message\":\"x\"}}");
            assertThat(close(new ShipmentId(NUMBER))).isInstanceOf(Closed.Unknown.class);
        }
    }

    private static Closed close(ShipmentId... shipments) {
        Manifests manifests = (Manifests) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET);
        assertThat(manifests.mostInOne()).isGreaterThan(shipments.length);
        return manifests.close(List.of(shipments), WAREHOUSE, LocalDate.of(2026, 11, 24));
    }

    private static List<Rates.Rate> rates(Shipment shipment) {
        return ((Rates) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET)).rates(shipment);
    }

    private static List<Tracks.Event> track() {
        return ((Tracks) UspsCarrierTest.open(USPS.url(), UspsServer.SECRET)).track(List.of(NUMBER));
    }

    private static Shipment parcel() {
        return Samples.shipment(home("Jane Roe"), "ground", PDF, "1.2");
    }

    static String options(String priceType, String... services) {
        return "{\"originZIPCode\":\"07102\",\"pricingOptions\":[{\"priceType\":\"" + priceType
                + "\",\"shippingOptions\":[" + String.join(",", services).replace('\'', '"') + "]}]}";
    }

    private static String inner(String options) {
        return options.substring(options.indexOf("[{") + 1, options.length() - 2);
    }

    static String service(String mailClass, String... options) {
        return "{'mailClass':'" + mailClass + "','rateOptions':[" + String.join(",", options) + "]}";
    }

    static String option(String commitment, String entry, String indicator, String price, String fee) {
        String total = new BigDecimal(price).add(new BigDecimal(fee)).toPlainString();
        return "{'commitment':{" + commitment + "},'totalBasePrice':" + total + ",'rates':[{'price':" + price
                + ",'rateIndicator':'" + indicator + "','destinationEntryFacilityType':'" + entry
                + "','fees':[{'name':'Nonstandard Length > 22','SKU':'F','price':" + fee + "}]}]}";
    }

    private static ResponseDefinitionBuilder tracked(String more, String... events) {
        return UspsServer.of(
                200,
                "{\"trackingNumber\":\"" + NUMBER + "\"," + more + "\"trackingEvents\":[" + String.join(",", events)
                        + "]}");
    }

    private static String event(String code, String type, String time) {
        return "{\"eventType\":\"" + type + "\",\"eventCode\":\"" + code + "\",\"eventTimestamp\":\"" + time + "\"}";
    }
}
