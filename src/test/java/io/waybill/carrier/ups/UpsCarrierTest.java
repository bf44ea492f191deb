package io.waybill.carrier.ups;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids.Voided;
import io.waybill.carrier.Webhooks;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.MergePatch;
import io.waybill.order.Order;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpsCarrierTest extends PlayedContract {
    @RegisterExtension
    static final UpsServer UPS = new UpsServer();

    private static final String NUMBER = "1ZX123450300001001";

    @Override
    protected CarrierFactory factory() {
        return new UpsFactory();
    }

    @Override
    protected CarrierStub server() {
        return UPS;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(base, UpsServer.SECRET);
    }

    @Override
    protected List<String> essential() {
        return List.of("/ShipmentResponse(/ShipmentResults)?", ".*/PackageResults/1/TrackingNumber");
    }

    @Override
    protected String secret() {
        return UpsServer.SECRET;
    }

    @Override
    protected void stubFreeCalls(WireMockServer server) {
        server.stubFor(WireMock.post("/security/v1/oauth/token")
                .willReturn(UpsServer.of(200, "{\"access_token\":\"T1\",\"expires_in\":14399}")));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open(UPS.url(), "another-secret"));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        Reply total = Reply.of(bought.response())
                .at("ShipmentResponse", "ShipmentResults", "NegotiatedRateCharges", "TotalCharge");
        return Optional.of(total.money("MonetaryValue", "CurrencyCode"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> UPS.voidAnswer = UpsServer.error(400, "190101", "Time for voiding has expired."),
                "void_period_over"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(number ->
                UPS.tracking = tracked(number, activity("Z9", "ZZ", "999", "Beamed up", "20240423", "091519", "Reno")));
    }

    @Override
    protected void prices() {
        UPS.rates = """
                {"RateResponse":{"Response":{"ResponseStatus":{"Code":"1"},"Alert":[{"Code":"110971","Description":"May differ"}]},
                 "RatedShipment":[
                  {"Service":{"Code":"03","Description":""},"RatedShipmentAlert":[{"Code":"1","Description":"x"}],
                   "BillingWeight":{"UnitOfMeasurement":{"Code":"LBS"},"Weight":"10.0"},
                   "TransportationCharges":{"CurrencyCode":"USD","MonetaryValue":"18.00"},
                   "ServiceOptionsCharges":{"CurrencyCode":"USD","MonetaryValue":"2.00"},
                   "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"20.00"},
                   "NegotiatedRateCharges":{
                     "ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"3.00"}],
                     "TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"15.00"}},
                   "GuaranteedDelivery":{"BusinessDaysInTransit":"3"},
                   "TimeInTransit":{"ServiceSummary":{"EstimatedArrival":{"TotalTransitDays":"3","Arrival":{"Date":"20261130"}}}}},
                  {"Service":{"Code":"02"},
                   "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"40.00"},
                   "NegotiatedRateCharges":{"TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"31.00"}}}]}}""";
    }

    @Override
    protected void scans(String number) {
        UPS.tracking = tracked(
                number,
                activity("D", "FS", "011", "DELIVERED", "20240424", "153000", "Austin"),
                activity("I", "AR", "005", "Arrived at Facility", "20240423", "091519", "Waco"),
                activity("M", "MP", "003", "Label created", "20240422", "080000", ""));
    }

    // ---- buying

    @Test
    void the_negotiated_price_comes_in_parts_and_the_list_price_is_never_added() {
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly("375 fuel_charge 1.11 USD", "270 additional_fees 2.00 USD", "null shipping 9.23 USD");
    }

    @Test
    void an_account_without_negotiated_rates_pays_the_list_price_with_its_base_and_taxes() {
        UPS.sale = answer -> {
            ObjectNode results = results(answer);
            results.remove("NegotiatedRateCharges");
            ObjectNode charges = (ObjectNode) results.path("ShipmentCharges");
            charges.set("BaseServiceCharge", money("15.10"));
            charges.putArray("ItemizedCharges")
                    .add(money("2.90").put("Code", "375"))
                    .add(money("1.50").put("Code", "987"));
            charges.putArray("TaxCharges").addObject().put("Type", "GST").put("MonetaryValue", 1.25);
            charges.set("TotalChargesWithTaxes", money("21.25"));
            return answer;
        };
        List<Charge> charges = bought(buy(to("Jane Roe"))).charges();
        assertThat(charges)
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactly(
                        "BASE shipping 15.10 USD",
                        "375 fuel_charge 2.90 USD",
                        "987 uncategorized 1.50 USD",
                        "GST tax 1.25 USD",
                        "null uncategorized 0.50 USD");
        assertThat(charges.stream().map(Charge::amount).reduce(Money::plus)).hasValue(Money.of("21.25", "USD"));
    }

    @Test
    void what_is_not_itemized_is_transport_and_service_options_and_an_unreadable_part_falls_into_the_rest() {
        UPS.sale = answer -> {
            results(answer).remove("NegotiatedRateCharges");
            results(answer).path("PackageResults").forEach(one -> ((ObjectNode) one).remove("NegotiatedCharges"));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("additional_fees 2.00 USD", "shipping 18.00 USD");
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).at("/NegotiatedRateCharges/ItemizedCharges/0"))
                    .put("MonetaryValue", "waived");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("additional_fees 2.00 USD", "shipping 10.34 USD");
    }

    @Test
    void what_ups_warns_of_though_it_sold_is_told() {
        UPS.sale = answer -> {
            ((ObjectNode) answer.path("ShipmentResponse"))
                    .withObject("/Response")
                    .putArray("Alert")
                    .add(alert("120900", "The account is not qualified to receive negotiated rates."))
                    .add(alert("129999", ""));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said())
                .isEqualTo("120900 The account is not qualified to receive negotiated rates.; 129999");
    }

    @Test
    void what_ups_says_of_duties_that_are_not_in_the_price_is_told_too() {
        UPS.sale = answer -> {
            results(answer).putArray("Disclaimer").add(alert("02", "Duties may apply and are not in the total."));
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).said()).isEqualTo("02 Duties may apply and are not in the total.");
    }

    @ParameterizedTest
    @CsvSource({
        "434,additional_fees",
        "435,additional_fees",
        "448,returns",
        "480,additional_fees",
        "511,delivery",
        "520,oversize",
        "531,pickup"
    })
    void a_surcharge_has_our_word_for_it(String code, String word) {
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).at("/NegotiatedRateCharges/ItemizedCharges/0"))
                    .put("Code", code)
                    .put("SubType", "Surge_Fee_Commercial");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .filteredOn(charge -> code.equals(charge.code()))
                .extracting(charge -> charge.type() + " " + charge.text())
                .containsExactly(word + " Surge_Fee_Commercial");
    }

    @Test
    void a_part_in_another_currency_is_none_of_the_total() {
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).at("/NegotiatedRateCharges/ItemizedCharges/0")).put("CurrencyCode", "CAD");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.amount())
                .containsExactly("270 2.00 USD", "null 10.34 USD");
    }

    private static ObjectNode alert(String code, String words) {
        return JsonNodeFactory.instance.objectNode().put("Code", code).put("Description", words);
    }

    @Test
    void a_parcel_that_the_post_delivers_has_a_number_there_too() {
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).at("/PackageResults/0")).put("USPSPICNumber", "92419900000033499522966220");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).numbers())
                .contains(new ExternalNumber("last_mile", 1, "92419900000033499522966220"));
    }

    @Test
    void a_base_of_each_package_is_summed_up() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[
                  {"Service":{"Code":"03"},
                   "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"40.00"},
                   "NegotiatedRateCharges":{
                     "BaseServiceCharge":[{"CurrencyCode":"USD","MonetaryValue":"10.00"},
                                          {"CurrencyCode":"USD","MonetaryValue":"12.00"}],
                     "ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"3.00"}],
                     "TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"25.00"}}}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.charges())
                        .extracting(charge -> charge.type() + " " + charge.amount())
                        .containsExactlyInAnyOrder("shipping 22.00 USD", "fuel_charge 3.00 USD"));
    }

    @Test
    void the_negotiated_price_holds_though_the_lists_has_no_currency() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[
                  {"Service":{"Code":"03"},
                   "TotalCharges":{"MonetaryValue":"40.00"},
                   "NegotiatedRateCharges":{"TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"25.00"}}}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe"))).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("25.00", "USD"));
            assertThat(rate.list()).isNull();
        });
    }

    @Test
    void a_package_without_a_number_does_not_undo_the_sale() {
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).path("PackageResults").path(1)).remove("TrackingNumber");
            return answer;
        };
        Outcome.Bought bought = bought(buy(Samples.shipment(home("Jane Roe"), "ground", PDF, "1", "2")));
        assertThat(bought.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, bought.id().value()));
        assertThat(bought.charges()).isNotEmpty();
        assertThat(bought.label().orElseThrow().documents()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"4x6,288,432", "A6,298,420", "A4,595,842", "letter,612,792"})
    void a_pdf_has_the_size_of_page_it_was_asked_for(String size, int width, int height) throws IOException {
        LabelRequest asked = new LabelRequest("PDF", size, 203);
        Outcome.Bought bought = bought(buy(Samples.shipment(home("Jane Roe"), "ground", asked, "1")));
        for (Label label :
                List.of(bought.label().orElseThrow(), ((Fetched.Ready) carrier().fetch(bought.id(), asked)).label())) {
            assertThat(label.documents().get(0).size()).isEqualTo(size);
            try (PDDocument page = Loader.loadPDF(label.documents().get(0).bytes())) {
                assertThat(page.getPage(0).getMediaBox().getWidth()).isCloseTo(width, within(1f));
                assertThat(page.getPage(0).getMediaBox().getHeight()).isCloseTo(height, within(1f));
            }
        }
    }

    @Test
    void one_package_and_its_numbers_are_read_as_older_versions_wrote_them() {
        UPS.sale = answer -> {
            ObjectNode results = results(answer);
            results.set("PackageResults", results.path("PackageResults").path(0));
            ((ObjectNode) results.path("NegotiatedRateCharges").path("TotalCharge")).put("MonetaryValue", 12.34);
            results.put("Comment", "a field nobody announced");
            return answer;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, bought.id().value()));
        assertThat(bought.label()).isPresent();
    }

    @Test
    void a_label_that_cannot_be_read_does_not_undo_the_sale_and_is_fetched_later() {
        UPS.sale = answer -> {
            ((ObjectNode) results(answer).path("PackageResults").path(0).path("ShippingLabel"))
                    .put("GraphicImage", "bm8gcGljdHVyZQ==");
            return answer;
        };
        Outcome.Bought bought = bought(buy(to("Jane Roe")));
        assertThat(bought.label()).isEmpty();
        assertThat(carrier().fetch(bought.id(), PDF))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .singleElement()
                                .satisfies(document ->
                                        assertThat(document.format()).isEqualTo("PDF")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|{\"response\":{\"errors\":[{\"code\":\"250002\",\"message\":\"Invalid Authentication Information.\"}]}}|NotSent|Invalid Authentication",
                "403|{\"response\":{\"errors\":[{\"code\":\"10403\",\"message\":\"Blocked Merchant\"}]}}|NotSent|Blocked Merchant",
                "400|{\"response\":{\"errors\":[{\"code\":\"250003\",\"message\":\"Invalid Access License\"}]}}|NotSent|Invalid Access License",
                "400|{\"fault\":{\"faultstring\":\"Invalid ApiKey\",\"detail\":{\"errorcode\":\"x\"}}}|NotSent|Invalid ApiKey",
                "400|{\"fault\":{\"faultstring\":\"Unexpected EOF at target\",\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.UnexpectedEOFAtTarget\"}}}|Unknown|Unexpected EOF",
                "200|{\"fault\":{\"faultstring\":\"Gateway Timeout\",\"detail\":{\"errorcode\":\"messaging.adaptors.http.flow.GatewayTimeout\"}}}|Unknown|Timeout",
                "400|{\"fault\":{\"faultstring\":\"The service is temporarily unavailable\"}}|Unknown|unavailable",
                "400|{\"response\":{\"errors\":{\"code\":120205,\"message\":\"Missing/Invalid ShipTo City\"}}}|Refused|ShipTo City",
                "400|{\"errors\":[{\"code\":\"1\",\"message\":\"One\"},{\"code\":\"120500\",\"message\":\"Two\"}]}|Refused|One; Two",
                "400|{\"Fault\":{\"detail\":{\"Errors\":{\"ErrorDetail\":{\"PrimaryErrorCode\":{\"Code\":\"120202\",\"Description\":\"Missing address\"}}}}}}|Refused|Missing address",
                "400|{\"response\":{\"errors\":[{\"code\":\"20001\",\"message\":\"General process failure\"}]}}|Unknown|General process failure",
                "400|{\"response\":{\"errors\":[{\"code\":\"120104\",\"message\":\"One\"},{\"code\":\"120001\",\"message\":\"Two\"}]}}|Unknown|One; Two",
                "400|{\"response\":{\"errors\":[{\"code\":\"129999\",\"message\":\"The shipping system is temporarily unavailable\"}]}}|Unknown|unavailable",
                "400|{\"response\":{\"errors\":[{\"code\":\"129998\",\"message\":\"Not done. Please try again later.\"}]}}|Unknown|Not done",
                "400|{\"response\":{\"errors\":[{\"code\":\"129997\",\"message\":\"Correct the phone and try again.\"}]}}|Refused|phone",
                "400|{\"errors\":[{\"code\":\"250003\",\"message\":\"Invalid Access License\"}]}|NotSent|Invalid Access License",
                "400|{\"response\":{\"errors\":[{\"code\":\"10001\",\"message\":\"One\"},{\"code\":\"250003\",\"message\":\"Invalid Access License\"}]}}|NotSent|One",
                "400|{\"response\":{\"errors\":[{\"code\":\"250003\",\"message\":\"Invalid Access License\"},{\"code\":\"20001\",\"message\":\"General process failure\"}]}}|Unknown|General process failure",
                "409|{\"response\":{\"errors\":[{\"code\":\"120117\",\"message\":\"Another request is being processed\"}]}}|Unknown|Another request",
                "400|{\"message\":\"no family we know\"}|Unknown|cannot be read",
                "404|<html>no such page</html>|Unknown|cannot be read"
            })
    void every_family_of_errors_is_read(int status, String body, String outcome, String words) {
        UPS.instead = UpsServer.of(status, body);
        Outcome answer = buy(to("Jane Roe"));
        assertThat(answer.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(answer.<String>fold(sale -> "", Outcome.Refused::words, Outcome.NotSent::why, Outcome.Unknown::why))
                .contains(words);
    }

    @Test
    void a_refusal_points_at_our_field() {
        assertThat(buy(refused().orElseThrow())).isInstanceOfSatisfying(Outcome.Refused.class, no -> {
            assertThat(no.code()).isEqualTo("120207");
            assertThat(no.pointer()).isEqualTo("/shipTo/postalCode");
        });
    }

    @Test
    void what_ups_says_of_the_shipper_of_a_return_is_about_whom_it_goes_to() {
        UPS.instead = UpsServer.error(400, "120107", "Missing or invalid shipper postal code");
        assertThat(pointer(buy(to("Jane Roe")))).isEqualTo("/shipFrom/postalCode");
        assertThat(pointer(buy(told("{\"options\":{\"isReturn\":true}}")))).isEqualTo("/shipTo/postalCode");
    }

    @Test
    void of_several_goods_ups_does_not_say_which_one_it_refuses() {
        UPS.instead = UpsServer.error(400, "129028", "Invalid unit price");
        String mug = """
                {"description":"Mug","quantity":1,"originCountry":"CN","unitPrice":{"amount":5,"currency":"USD"}}""";
        String abroad = """
                {"shipTo":{"country":"DE","state":"BE","postalCode":"10115"},"customs":{"contents":"gift"},"items":[%s]}""";
        assertThat(pointer(buy(told(abroad.formatted(mug))))).isEqualTo("/items/0/unitPrice");
        assertThat(pointer(buy(told(abroad.formatted(mug + "," + mug))))).isEqualTo("/items");
    }

    private static @Nullable String pointer(Outcome outcome) {
        return ((Outcome.Refused) outcome).pointer();
    }

    /** A usual shipment, of which the order says this too. */
    private static Shipment told(String more) {
        Shipment own = to("Jane Roe");
        JsonNode said = MergePatch.apply(Json.mapper().valueToTree(own.order()), Json.kept(more));
        Order order = Json.mapper().convertValue(said, Order.class);
        return new Shipment(order, 1, "ground", own.shipFrom(), own.parcels(), own.label());
    }

    @Test
    void an_ended_token_sells_nothing_and_the_next_purchase_has_a_new_one() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(to("Jane Roe"), Samples.ref());
        bought(carrier.buy(prepared));
        UPS.endedTokens.add("T" + UPS.calls("/security").size());
        assertThat(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.NotSent.class);
        bought(carrier.buy(carrier.prepare(to("Jane Roe"), Samples.ref())));
    }

    @Test
    void what_somebody_else_pays_is_no_cost_of_the_account() {
        Shipment own = to("Jane Roe");
        ObjectNode order = Json.mapper().valueToTree(own.order());
        order.putObject("billing")
                .put("payer", "thirdParty")
                .put("account", "T1T2T3")
                .put("country", "US");
        Order billed = Json.mapper().convertValue(order, Order.class);
        Outcome.Bought bought =
                bought(buy(new Shipment(billed, 1, "ground", own.shipFrom(), own.parcels(), own.label())));
        assertThat(bought.charges()).isEmpty();
    }

    @Test
    void a_carrier_that_does_not_answer_in_time_may_have_sold() {
        Carrier hasty = open(UPS.url(), UpsServer.SECRET, "answerTimeout=300ms");
        await("its token")
                .until(() -> hasty.buy(hasty.prepare(to("Jane Roe"), Samples.ref())) instanceof Outcome.Bought);
        UPS.instead = UpsServer.of(200, "{}").withFixedDelay(2_000);
        assertThat(hasty.buy(hasty.prepare(to("Jane Roe"), Samples.ref()))).isInstanceOf(Outcome.Unknown.class);
    }

    // ---- looking up

    @Test
    void a_lost_purchase_is_found_by_its_own_reference_with_every_number() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        carrier.buy(carrier.prepare(Samples.shipment(home("LOSE Jane"), "ground", PDF, "1", "2"), ref));
        Found found = carrier.find(ref);
        assertThat(found)
                .isInstanceOfSatisfying(
                        Found.Sold.class,
                        sold -> assertThat(sold.bought().numbers())
                                .extracting(ExternalNumber::parcel)
                                .containsExactly(1, 2));
        Outcome.Bought bought = ((Found.Sold) found).bought();
        assertThat(((UpsCarrier) carrier).cancel(bought.id(), ref)).isEqualTo(new Voided.Done(null));
        assertThat(carrier.find(ref)).as("given back, so as good as never sold").isInstanceOf(Found.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource({"300001", "300035", "300002", "300006", "300032"})
    void what_ups_sold_and_does_not_print_is_for_a_person(String code) {
        UPS.recoveryAnswer = UpsServer.error(400, code, "some words");
        assertThat(carrier().find(Samples.ref())).isEqualTo(new Found.Untold("some words"));
    }

    @Test
    void one_candidate_under_a_reference_is_the_purchase_and_several_are_for_a_person() {
        String candidate = "{\"TrackingNumber\":\"%s\",\"DestinationPostalCode\":\"78701\"}";
        String one = candidate.formatted("1ZX123450300001111");
        String other = candidate.formatted("1ZX123450300002222");
        UPS.recoveryAnswer = UpsServer.of(200, "{\"LabelRecoveryResponse\":{\"TrackingCandidate\":[" + one + "]}}");
        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Sold.class,
                        sold -> assertThat(sold.bought().id()).isEqualTo(new ShipmentId("1ZX123450300001111")));
        UPS.recoveryAnswer =
                UpsServer.of(200, "{\"LabelRecoveryResponse\":{\"TrackingCandidate\":[" + one + "," + other + "]}}");
        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Untold.class,
                        untold -> assertThat(untold.why()).contains("1ZX123450300001111", "1ZX123450300002222"));
    }

    @ParameterizedTest
    @CsvSource({"300034", "12345", "250002"})
    void only_a_shipment_that_ups_does_not_know_is_nothing(String code) {
        UPS.recoveryAnswer = UpsServer.error(400, code, "some words");
        assertThat(carrier().find(Samples.ref()))
                .isInstanceOfSatisfying(
                        Found.Unreachable.class, no -> assertThat(no.why()).isEqualTo("some words"));
    }

    @ParameterizedTest
    @CsvSource({"300006,Gone", "300033,Gone", "300002,Gone", "300034,NotYet", "300007,NotYet", "99,NotYet"})
    void a_label_is_gone_only_when_ups_says_that_it_is_never_printed_again(String code, String fetched) {
        UPS.recoveryAnswer = UpsServer.error(400, code, "some words");
        assertThat(carrier().fetch(new ShipmentId(NUMBER), PDF).getClass().getSimpleName())
                .isEqualTo(fetched);
    }

    @Test
    void every_parcels_label_is_asked_for_until_there_is_one_and_goes_where_its_number_is() {
        Outcome.Bought bought = bought(buy(Samples.shipment(home("Jane Roe"), "ground", PDF, "1", "2", "3")));
        List<String> numbers =
                bought.numbers().stream().map(ExternalNumber::value).toList();
        UPS.recovered = asked -> asked.equals(numbers.get(0)) ? List.of(numbers.get(2)) : List.of(asked);
        LabelRequest wanted = PDF.of(Map.of(1, numbers.get(0), 2, numbers.get(1), 3, numbers.get(2)));
        assertThat(carrier().fetch(bought.id(), wanted))
                .as("by the first number UPS prints the third alone")
                .isInstanceOf(Fetched.NotYet.class);

        UPS.recovered =
                asked -> asked.equals(numbers.get(0)) ? List.of(numbers.get(2), numbers.get(0)) : List.of(asked);
        int before = UPS.calls("/api/labels").size();
        assertThat(carrier().fetch(bought.id(), wanted)).isInstanceOfSatisfying(Fetched.Ready.class, ready -> {
            assertThat(ready.label().documents())
                    .extracting(document -> document.parcel())
                    .containsExactly(1, 2, 3);
            assertThat(text(ready.label().documents().get(0).bytes())).contains(numbers.get(0));
            assertThat(text(ready.label().documents().get(2).bytes())).contains(numbers.get(2));
        });
        assertThat(UPS.calls("/api/labels")).hasSize(before + 2);
    }

    @Test
    void the_invoice_that_comes_with_a_label_printed_again_is_among_its_papers() {
        String image = "\"LabelImage\":{\"GraphicImage\":\""
                + Base64.getEncoder().encodeToString("^XA^FDlabel^FS^XZ".getBytes(UTF_8)) + "\"}";
        String form = "\"Form\":{\"Image\":{\"GraphicImage\":\""
                + Base64.getEncoder().encodeToString("%PDF-1.7 invoice".getBytes(UTF_8)) + "\"}}";
        UPS.recoveryAnswer = UpsServer.of(
                200,
                "{\"LabelRecoveryResponse\":{\"ShipmentIdentificationNumber\":\"1ZX123450300001001\",\"LabelResults\":[{"
                        + image + "}]," + form + "}}");
        assertThat(carrier().fetch(new ShipmentId("1ZX123450300001001"), new LabelRequest("ZPL", "4x6", 203)))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .extracting(document -> document.kind() + " " + document.format())
                                .containsExactly("shipping_label ZPL", "commercial_invoice PDF"));
    }

    @Test
    void what_ups_wants_printed_beside_the_labels_is_among_the_papers() {
        UPS.sale = sold -> {
            ObjectNode results = (ObjectNode) sold.at("/ShipmentResponse/ShipmentResults");
            results.putArray("ControlLogReceipt").addObject().put("GraphicImage", base64("<html>high value</html>"));
            results.putObject("HighValueReport").putObject("Image").put("GraphicImage", base64("%PDF-1.7 high value"));
            ((ObjectNode) results.at("/PackageResults/0/ShippingLabel"))
                    .put("InternationalSignatureGraphicImage", base64("^XA^FDsign here^FS^XZ"));
            return sold;
        };
        LabelRequest thermal = new LabelRequest("ZPL", "4x6", 203);
        assertThat(bought(buy(Samples.shipment(home("Jane Roe"), "ground", thermal, "1")))
                        .label())
                .hasValueSatisfying(label -> assertThat(label.documents())
                        .extracting(paper -> paper.kind() + " " + paper.format() + " " + paper.size())
                        .containsExactly(
                                "shipping_label ZPL 4x6",
                                "receipt HTML letter",
                                "receipt PDF letter",
                                "waybill ZPL 4x6"));
    }

    @Test
    void markup_is_a_paper_only_where_it_is_an_html_page_and_a_receipt() {
        String page = "\uFEFF\r\n<!DocType HTML><html>high value</html>";
        UPS.sale = sold -> {
            ObjectNode results = (ObjectNode) sold.at("/ShipmentResponse/ShipmentResults");
            ArrayNode receipts = results.putArray("ControlLogReceipt");
            for (String report : List.of(
                    page,
                    "<HTML>high value</HTML>",
                    "<!-- 1 --><!-- 2 -->\n<html>",
                    "<!-- 1 --><html-like/>",
                    "<svg/>",
                    "<?xml version=\"1.0\"?><Fault/>",
                    "<html-like/>")) {
                receipts.addObject().put("GraphicImage", base64(report));
            }
            results.putObject("Form").putObject("Image").put("GraphicImage", base64("<html>invoice</html>"));
            return sold;
        };
        assertThat(bought(buy(Samples.shipment(home("Jane Roe"), "ground", PDF, "1")))
                        .label())
                .hasValueSatisfying(label -> assertThat(label.documents())
                        .extracting(paper -> paper.kind() + " " + paper.format())
                        .containsExactly("shipping_label PDF", "receipt HTML", "receipt HTML", "receipt HTML"));
    }

    @Test
    void a_report_and_a_box_to_sign_come_with_a_label_printed_again() {
        String label = "\"LabelImage\":{\"GraphicImage\":\"" + base64("^XA^FDlabel^FS^XZ")
                + "\",\"InternationalSignatureGraphicImage\":\"" + base64("^XA^FDsign here^FS^XZ") + "\"}";
        String report = "\"HighValueReport\":{\"Image\":{\"GraphicImage\":\"" + base64("%PDF-1.7 high value") + "\"}}";
        UPS.recoveryAnswer =
                UpsServer.of(200, "{\"LabelRecoveryResponse\":{\"LabelResults\":[{" + label + "}]," + report + "}}");
        assertThat(carrier().fetch(new ShipmentId(NUMBER), new LabelRequest("ZPL", "4x6", 203)))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(ready.label().documents())
                                .extracting(paper -> paper.kind() + " " + paper.format())
                                .containsExactly("shipping_label ZPL", "receipt PDF", "waybill ZPL"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void the_invoice_of_a_sale_whose_label_cannot_be_read_comes_with_the_label_that_is_printed_again() {
        UPS.sale = sold -> {
            ObjectNode results = (ObjectNode) sold.at("/ShipmentResponse/ShipmentResults");
            ((ObjectNode) results.at("/PackageResults/0/ShippingLabel")).put("GraphicImage", "");
            results.putObject("Form")
                    .putObject("Image")
                    .put("GraphicImage", Base64.getEncoder().encodeToString("%PDF-1.7 invoice".getBytes(UTF_8)));
            return sold;
        };
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(Samples.shipment(home("Jane Roe"), "ground", PDF, "1"), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        assertThat(bought.label()).isEmpty();

        assertThat(((LabelsByAddress) carrier).reread(bought.id(), prepared.bytes(), bought.response(), PDF))
                .hasValueSatisfying(fetched -> assertThat(fetched)
                        .isInstanceOfSatisfying(
                                Fetched.Ready.class,
                                ready -> assertThat(ready.label().documents())
                                        .extracting(document -> document.kind())
                                        .containsExactly("shipping_label", "commercial_invoice")));
        assertThat(((LabelsByAddress) carrier).reread(bought.id(), prepared.bytes(), "{}".getBytes(UTF_8), PDF))
                .isEmpty();
    }

    @Test
    void a_label_that_one_parcel_lacks_is_not_there_yet() {
        Outcome.Bought bought = bought(buy(Samples.shipment(home("Jane Roe"), "ground", PDF, "1", "2")));
        LabelRequest wanted = PDF.of(Map.of(1, bought.id().value(), 2, "1ZX123450300009999"));
        UPS.recovered = asked -> List.of(bought.id().value());
        assertThat(carrier().fetch(bought.id(), wanted))
                .isInstanceOfSatisfying(
                        Fetched.NotYet.class, no -> assertThat(no.why()).contains("1ZX123450300009999"));
    }

    // ---- giving back

    @ParameterizedTest
    @CsvSource({
        "190101,void_period_over",
        "190102,label_not_found",
        "190103,label_already_used",
        "190117,label_already_voided",
        "190104,contact_carrier",
        "199999,unknown"
    })
    void a_void_is_refused_with_a_reason(String code, String reason) {
        UPS.voidAnswer = UpsServer.error(400, code, "No.");
        assertThat(cancel()).isEqualTo(new Voided.Refused(reason, "No."));
    }

    @Test
    void what_ups_says_has_already_been_voided_is_by_whatever_code() {
        UPS.voidAnswer = UpsServer.error(400, "190999", "The shipment has already been voided.");
        assertThat(cancel())
                .isEqualTo(new Voided.Refused("label_already_voided", "The shipment has already been voided."));
        for (String more : List.of(
                "Package 1 has already been voided; package 2 cannot be voided.",
                "The shipment was already voided or the time for voiding is over.")) {
            UPS.voidAnswer = UpsServer.error(400, "190999", more);
            assertThat(cancel()).isEqualTo(new Voided.Refused("unknown", more));
        }
        UPS.voidAnswer = UpsServer.error(400, "190999", "The shipment has not already been voided.");
        assertThat(cancel()).isEqualTo(new Voided.Refused("unknown", "The shipment has not already been voided."));
    }

    @Test
    void what_has_already_been_voided_may_be_told_in_a_summary() {
        String already = "The shipment has already been voided.";
        UPS.voidAnswer = UpsServer.of(
                200,
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"0\",\"Description\":\"" + already
                        + "\"}}}}");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_already_voided", already));
    }

    @Test
    void an_error_that_comes_as_a_success_is_no_less_an_error() {
        UPS.voidAnswer = UpsServer.error(200, "190117", "Already voided.");
        assertThat(cancel()).isEqualTo(new Voided.Refused("label_already_voided", "Already voided."));
        UPS.recoveryAnswer = UpsServer.error(200, "300007", "No such shipment.");
        assertThat(carrier().find(Samples.ref())).isEqualTo(new Found.Nothing());
        UPS.recoveryAnswer = UpsServer.error(200, "300006", "The label is expired.");
        assertThat(carrier().fetch(new ShipmentId(NUMBER), PDF)).isEqualTo(new Fetched.Gone("The label is expired."));
    }

    @Test
    void what_ups_could_not_do_just_now_is_asked_again() {
        UPS.voidAnswer = UpsServer.error(400, "190001", "Void not available at this time");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
        UPS.voidAnswer = UpsServer.error(403, "10403", "Blocked");
        assertThat(cancel()).isInstanceOf(Voided.Unknown.class);
    }

    @Test
    void a_shipment_is_given_back_when_all_its_packages_are() {
        String result =
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"0\",\"Description\":\"Partly\"}},"
                        + "\"PackageLevelResults\":[{\"TrackingNumber\":\"A\",\"Status\":{\"Code\":\"1\"}},"
                        + "{\"TrackingNumber\":\"B\",\"Status\":{\"Code\":\"%s\"}}]}}";
        UPS.voidAnswer = UpsServer.of(200, result.formatted("1"));
        assertThat(cancel()).isEqualTo(new Voided.Done(null));
        UPS.voidAnswer = UpsServer.of(200, result.formatted("0"));
        assertThat(cancel()).isEqualTo(new Voided.Refused("contact_carrier", "Partly"));
    }

    @Test
    void a_success_with_a_package_that_was_not_voided_is_none() {
        UPS.voidAnswer = UpsServer.of(
                200,
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"1\",\"Description\":\"Success\"}},"
                        + "\"PackageLevelResults\":[{\"TrackingNumber\":\"A\",\"Status\":{\"Code\":\"1\"}},"
                        + "{\"TrackingNumber\":\"B\",\"Status\":{\"Code\":\"0\",\"Description\":\"Not Voided\"}}]}}");
        assertThat(cancel()).isEqualTo(new Voided.Refused("contact_carrier", "B: Not Voided"));
    }

    @ParameterizedTest
    @CsvSource({
        "1,1,1,Done",
        "2,1,1,Done",
        "0,1,1,Done",
        "1,1,0,Refused",
        "2,1,0,Refused",
        "0,1,?,Refused",
        "1,1,?,Unknown",
        "2,1,?,Unknown",
        "2,?,0,Refused"
    })
    void a_package_that_is_neither_voided_nor_kept_decides_nothing(
            String shipment, String first, String second, String voided) {
        UPS.voidAnswer = UpsServer.of(
                200,
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"" + shipment
                        + "\",\"Description\":\"Partly\"}},\"PackageLevelResults\":["
                        + "{\"TrackingNumber\":\"A\",\"Status\":{\"Code\":\"" + first + "\"}},"
                        + "{\"TrackingNumber\":\"B\",\"Status\":{\"Code\":\"" + second + "\"}}]}}");
        assertThat(cancel().getClass().getSimpleName()).isEqualTo(voided);
    }

    @ParameterizedTest
    @CsvSource({"1,1,Done", "1,0,Refused", "0,0,Refused"})
    void line_breaks_that_the_test_host_leaves_in_its_values_are_looked_past(
            String shipment, String parcel, String voided) {
        UPS.voidAnswer = UpsServer.of(
                200,
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"&#xD;&#xD;" + shipment
                        + "\",\"Description\":\"&#xD;Said\"}},\"PackageLevelResult\":{\"TrackingNumber\":\"&#xD;A\","
                        + "\"Status\":{\"Code\":\"&#xD;" + parcel + "\",\"Description\":\"&#13;Not Voided\"}}}}");
        Voided answer = cancel();
        assertThat(answer.getClass().getSimpleName()).isEqualTo(voided);
        if (answer instanceof Voided.Refused no) {
            assertThat(no.words()).isIn("A: Not Voided", "Said");
        }
    }

    // ---- prices

    @Test
    void a_quote_has_the_taxes_of_what_is_paid_and_the_list_price_has_none() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[
                  {"Service":{"Code":"11"},
                   "TotalCharges":{"CurrencyCode":"EUR","MonetaryValue":"20.00"},
                   "NegotiatedRateCharges":{
                     "TotalCharge":{"CurrencyCode":"EUR","MonetaryValue":"10.00"},
                     "TaxCharges":[{"Type":"VAT","MonetaryValue":"1.90"}],
                     "TotalChargesWithTaxes":{"CurrencyCode":"EUR","MonetaryValue":"11.90"}}}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe"))).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("11.90", "EUR"));
            assertThat(rate.list()).isEqualTo(Money.of("20.00", "EUR"));
            assertThat(rate.charges())
                    .extracting(charge -> charge.type() + " " + charge.amount())
                    .containsExactlyInAnyOrder("shipping 10.00 EUR", "tax 1.90 EUR");
        });
    }

    @Test
    void a_price_that_cannot_be_read_is_missed_under_our_word_for_its_service_and_hides_no_other() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[
                  {"Service":{"Code":"03"},"TotalCharges":{"MonetaryValue":"20.00"}},
                  {"TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"9.00"}},
                  {"Service":{"Code":"01"},"TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"75"}}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.excluded())
                .containsExactly(
                        "ground null its price cannot be read: it has no CurrencyCode",
                        "* null its price cannot be read: it has no Service.Code",
                        "next_day_air 75 USD null");
    }

    @Test
    void every_service_has_its_price_the_list_price_beside_it_and_its_days() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[
                  {"Service":{"Code":"03"},
                   "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"20.00"},
                   "BaseServiceCharge":{"CurrencyCode":"USD","MonetaryValue":"17.00"},
                   "NegotiatedRateCharges":{
                     "BaseServiceCharge":[{"CurrencyCode":"USD","MonetaryValue":"10.00"}],
                     "ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"1.50"}],
                     "TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"11.50"}},
                   "RatedPackage":[{"TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"20.00"}}],
                   "TimeInTransit":{"ServiceSummary":{"EstimatedArrival":{
                     "Arrival":{"Date":"20261127","Time":"230000"},"BusinessDaysInTransit":"3"}}}},
                  {"Service":{"Code":"01"},
                   "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":75},
                   "GuaranteedDelivery":{"BusinessDaysInTransit":"1","ScheduledDeliveryDate":"20261125"},
                   "RatedPackage":{"ItemizedCharges":{"Code":"376","CurrencyCode":"USD","MonetaryValue":"5"}}},
                  {"Service":{"Code":"99"},"TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"1"}}]}}""";
        List<Rates.Rate> rates = ((Rates) carrier()).rates(to("Jane Roe"));
        assertThat(rates).extracting(Rates.Rate::service).containsExactly("ground", "next_day_air", "99");
        Rates.Rate ground = rates.get(0);
        assertThat(ground.total()).isEqualTo(Money.of("11.50", "USD"));
        assertThat(ground.list()).isEqualTo(Money.of("20.00", "USD"));
        assertThat(ground.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("shipping 10.00 USD", "fuel_charge 1.50 USD");
        assertThat(ground.days()).isEqualTo(3);
        assertThat(ground.promised()).isEqualTo("2026-11-27");
        Rates.Rate air = rates.get(1);
        assertThat(air.list()).isNull();
        assertThat(air.days()).isEqualTo(1);
        assertThat(air.promised()).isEqualTo("2026-11-25");
        assertThat(air.charges())
                .extracting(charge -> charge.type() + " " + charge.amount())
                .containsExactly("location_fee 5 USD", "shipping 70 USD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "20261399", "soon", ""})
    void a_day_that_is_none_takes_no_price_with_it(String day) {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":{"Service":{"Code":"03"},
                  "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"20.00"},
                  "TimeInTransit":{"ServiceSummary":{"EstimatedArrival":{"Arrival":{"Date":"%s"}}}}}}}""".formatted(day);
        assertThat(((Rates) carrier()).rates(to("Jane Roe"))).singleElement().satisfies(rate -> {
            assertThat(rate.total()).isEqualTo(Money.of("20.00", "USD"));
            assertThat(rate.promised()).isNull();
            assertThat(rate.excluded()).isNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "40.00, 10.00, 'BASE shipping 10.00 USD, 375 fuel_charge 2.00 USD, DTM discount -0.50 USD'",
        "40.00, 9.50, 'BASE shipping 9.50 USD, 375 fuel_charge 2.00 USD'"
    })
    void a_modifier_of_the_rate_is_a_part_where_it_is_in_no_other(String list, String base, String parts) {
        String price = """
                "BaseServiceCharge":{"CurrencyCode":"USD","MonetaryValue":"%s"},"TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"11.50"},
                "RatedPackage":[{"ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"2.00"}],
                  "RateModifier":[{"ModifierType":"DTM","ModifierDesc":"Destination Modifier","Amount":"-0.50"}]}]""".formatted(base);
        String agreed = """
                "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"%s"},
                "NegotiatedRateCharges":{"BaseServiceCharge":[{"CurrencyCode":"USD","MonetaryValue":"%s"}],
                  "ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"2.00"}],
                  "RateModifier":[{"ModifierType":"DTM","ModifierDesc":"Destination Modifier","Amount":"-0.50"}],
                  "TotalCharge":{"CurrencyCode":"USD","MonetaryValue":"11.50"}}""".formatted(list, base);
        for (String told : List.of(price, agreed)) {
            UPS.rates = "{\"RateResponse\":{\"RatedShipment\":[{\"Service\":{\"Code\":\"03\"}," + told + "}]}}";
            assertThat(((Rates) carrier()).rates(to("Jane Roe")).get(0).charges())
                    .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                    .containsExactlyInAnyOrder(parts.split(", ", -1));
        }
    }

    @Test
    void a_modifier_that_is_in_the_base_is_no_part_where_packages_tell_a_surcharge_of_the_shipment_again() {
        UPS.rates = """
                {"RateResponse":{"RatedShipment":[{"Service":{"Code":"03"},
                  "BaseServiceCharge":{"CurrencyCode":"USD","MonetaryValue":"10.00"},
                  "ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"2.00"}],
                  "TotalCharges":{"CurrencyCode":"USD","MonetaryValue":"12.00"},
                  "RatedPackage":[{"ItemizedCharges":[{"Code":"375","CurrencyCode":"USD","MonetaryValue":"2.00"}],
                    "RateModifier":[{"ModifierType":"DTM","ModifierDesc":"Destination Modifier","Amount":"-0.50"}]}]}]}}""";
        assertThat(((Rates) carrier()).rates(to("Jane Roe")).get(0).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactlyInAnyOrder("BASE shipping 10.00 USD", "375 fuel_charge 2.00 USD");
    }

    @Test
    void a_label_has_the_modifiers_of_its_rate_among_its_parts() {
        UPS.sale = answer -> {
            ObjectNode results = results(answer);
            results.remove("NegotiatedRateCharges");
            ((ObjectNode) results.path("ShipmentCharges")).set("BaseServiceCharge", money("17.00"));
            ((ObjectNode) results.path("ShipmentCharges")).set("TotalCharges", money("20.25"));
            ObjectNode parcel = (ObjectNode) results.at("/PackageResults/0");
            parcel.putArray("ItemizedCharges").add(money("3.00").put("Code", "375"));
            parcel.putArray("RateModifier")
                    .addObject()
                    .put("ModifierType", "ORM")
                    .put("ModifierDesc", "Origin Modifier")
                    .put("Amount", "0.25");
            return answer;
        };
        assertThat(bought(buy(to("Jane Roe"))).charges())
                .extracting(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .containsExactlyInAnyOrder(
                        "BASE shipping 17.00 USD", "375 fuel_charge 3.00 USD", "ORM additional_fees 0.25 USD");
    }

    @Test
    void a_lane_without_a_price_says_why() {
        UPS.instead =
                UpsServer.error(400, "111210", "The requested service is unavailable between the selected locations.");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("unavailable between"));
        UPS.instead = UpsServer.error(200, "110208", "The destination is not served.");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("The destination is not served."));
        UPS.instead = UpsServer.of(
                200,
                "{\"RateResponse\":{\"Response\":{\"Alert\":{\"Code\":\"1\",\"Description\":\"No service goes there.\"}}}}");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("No service goes there."));
        UPS.instead = UpsServer.of(503, "");
        assertThat(((Rates) carrier()).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("HTTP 503"));
        assertThat(((Rates) open(UPS.url(), "another-secret")).rates(to("Jane Roe")))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).contains("no token", "ClientId is Invalid"));
    }

    // ---- following

    @Test
    void what_happened_is_told_in_our_words_with_upss_codes_kept() {
        UPS.tracking = tracked(
                NUMBER,
                activity("D", "FS", "011", "DELIVERED", "20240424", "153000", "Austin"),
                activity("D", "OT", "", "Out For Delivery", "20240424", "83000", "Austin"),
                activity("X", "48", "022", "The customer was not available", "20240423", "170000", "Austin"),
                activity("I", "AR", "005", "Arrived at Facility", "20240423", "091519", "Waco"),
                activity("M", "MP", "003", "Label created", "20240422", "080000", ""));
        List<Tracks.Event> events = ((Tracks) carrier()).track(List.of(NUMBER));
        assertThat(events)
                .extracting(Tracks.Event::status)
                .containsExactly("delivered", "out_for_delivery", "delivery_failed", "in_transit", "pending");
        assertThat(events).extracting(Tracks.Event::code).contains("D FS 011", "I AR 005");
        assertThat(events.get(1).at()).isEqualTo("2024-04-24T08:30:00Z");
        assertThat(events.get(3).at().toInstant()).isEqualTo("2024-04-23T09:15:19Z");
        assertThat(events.get(3).place()).isEqualTo("Waco, TX, US");
        assertThat(events.get(4).place()).isEqualTo("TX, US");
    }

    @ParameterizedTest
    @CsvSource({
        "X,060,delivery_failed",
        "X,066,delivery_failed",
        "X,050,on_hold",
        "X,058,on_hold",
        "X,059,delivery_delayed",
        "X,067,return_to_sender",
        "X,033,in_transit",
        "X,035,return_to_sender",
        "X,055,delivery_delayed",
        "I,057,in_transit",
        "I,072,out_for_delivery",
        "M,077,pending"
    })
    void the_later_detail_codes_say_more_than_the_type_too(String type, String detail, String status) {
        UPS.tracking = tracked(NUMBER, activity(type, "ZZ", detail, "words", "20240424", "83000", "Austin"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @ParameterizedTest
    @CsvSource({
        "20240424,153000,20240424,093000,2024-04-24T15:30:00Z",
        "20240424,half past,20240424,093000,2024-04-24T14:30:00Z",
        "20240424,'',20240424,093000,2024-04-24T14:30:00Z",
        "20240431,153000,20240424,93000,2024-04-24T14:30:00Z",
        "'','',20240424,093000,2024-04-24T14:30:00Z",
        "20240424,'',20240423,'',2024-04-24T00:00:00Z",
        "20240424,half past,'','',2024-04-24T00:00:00Z",
        "'','',20240424,'',2024-04-24T05:00:00Z",
    })
    void a_scan_whose_hour_in_greenwich_cannot_be_read_is_told_by_that_of_its_place(
            String gmtDate, String gmtTime, String date, String time, String at) {
        UPS.tracking = tracked(
                NUMBER,
                activity("D", "FS", "011", "DELIVERED", gmtDate, gmtTime, "Austin")
                        .put("gmtOffset", "-05:00")
                        .put("date", date)
                        .put("time", time));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.at().toInstant()).isEqualTo(at));
    }

    @Test
    void what_was_brought_to_an_access_point_is_not_delivered_yet() {
        UPS.tracking = tracked(
                NUMBER, activity("D", "ZP", "", "Delivered to UPS Access Point", "20240424", "83000", "Austin"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo("ready_for_pickup"));
    }

    @ParameterizedTest
    @CsvSource({
        "O,'',On its way,out_for_delivery",
        "I,ZZ,Out For Delivery Today,out_for_delivery",
        "Q,ZZ,Loaded on Delivery Vehicle,out_for_delivery",
        "DO,'',Delivered to the origin freight station,in_transit",
        "DD,'',Delivered to the destination freight station,in_transit",
        "W,'',Warehousing,in_transit",
        "X,ZZ,Not out for delivery,delivery_delayed",
        "D,ZZ,Returned to Sender,return_to_sender",
        "I,ZZ,Returning to Sender / In Transit,return_to_sender",
        "X,ZZ,The package is being returned to the sender,return_to_sender",
        "X,ZZ,The receiver refused it; it will be returned to the sender,delivery_delayed",
        "I,ZZ,It may be returned to sender after ten days,in_transit",
        "I,ZZ,Return to Sender can be requested,in_transit"
    })
    void a_type_of_status_is_told_in_our_words(String type, String code, String words, String status) {
        UPS.tracking = tracked(NUMBER, activity(type, code, "", words, "20240424", "83000", "Austin"));
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(status));
    }

    @Test
    void a_status_that_is_told_in_simple_words_alone_is_told_in_those() {
        ObjectNode scan = activity("I", "ZZ", "", "", "20240424", "83000", "Austin");
        ((ObjectNode) scan.path("status")).put("simplifiedTextDescription", "Out for Delivery");
        UPS.tracking = tracked(NUMBER, scan);
        assertThat(((Tracks) carrier()).track(List.of(NUMBER)))
                .extracting(event -> event.status() + ": " + event.text())
                .containsExactly("out_for_delivery: Out for Delivery");
    }

    @Test
    void a_parcel_is_known_by_the_number_it_has_at_the_post_too() {
        String atThePost = "92419900000033499522966220";
        ObjectNode parcel = RequestJson.object().put("trackingNumber", NUMBER);
        parcel.putArray("alternateTrackingNumber").addObject().put("number", atThePost);
        parcel.putArray("activity").add(activity("D", "F4", "026", "Delivered", "20240424", "083000", "Austin"));
        ObjectNode other = RequestJson.object().put("trackingNumber", "1ZX123450300001002");
        other.putArray("activity").add(activity("I", "DP", "005", "Departed", "20240425", "083000", "Waco"));
        ObjectNode answer = RequestJson.object();
        answer.putObject("trackResponse")
                .putArray("shipment")
                .addObject()
                .put("inquiryNumber", atThePost)
                .putArray("package")
                .add(parcel)
                .add(other);
        UPS.tracking = UpsServer.of(200, answer.toString());
        assertThat(((Tracks) carrier()).track(List.of(atThePost)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.status()).isEqualTo("delivered");
                    assertThat(event.trackingNumber()).isEqualTo(atThePost);
                });
    }

    @Test
    void a_number_ups_does_not_know_has_no_events_whether_warned_of_or_not_found() {
        UPS.tracking = UpsServer.of(
                200,
                "{\"trackResponse\":{\"shipment\":[{\"inquiryNumber\":\"" + NUMBER
                        + "\",\"warnings\":[{\"code\":\"TW0001\",\"message\":\"Tracking Information Not Found\"}]}]}}");
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).isEmpty();
        UPS.tracking = UpsServer.error(404, "TV1002", "Invalid inquiry number");
        assertThat(((Tracks) carrier()).track(List.of(NUMBER))).isEmpty();
    }

    @Test
    void silence_about_a_parcel_is_no_empty_journey() {
        UPS.instead = UpsServer.of(503, "");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("503");
        UPS.instead = UpsServer.error(401, "250002", "Invalid Authentication Information.");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("Invalid Auth");
        UPS.instead = UpsServer.error(200, "TV1002", "The carrier is busy.");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("busy");
        UPS.instead = UpsServer.of(200, "{}");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining(NUMBER);
        UPS.instead = UpsServer.of(404, "<html><body>No such page</body></html>");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of(NUMBER))).hasMessageContaining("No such page");
    }

    @Test
    void a_track_alert_is_proven_by_its_credential_and_read() {
        Webhooks hooks = (Webhooks) carrier();
        byte[] body = """
                {"trackingNumber":"1ZX123450300001001","localActivityDate":"20261124","localActivityTime":"091500",
                 "activityLocation":{"city":"Austin","stateProvince":"TX","postalCode":"","country":"US"},
                 "activityStatus":{"type":"I","code":"OT","description":"Out for Delivery","descriptionCode":17},
                 "gmtActivityDate":"20261124","gmtActivityTime":"151500","gmtOffset":"-06.00",
                 "scheduledDeliveryDate":"20261124"}""".getBytes(UTF_8);
        Webhooks.Delivery told = new Webhooks.Delivery(Map.of("Credential", "told-to-ups"), body);
        assertThat(hooks.prove(told)).startsWith("sha256:");
        assertThat(hooks.read(body)).singleElement().satisfies(event -> {
            assertThat(event.status()).isEqualTo("out_for_delivery");
            assertThat(event.code()).isEqualTo("I OT");
            assertThat(event.at()).isEqualTo("2026-11-24T09:15:00-06:00");
        });
        assertThatThrownBy(() -> hooks.prove(new Webhooks.Delivery(Map.of("credential", "guess"), body)))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> hooks.read("{}".getBytes(UTF_8))).hasMessageContaining("trackingNumber");
    }

    @ParameterizedTest
    @CsvSource({
        "X,48,'\"022\"',delivery_failed,X 48 022",
        "I,ZZ,'\"036\"',return_to_sender,I ZZ 036",
        "X,48,22,delivery_delayed,X 48",
        "X,48,'\"\"',delivery_delayed,X 48",
        "X,48,null,delivery_delayed,X 48"
    })
    void what_is_pushed_is_told_by_the_detail_code_it_would_be_asked_under(
            String type, String code, String detail, String status, String told) {
        String body = "{\"trackingNumber\":\"1ZX123450300001001\",\"gmtActivityDate\":\"20261124\","
                + "\"gmtActivityTime\":\"151500\",\"activityStatus\":{\"type\":\"" + type + "\",\"code\":\"" + code
                + "\",\"description\":\"The customer was not available\",\"descriptionCode\":" + detail + "}}";
        assertThat(((Webhooks) carrier()).read(body.getBytes(UTF_8)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.status()).isEqualTo(status);
                    assertThat(event.code()).isEqualTo(told);
                });
    }

    /** By UPSTrackAlert.yaml only the number and the status are in every message. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",\"gmtActivityDate\":\"\",\"gmtActivityTime\":\"\",\"localActivityDate\":\"\""})
    void a_track_alert_that_says_no_time_tells_nothing_and_nobody_is_asked_to_look(String time) {
        String body = "{\"trackingNumber\":\"1ZX123450300001001\",\"scheduledDeliveryDate\":\"20261125\","
                + "\"activityStatus\":{\"type\":\"U\",\"code\":\"U1\",\"description\":\"Delivery date updated\"}"
                + time + "}";
        assertThat(((Webhooks) carrier()).read(body.getBytes(UTF_8))).isEmpty();
    }

    // ---- settings

    @Test
    void what_is_missing_or_unknown_in_the_settings_is_told_by_name() {
        assertThatThrownBy(() -> account("mode=test")).hasMessageContaining("account.ups.number");
        assertThatThrownBy(() -> account("mode=test", "number=12345")).hasMessageContaining("six letters");
        assertThatThrownBy(() -> account("number=X12345")).hasMessageContaining("account.ups.mode");
        assertThatThrownBy(() -> account("mode=test", "number=X12345", "clientId=env:A"))
                .hasMessageContaining("account.ups.clientId");
        assertThatThrownBy(() -> carrierWith("colour=brown")).hasMessageContaining("account.ups.colour");
        assertThatThrownBy(() -> carrierWith("token=x")).hasMessageContaining("account.ups.token");
    }

    private static Carrier account(String... lines) {
        StringBuilder text = new StringBuilder("account.ups.adapter=ups\n");
        for (String line : lines) {
            text.append("account.ups.").append(line).append('\n');
        }
        return new Carriers()
                .open("ups", Settings.of(text.toString()).section("account").section("ups"));
    }

    private Carrier carrierWith(String more) {
        return open(UPS.url(), UpsServer.SECRET, more);
    }

    /** Secrets come from the environment, as they would. */
    private static Carrier open(URI base, String secret, String... more) {
        StringBuilder text = new StringBuilder("account.ups.adapter=ups\naccount.ups.number=X12345\n");
        for (String line : more) {
            text.append("account.ups.").append(line).append('\n');
        }
        text.append("account.ups.baseUrl=").append(base).append('\n');
        text.append("account.ups.clientId=env:UPS_ID\naccount.ups.clientSecret=env:UPS_SECRET\n");
        text.append("account.ups.webhookCredential=env:UPS_HOOK\n");
        Settings settings = Settings.of(
                text.toString(), Map.of("UPS_ID", UpsServer.ID, "UPS_SECRET", secret, "UPS_HOOK", "told-to-ups"));
        return new Carriers().open("ups", settings.section("account").section("ups"));
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    private Voided cancel() {
        return ((UpsCarrier) carrier()).cancel(new ShipmentId(NUMBER), Samples.ref());
    }

    private static Shipment to(String name) {
        return Samples.shipment(home(name), "ground", new LabelRequest("PDF", "4x6", 203), "1.2");
    }

    private static String text(byte[] label) {
        return new String(label, UTF_8);
    }

    private static ObjectNode results(ObjectNode answer) {
        return (ObjectNode) answer.path("ShipmentResponse").path("ShipmentResults");
    }

    private static ObjectNode money(String amount) {
        return RequestJson.object().put("CurrencyCode", "USD").put("MonetaryValue", amount);
    }

    @Test
    void a_parcel_is_found_though_its_number_is_told_with_blanks() {
        UPS.tracking = tracked(
                "1z 999 aa1 01 2345 6784", activity("D", "FS", "011", "DELIVERED", "20240424", "153000", "Austin"));

        assertThat(((Tracks) carrier()).track(List.of("1Z999AA10123456784")))
                .extracting(event -> event.trackingNumber() + " " + event.status())
                .containsExactly("1Z999AA10123456784 delivered");
    }

    private static ResponseDefinitionBuilder tracked(String number, ObjectNode... activities) {
        ObjectNode answer = RequestJson.object();
        ObjectNode shipment =
                answer.putObject("trackResponse").putArray("shipment").addObject();
        ArrayNode list = shipment.put("inquiryNumber", number)
                .putArray("package")
                .addObject()
                .put("trackingNumber", number)
                .putArray("activity");
        for (ObjectNode activity : activities) {
            list.add(activity);
        }
        return UpsServer.of(200, answer.toString());
    }

    private static ObjectNode activity(
            String type, String code, String detail, String words, String date, String time, String city) {
        ObjectNode activity = RequestJson.object();
        activity.putObject("status")
                .put("type", type)
                .put("code", code)
                .put("statusCode", detail)
                .put("description", words);
        activity.putObject("location")
                .putObject("address")
                .put("city", city)
                .put("stateProvince", "TX")
                .put("countryCode", "US");
        return activity.put("gmtDate", date).put("gmtTime", time).put("gmtOffset", "+00:00");
    }
}
