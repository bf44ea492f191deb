package io.waybill.carrier.easypost;

import static io.waybill.carrier.Samples.PDF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.carrier.Webhooks;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.settings.Settings;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EasyPostCarrierTest extends PlayedContract {
    @RegisterExtension
    static final EasyPostServer EASYPOST = new EasyPostServer();

    @Override
    protected CarrierFactory factory() {
        return new EasyPostFactory();
    }

    @Override
    protected CarrierStub server() {
        return EASYPOST;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open(EasyPostServer.KEY, "baseUrl=" + base);
    }

    @Override
    protected List<String> essential() {
        return List.of("/id");
    }

    @Override
    protected String secret() {
        return EasyPostServer.KEY;
    }

    @Override
    protected Shipment shipment(LabelRequest label) {
        return to("Jane Roe", label);
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open("EZTKanother", "baseUrl=" + EASYPOST.url()));
    }

    @Override
    protected Optional<Money> total(Outcome.Bought bought) {
        return Optional.of(Money.of("5.94", "USD"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(
                sold -> EASYPOST.refundAnswer = EasyPostServer.error(
                        422, "SHIPMENT.REFUND.UNAVAILABLE", "The label has been scanned by the carrier."),
                "label_already_used"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(number -> EASYPOST.trackers =
                asked -> "{\"trackers\":[" + tracker(number, detail("beamed", "up", "2026-11-20T10:00:00Z")) + "]}");
    }

    @Override
    protected void scans(String number) {
        EASYPOST.trackers = asked -> "{\"trackers\":["
                + tracker(
                        number,
                        detail("pre_transit", "label_created", "2026-11-20T10:00:00Z"),
                        detail("in_transit", "arrived_at_facility", "2026-11-21T10:00:00Z"),
                        detail("delivered", "arrived_at_destination", "2026-11-22T10:00:00Z"))
                + "],\"has_more\":false}";
    }

    // ---- settings

    @Test
    void the_key_says_whether_it_is_a_test_and_the_mode_must_agree() {
        assertThat(open("EZTK1", "mode=test")).isNotNull();
        assertThat(open("EZAK1")).isNotNull();
        assertThatThrownBy(() -> open("EZTK1", "mode=production")).hasMessageContaining("account.ep.mode");
        assertThatThrownBy(() -> open("EZAK1", "mode=test")).hasMessageContaining("account.ep.mode");
        assertThatThrownBy(() -> open("EZTK1", "carrier=USPS")).hasMessageContaining("account.ep.carrier");
        assertThatThrownBy(() -> open("")).hasMessageContaining("apiKey");
    }

    // ---- preparing

    @Test
    void preparing_makes_a_shipment_once_and_buys_the_cheapest_rate_of_the_service() {
        Ref ref = Samples.ref();
        int made = creations();
        Prepared prepared = carrier().prepare(shipment(PDF), ref);
        carrier().prepare(shipment(PDF), ref);
        assertThat(creations()).isEqualTo(made + 1);
        Reply body = Reply.of(prepared.bytes());
        assertThat(body.text("rate", "id")).endsWith("_best");
        assertThat(EASYPOST.shipment(body.text("rate", "shipment_id"))
                        .path("reference")
                        .asText())
                .isEqualTo(ref.value());
    }

    @Test
    void whether_somebody_lives_there_easypost_may_know_better() {
        EASYPOST.draft = shipment -> ((ObjectNode) shipment.path("to_address")).put("residential", false);
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(shipment(PDF), ref);
        carrier().prepare(shipment(PDF), ref);
        assertThat(creations()).isEqualTo(made + 1);
    }

    @Test
    void a_day_to_come_is_the_same_however_easypost_writes_its_time() {
        EASYPOST.draft = shipment -> ((ObjectNode) shipment.path("options"))
                .put("label_date", shipment.at("/options/label_date").asText().replace("Z", "+00:00"));
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(3);
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(on(day), ref);
        carrier().prepare(on(day), ref);
        assertThat(creations()).isEqualTo(made + 1);
        carrier().prepare(on(day.plusDays(1)), ref);
        assertThat(creations()).isEqualTo(made + 2);
    }

    private static Shipment on(LocalDate day) {
        return with(order -> order.putObject("options").put("shipDate", day.toString()));
    }

    private static Shipment with(Consumer<ObjectNode> change) {
        Shipment plain = to("Jane Roe", PDF);
        ObjectNode order = Json.mapper().valueToTree(plain.order());
        change.accept(order);
        Order changed = Json.mapper().convertValue(order, Order.class);
        return new Shipment(changed, 1, plain.service(), plain.shipFrom(), plain.parcels(), plain.label());
    }

    @ParameterizedTest
    @CsvSource({"DE123456789,1", "HIDDEN,1", "*****6789,1", "*****0000,2", "DE999999999,2", ",2"})
    void a_tax_number_is_the_same_where_easypost_hides_it_and_another_where_it_shows_another(
            @Nullable String shown, int makes) {
        EASYPOST.draft = shipment -> ((ObjectNode) shipment.path("to_address")).put("federal_tax_id", shown);
        Shipment taxed = with(order -> ((ObjectNode) order.path("shipTo")).put("taxId", "DE123456789"));
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(taxed, ref);
        carrier().prepare(taxed, ref);
        assertThat(creations()).isEqualTo(made + makes);
    }

    @Test
    void what_an_order_no_longer_says_is_not_shipped_by() {
        EASYPOST.draft = EasyPostCarrierTest::fillIn;
        Ref ref = Samples.ref();
        int made = creations();
        carrier()
                .prepare(
                        with(order -> {
                            order.putObject("options").put("signature", "adult");
                            ((ObjectNode) order.path("shipTo")).put("taxId", "DE123456789");
                        }),
                        ref);
        carrier().prepare(with(order -> order.putObject("options").put("signature", "adult")), ref);
        assertThat(creations()).isEqualTo(made + 2);
        carrier().prepare(with(order -> {}), ref);
        carrier().prepare(with(order -> {}), ref);
        assertThat(creations()).isEqualTo(made + 3);
        carrier().prepare(with(order -> ((ObjectNode) order.path("shipTo")).remove("line2")), ref);
        assertThat(creations()).isEqualTo(made + 4);
    }

    @Test
    void nobody_pays_whom_an_order_no_longer_names() {
        EASYPOST.draft = EasyPostCarrierTest::fillIn;
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(with(order -> order.putObject("billing").put("dutiesPayer", "sender")), ref);
        carrier().prepare(with(order -> {}), ref);
        carrier().prepare(with(order -> {}), ref);
        assertThat(creations()).isEqualTo(made + 2);
        carrier().prepare(with(order -> thirdParty(order).put("country", "GB")), ref);
        carrier().prepare(with(EasyPostCarrierTest::thirdParty), ref);
        carrier().prepare(with(EasyPostCarrierTest::thirdParty), ref);
        assertThat(creations()).isEqualTo(made + 4);
    }

    private static ObjectNode thirdParty(ObjectNode order) {
        return order.putObject("billing").put("payer", "thirdParty").put("account", "A1B2C3");
    }

    @Test
    void what_easypost_fills_in_by_itself_makes_no_other_shipment() {
        EASYPOST.draft = shipment -> {
            ((ObjectNode) shipment.path("parcel"))
                    .put("length", 0.0)
                    .put("width", 0)
                    .put("height", "");
            ((ObjectNode) shipment.path("customs_info")).put("eel_pfc", "NOEEI 30.37(a)");
            ((ObjectNode) shipment.path("from_address")).put("code", "a name of another object's");
        };
        Shipment there = with(EasyPostCarrierTest::abroad);
        Shipment plain = with(order -> {
            abroad(order);
            ((ObjectNode) order.path("shipTo")).put("country", "FR").put("postalCode", "75001");
        });
        Order.Parcel bare = new Order.Parcel(null, plain.parcels().get(0).weight(), null, null, List.of());
        Shipment abroad =
                new Shipment(plain.order(), 1, plain.service(), there.order().shipTo(), List.of(bare), plain.label());
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(abroad, ref);
        carrier().prepare(abroad, ref);
        assertThat(creations()).isEqualTo(made + 1);
    }

    @Test
    void numbers_for_the_customs_that_an_order_has_now_are_told() {
        EASYPOST.draft =
                shipment -> shipment.path("tax_identifiers").forEach(one -> ((ObjectNode) one).put("tax_id", "HIDDEN"));
        Ref ref = Samples.ref();
        int made = creations();
        carrier().prepare(with(EasyPostCarrierTest::abroad), ref);
        Shipment identified = with(order -> {
            abroad(order);
            order.putObject("metadata").put("eori", "GB123456789000");
        });
        carrier().prepare(identified, ref);
        carrier().prepare(identified, ref);
        assertThat(creations()).isEqualTo(made + 2);
    }

    private static void abroad(ObjectNode order) {
        ((ObjectNode) order.path("shipTo")).put("country", "GB").put("postalCode", "W1A 1AA");
        order.putObject("customs").put("contents", "gift").put("signer", "Ann Signer");
        ObjectNode item =
                order.putArray("items").addObject().put("description", "Mug").put("quantity", 1);
        item.put("originCountry", "PT")
                .putObject("unitPrice")
                .put("amount", "12.50")
                .put("currency", "USD");
    }

    /** What EasyPost itself writes where nothing was asked for. */
    private static void fillIn(ObjectNode shipment) {
        ObjectNode to = (ObjectNode) shipment.path("to_address");
        List.of("company", "email", "federal_tax_id", "state_tax_id")
                .forEach(field -> to.set(field, to.path(field).isMissingNode() ? NullNode.instance : to.path(field)));
        shipment.put("is_return", false).putNull("customs_info").putNull("insurance");
        ObjectNode options = (ObjectNode) shipment.path("options");
        options.put("currency", "USD").put("date_advance", 0);
        if (!options.has("payment")) {
            options.putObject("payment").put("type", "SENDER");
        }
    }

    @Test
    void an_order_that_was_changed_in_between_is_another_shipment_and_both_are_found_by_the_ref() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        carrier.prepare(to("Jane Roe", PDF), ref);
        assertThat(carrier.find(ref)).isInstanceOf(Found.Nothing.class);
        Prepared changed = carrier.prepare(to("Jane Doe", PDF), ref);
        Outcome.Bought bought = bought(carrier.buy(changed));
        assertThat(EASYPOST.shipment(bought.id().value()).at("/to_address/name").asText())
                .isEqualTo("Jane Doe");
        assertThat(EASYPOST.shipment(bought.id().value()).path("reference").asText())
                .isEqualTo(ref.value() + ".2");
        assertThat(((Found.Sold) carrier.find(ref)).bought().numbers()).isEqualTo(bought.numbers());
    }

    @Test
    void what_was_bought_after_an_earlier_one_was_given_back_is_found() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Outcome.Bought first = bought(carrier.buy(carrier.prepare(shipment(PDF), ref)));
        EASYPOST.shipment(first.id().value()).put("refund_status", "refunded");
        assertThat(carrier.find(ref)).isInstanceOf(Found.Nothing.class);
        Outcome.Bought second = bought(carrier.buy(carrier.prepare(shipment(PDF), ref)));
        assertThat(((Found.Sold) carrier.find(ref)).bought().id())
                .isEqualTo(second.id())
                .isNotEqualTo(first.id());
    }

    @Test
    void what_was_bought_is_never_prepared_again() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Prepared prepared = carrier.prepare(shipment(PDF), ref);
        carrier.buy(prepared);
        assertThat(carrier.prepare(shipment(PDF), ref).bytes()).isNotEqualTo(prepared.bytes());
    }

    @Test
    void a_shipment_easypost_does_not_take_is_refused_before_anything_is_bought() {
        EASYPOST.createAnswer = EasyPostServer.of(
                422,
                "{\"error\":{\"code\":\"PARCEL.INVALID\",\"message\":\"Invalid parcel\",\"errors\":[{\"field\":\"parcel.weight\",\"message\":\"too heavy\"}]}}");
        assertThatThrownBy(() -> carrier().prepare(shipment(PDF), Samples.ref()))
                .isInstanceOfSatisfying(RefusedException.class, no -> {
                    assertThat(no.pointer()).isEqualTo("/parcels/0/weight");
                    assertThat(no).hasMessageContaining("too heavy");
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 429, 500, 503})
    void a_shipment_that_cannot_be_made_now_is_tried_again(int status) {
        EASYPOST.createAnswer = EasyPostServer.error(status, "X", "later");
        assertThatThrownBy(() -> carrier().prepare(shipment(PDF), Samples.ref()))
                .isInstanceOf(IllegalStateException.class);
        EASYPOST.createAnswer = null;
        EASYPOST.readAnswer = EasyPostServer.error(status, "X", "later");
        assertThatThrownBy(() -> carrier().prepare(shipment(PDF), Samples.ref()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_404_in_any_words_is_enough_to_make_a_shipment_and_not_to_find_none() {
        EASYPOST.readAnswer = EasyPostServer.of(404, "<html>");
        Ref ref = Samples.ref();
        assertThat(carrier().prepare(shipment(PDF), ref).bytes()).isNotEmpty();
        assertThat(carrier().find(ref)).isInstanceOf(Found.Unreachable.class);
    }

    @Test
    void a_service_nobody_offers_is_refused_in_the_carriers_words_or_with_those_there_are() {
        Shipment ups = Samples.shipment(Samples.home("Jane Roe"), "ups_ground", PDF, "1.2");
        assertThatThrownBy(() -> carrier().prepare(ups, Samples.ref()))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("Invalid Access License number");
        Shipment dhl = Samples.shipment(Samples.home("Jane Roe"), "DHLExpress.Other", PDF, "1.2");
        assertThatThrownBy(() -> carrier().prepare(dhl, Samples.ref()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        no -> assertThat(no.problem("ep").toString()).contains("usps_ground_advantage"));
        EASYPOST.draft = shipment ->
                ((ObjectNode) shipment.path("messages").path(0)).put("message", "The request to UPS timed out");
        assertThatThrownBy(() -> carrier().prepare(ups, Samples.ref())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_price_that_was_not_to_be_had_is_asked_for_again_of_the_same_shipment_however_long_that_takes() {
        EASYPOST.draft = shipment ->
                ((ObjectNode) shipment.path("messages").path(0)).put("message", "The request to UPS timed out");
        Shipment ups = Samples.shipment(Samples.home("Jane Roe"), "ups_ground", PDF, "1.2");
        Ref ref = Samples.ref();
        int made = creations();
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(() -> carrier().prepare(ups, ref)).hasMessageContaining("timed out");
        }
        assertThat(creations()).isEqualTo(made + 1);
        EASYPOST.rerated = shipment -> ((ArrayNode) shipment.path("rates"))
                .add(EasyPostServer.rate(7, shipment.path("id").asText(), "UPS", "Ground", "8.10", "9.00"));
        Reply body = Reply.of(carrier().prepare(ups, ref).bytes());
        assertThat(body.text("rate", "id")).isEqualTo("rate_7_Ground");
        assertThat(creations()).isEqualTo(made + 1);
    }

    @Test
    void a_rate_of_nothing_is_bought_only_where_its_service_has_no_other() {
        EASYPOST.draft = shipment -> {
            ((ObjectNode) shipment.path("rates").path(0)).put("rate", "0.00");
            ((ObjectNode) shipment.path("rates").path(1)).put("rate", "0.00");
        };
        Shipment express = Samples.shipment(Samples.home("Jane Roe"), "usps_express", PDF, "1.2");
        assertThat(rate(shipment(PDF))).endsWith("_best");
        assertThat(rate(express)).endsWith("_Express");
    }

    private String rate(Shipment shipment) {
        return Reply.of(carrier().prepare(shipment, Samples.ref()).bytes()).text("rate", "id");
    }

    // ---- buying

    @Test
    void each_fee_is_a_charge() {
        assertThat(parts(bought(buy(shipment(PDF))).charges()))
                .containsExactly("LabelFee additional_fees 0.01000 USD", "PostageFee shipping 5.93000 USD");
    }

    @Test
    void postage_the_carrier_bills_itself_is_expected_too_and_a_price_nobody_can_read_undoes_no_sale() {
        String sold = sold("[{\"type\":\"LabelFee\",\"amount\":\"0.05\",\"charged\":true}]");
        EASYPOST.buyAnswer = EasyPostServer.of(200, sold);
        assertThat(parts(bought(buy(shipment(PDF))).charges()))
                .as("fees are dollars")
                .containsExactly("LabelFee additional_fees 0.05 USD", "BASE shipping 6.07 EUR");
        EASYPOST.buyAnswer = EasyPostServer.of(
                200, sold.replace("\"options\":{}", "\"options\":{\"payment\":{\"type\":\"THIRD_PARTY\"}}"));
        assertThat(parts(bought(buy(shipment(PDF))).charges())).containsExactly("LabelFee additional_fees 0.05 USD");
        String unreadable = sold("[{\"type\":\"PostageFee\",\"amount\":\"free\"}]");
        EASYPOST.buyAnswer = EasyPostServer.of(200, unreadable.replace("\"6.07\"", "\"none\""));
        assertThat(bought(buy(shipment(PDF))).charges()).isEmpty();
    }

    @Test
    void what_easypost_or_the_carrier_that_was_bought_says_beside_a_sale_is_told() {
        EASYPOST.draft = shipment -> {
            ArrayNode messages = (ArrayNode) shipment.path("messages");
            message(messages, "usps", "rate_error", "Sunday delivery is not offered there.");
            message(messages, "", "warning", "The address was corrected.");
            message(messages, "FedEx", "warning", "The account is about to end.");
            messages.add("Rates are retail.");
        };
        assertThat(bought(buy(shipment(PDF))).said())
                .as("but not why another carrier had no price")
                .isEqualTo("usps: Sunday delivery is not offered there.; The address was corrected.; "
                        + "FedEx: The account is about to end.; Rates are retail.");
    }

    private static void message(ArrayNode messages, String carrier, String type, String words) {
        messages.addObject().put("carrier", carrier).put("type", type).put("message", words);
    }

    @Test
    void prices_are_read_as_they_are_written_for_people_too() {
        EASYPOST.draft = shipment -> {
            ((ObjectNode) shipment.path("rates").path(0))
                    .put("rate", "1,204.50")
                    .put("list_rate", "$1,300.00");
            ((ObjectNode) shipment.path("rates").path(1)).put("rate", "$6.03");
            ((ObjectNode) shipment.path("rates").path(2)).put("rate", "unpriced");
        };
        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .extracting(rate -> rate.total() + " " + rate.list() + " " + rate.excluded())
                .startsWith("1204.50 USD 1300.00 USD null", "6.03 USD 6.40 USD null");
        assertThat(rate(shipment(PDF))).endsWith("_GroundAdvantage");
        String sold = sold("[{\"type\":\"PostageFee\",\"amount\":\"1,204.50\",\"charged\":true}]");
        EASYPOST.buyAnswer = EasyPostServer.of(200, sold);
        assertThat(parts(bought(buy(shipment(PDF))).charges())).containsExactly("PostageFee shipping 1204.50 USD");
        EASYPOST.buyAnswer = EasyPostServer.of(200, sold("[]").replace("6.07", "1,006.07"));
        assertThat(parts(bought(buy(shipment(PDF))).charges())).containsExactly("BASE shipping 1006.07 EUR");
    }

    @Test
    void a_fee_that_cannot_be_read_hides_no_other_and_postage_that_is_not_charged_yet_is_expected_once() {
        EASYPOST.buyAnswer = EasyPostServer.of(
                200,
                sold(
                        "[{\"type\":\"LabelFee\",\"amount\":\"0.05\",\"charged\":true},{\"type\":\"InsuranceFee\",\"amount\":\"?\"},"
                                + "{\"type\":\"PostageFee\",\"amount\":\"5.93\",\"charged\":false},"
                                + "{\"type\":\"AddressFee\",\"amount\":\"1\",\"charged\":false}]"));
        assertThat(parts(bought(buy(shipment(PDF))).charges()))
                .containsExactly("LabelFee additional_fees 0.05 USD", "PostageFee shipping 5.93 USD");
        EASYPOST.buyAnswer = EasyPostServer.of(
                200,
                sold("[{\"type\":\"PostageFee\",\"amount\":\"5.93\",\"charged\":false},"
                        + "{\"type\":\"PostageFee\",\"amount\":\"5.93\",\"charged\":true}]"));
        assertThat(parts(bought(buy(shipment(PDF))).charges())).containsExactly("PostageFee shipping 5.93 USD");
        EASYPOST.buyAnswer = EasyPostServer.of(200, sold("[{\"type\":\"PostageFee\",\"amount\":\"free\"}]"));
        assertThat(parts(bought(buy(shipment(PDF))).charges())).containsExactly("BASE shipping 6.07 EUR");
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, no such key, NotSent",
        "402, PAYMENT_REQUIRED, no funds, NotSent",
        "403, FORBIDDEN, not you, NotSent",
        "422, BILLING.INSUFFICIENT_FUNDS, Insufficient funds, NotSent",
        "422, SHIPMENT.PURCHASE.IN_PROGRESS, A purchase is in progress, Unknown",
        "409, CONFLICT, Another request about this shipment is not done, Unknown",
        "422, SHIPMENT.POSTAGE.TIMED_OUT, later, Unknown",
        "422, SHIPMENT.POSTAGE.FAILURE, Error contacting carrier: Carrier did not respond., Unknown",
        "422, SHIPMENT.POSTAGE.FAILURE, The address is not deliverable, Refused",
        "422, SHIPMENT.POSTAGE.FAILURE, The carrier is temporarily unavailable., Unknown",
        "422, SOMETHING.OTHER, Please check back later., Unknown",
        "400, SOMETHING.NEW, no, Refused",
        "404, NOT_FOUND, The requested resource could not be found., Refused",
    })
    void only_what_was_decided_is_a_refusal(int status, String code, String words, String outcome) {
        EASYPOST.buyAnswer = EasyPostServer.error(status, code, words);
        assertThat(buy(shipment(PDF)).getClass().getSimpleName()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"code\":\"A\",\"message\":\"m\",\"errors\":[\"one\",\"two\"] | m; one; two |",
                "\"code\":\"A\",\"message\":[\"m\",\"n\"],\"errors\":[{\"field\":\"from_address.phone\",\"message\":\"short\"}] | m; n; from_address.phone short | /shipFrom/phone",
                "\"code\":\"A\",\"message\":{\"a\":[\"x\"]},\"errors\":null | x |",
                "\"code\":\"A\",\"errors\":[{\"field\":\"customs_info.customs_items[1].value\",\"message\":\"bad\"}] | customs_info.customs_items[1].value bad | /items/1",
            })
    void errors_are_texts_or_objects(String error, String words, String pointer) {
        EASYPOST.buyAnswer = EasyPostServer.of(422, "{\"error\":{" + error + "}}");
        Outcome.Refused no = (Outcome.Refused) buy(shipment(PDF));
        assertThat(no.words()).isEqualTo(words);
        assertThat(no.pointer()).isEqualTo(pointer);
        assertThat(no.code()).isEqualTo("A");
    }

    @Test
    void what_was_bought_before_is_looked_up_and_unknown_where_it_cannot_be() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment(PDF), Samples.ref());
        Outcome.Bought first = bought(carrier.buy(prepared));
        assertThat(bought(carrier.buy(prepared)).numbers()).isEqualTo(first.numbers());
        EASYPOST.readAnswer = EasyPostServer.of(503, "<html>");
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        for (int status : List.of(401, 404, 429)) {
            EASYPOST.readAnswer = EasyPostServer.error(status, "NOT_FOUND", "gone");
            assertThat(carrier.buy(prepared)).as("HTTP " + status).isInstanceOf(Outcome.Unknown.class);
        }
    }

    @Test
    void what_was_bought_before_and_given_back_is_refused_and_the_next_purchase_is_of_another_shipment() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Prepared prepared = carrier.prepare(shipment(PDF), ref);
        Outcome.Bought first = bought(carrier.buy(prepared));
        ObjectNode shipment = EASYPOST.shipment(first.id().value()).put("refund_status", "submitted");
        assertThat(bought(carrier.buy(prepared)).said()).contains("a refund of it was asked for");
        shipment.put("refund_status", "not_applicable");
        assertThat(bought(carrier.buy(prepared)).said()).contains("a refund of it was asked for");
        shipment.put("refund_status", "refunded");
        Outcome.Refused refused = (Outcome.Refused) carrier.buy(prepared);
        assertThat(refused.words()).isEqualTo("Postage already exists for this shipment.; it was refunded");
        assertThat(refused.code()).isEqualTo("SHIPMENT.POSTAGE.EXISTS");
        assertThat(bought(carrier.buy(carrier.prepare(shipment(PDF), ref))).id())
                .isNotEqualTo(first.id());
    }

    @Test
    void a_shipment_that_is_neither_labelled_nor_tracked_after_the_purchase_is_unknown() {
        EASYPOST.buyAnswer = EasyPostServer.of(200, "{\"id\":\"shp_1\",\"postage_label\":null,\"tracking_code\":null}");
        assertThat(buy(shipment(PDF))).isInstanceOf(Outcome.Unknown.class);
    }

    // ---- labels

    @Test
    void a_label_is_read_as_it_was_made_or_converted() {
        Outcome.Bought bought = bought(buy(shipment(new LabelRequest("PNG", "4x6", 203))));
        for (String format : List.of("PNG", "PDF", "ZPL", "EPL2")) {
            Fetched fetched = carrier().fetch(bought.id(), new LabelRequest(format, "4x6", 203));
            assertThat(fetched).isInstanceOfSatisfying(Fetched.Ready.class, ready -> {
                assertThat(ready.label().documents().get(0).format()).isEqualTo(format);
                assertThat(ready.numbers()).isEqualTo(bought.numbers());
                assertThat(ready.charges()).as("told with the purchase").isEmpty();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/x.png",
                "https://easypost-files.s3.amazonaws.com.example.org/x.png",
                "ftp://x"
            })
    void a_label_elsewhere_is_not_read(String address) {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        ObjectNode label = (ObjectNode) EASYPOST.shipment(bought.id().value()).path("postage_label");
        label.put("label_url", address).put("label_pdf_url", address);
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
    }

    @Test
    void an_invoice_comes_with_the_label_and_one_that_cannot_be_read_does_not_hold_it_up() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        ObjectNode shipment = EASYPOST.shipment(bought.id().value());
        shipment.putArray("forms")
                .add(form("commercial_invoice", EASYPOST.url() + "/file/PDF"))
                .add(form("cn22", "https://example.org/x"))
                .add(form("order_summary", EASYPOST.url() + "/file/PDF"));
        Fetched.Ready ready = (Fetched.Ready) carrier().fetch(bought.id(), PDF);
        assertThat(ready.label().documents())
                .extracting(io.waybill.carrier.Label.Document::kind)
                .containsExactly("shipping_label", "commercial_invoice");
    }

    // ---- refunds

    @Test
    void a_refund_is_asked_for_once_and_then_looked_up_until_it_is_decided() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(PDF), Samples.ref())));
        String path = "/v2/shipments/" + bought.id().value() + "/refund";
        assertThat(cancel(bought.id())).isEqualTo(new Voided.Pending("submitted"));
        assertThat(cancel(bought.id())).isEqualTo(new Voided.Pending("submitted"));
        assertThat(EASYPOST.calls(path)).hasSize(1);
        ObjectNode shipment = EASYPOST.shipment(bought.id().value()).put("refund_status", "refunded");
        shipment.path("fees").forEach(fee -> ((ObjectNode) fee).put("refunded", true));
        assertThat(cancel(bought.id())).isEqualTo(new Voided.Done(Money.of("5.94000", "USD")));
        shipment.put("refund_status", "rejected");
        assertThat(cancel(bought.id())).isInstanceOf(Voided.Refused.class);
        shipment.put("refund_status", "not_applicable");
        assertThat(cancel(bought.id())).isEqualTo(new Voided.Done(null));
        shipment.put("refund_status", "pondered");
        assertThat(cancel(bought.id())).isInstanceOf(Voided.Unknown.class);
        assertThat(EASYPOST.calls(path)).hasSize(1);
    }

    @Test
    void a_refund_of_what_easypost_does_not_know_is_refused() {
        assertThat(cancel(new ShipmentId("shp_none")))
                .isInstanceOfSatisfying(
                        Voided.Refused.class, no -> assertThat(no.reason()).isEqualTo("label_not_found"));
    }

    @Test
    void what_came_back_is_a_credit_among_the_fees_and_a_refunded_shipment_is_found_no_more() {
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Prepared prepared = carrier.prepare(shipment(PDF), ref);
        String id = Reply.of(prepared.bytes()).text("rate", "shipment_id");
        assertThat(((Fees) carrier).fees(new ShipmentId(id), ref)).isEmpty();
        carrier.buy(prepared);
        assertThat(((Fees) carrier).fees(new ShipmentId(id), ref).orElseThrow()).hasSize(2);
        ((ObjectNode) EASYPOST.shipment(id).path("fees").path(1)).put("refunded", true);
        assertThat(parts(((Fees) carrier).fees(new ShipmentId(id), ref).orElseThrow()))
                .containsExactly(
                        "LabelFee additional_fees 0.01000 USD",
                        "PostageFee shipping 5.93000 USD",
                        "PostageFee shipping -5.93000 USD");
        assertThat(carrier.find(ref)).isInstanceOf(Found.Sold.class);
        EASYPOST.shipment(id).put("refund_status", "refunded");
        assertThat(carrier.find(ref)).isInstanceOf(Found.Nothing.class);
        assertThatThrownBy(() -> ((Fees) carrier).fees(new ShipmentId("shp_none"), ref))
                .hasMessageContaining("shp_none");
    }

    private Voided cancel(ShipmentId id) {
        return ((Voids) carrier()).cancel(id, Samples.ref());
    }

    // ---- prices

    @Test
    void the_rates_of_a_shipment_stand_beside_the_list_price_and_the_carriers_excuses() {
        EASYPOST.draft = shipment -> {
            ((ObjectNode) shipment.path("rates").path(0)).put("rate", "n/a");
            ((ObjectNode) shipment.path("rates").path(1)).put("delivery_date", "2026-12-01T00:00:00Z");
        };
        List<Rates.Rate> rates = ((Rates) carrier()).rates(shipment(PDF));
        assertThat(rates)
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.list() + " " + rate.days() + " "
                        + rate.promised() + " " + rate.excluded())
                .containsExactly(
                        "usps_express null null null null its price cannot be read: n/a is no amount",
                        "usps_ground_advantage 6.03 USD 6.40 USD 3 2026-12-01 null",
                        "usps_ground_advantage 5.93 USD 6.40 USD 3 null null",
                        "* null null null null UPS: Invalid Access License number");
        EASYPOST.createAnswer = EasyPostServer.error(422, "X", "no such place");
        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .extracting(Rates.Rate::excluded)
                .containsExactly("no such place");
    }

    @ParameterizedTest
    @CsvSource({"n/a, USD", "6.40, dollars"})
    void a_list_price_that_cannot_be_read_does_not_hide_the_accounts_own(String list, String currency) {
        EASYPOST.draft = shipment -> shipment.path("rates")
                .forEach(rate -> ((ObjectNode) rate).put("list_rate", list).put("list_currency", currency));

        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.list())
                .contains("usps_ground_advantage 5.93 USD null");
    }

    // ---- tracking

    @Test
    void every_detail_of_a_tracker_is_an_event() {
        EASYPOST.trackers = number -> "{\"trackers\":["
                + tracker(
                        number,
                        detail("pre_transit", "label_created", "2026-11-19T10:00:00Z"),
                        detail("in_transit", "weather_delay", "2026-11-20T10:00:00-05:00"),
                        detail("out_for_delivery", "", "2026-11-21T10:00:00"),
                        detail("delivered", "unknown", "2026-11-22T10:00:00Z"),
                        detail("in_transit", "", "yesterday"))
                + "," + tracker("another", detail("delivered", "", "2026-11-22T10:00:00Z")) + "]}";
        assertThat(((Tracks) carrier()).track(List.of("9400")))
                .extracting(event -> event.status() + ", " + event.code() + ", " + event.at() + ", " + event.place())
                .containsExactly(
                        "pending, pre_transit label_created, 2026-11-19T10:00Z, HOUSTON, TX",
                        "delivery_delayed, in_transit weather_delay, 2026-11-20T10:00-05:00, HOUSTON, TX",
                        "out_for_delivery, out_for_delivery, 2026-11-21T10:00Z, HOUSTON, TX",
                        "delivered, delivered, 2026-11-22T10:00Z, HOUSTON, TX");
    }

    @Test
    void a_number_without_a_tracker_is_given_one_and_silence_is_told() {
        EASYPOST.newTracker =
                "{\"tracking_code\":\"9\",\"status\":\"delivered\",\"updated_at\":\"2026-11-22T10:00:00Z\",\"tracking_details\":[]}";
        assertThat(((Tracks) carrier()).track(List.of("9")))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo("delivered"));
        EASYPOST.newTracker = "{\"tracking_code\":\"9\",\"status\":\"unknown\",\"tracking_details\":[]}";
        assertThat(((Tracks) carrier()).track(List.of("9"))).isEmpty();
        EASYPOST.newTracker = "{\"error\":{\"code\":\"TRACKER.CREATE.ERROR\",\"message\":\"Busy.\"}}";
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of("9"))).hasMessageContaining("Busy.");
        EASYPOST.trackers = number -> "nothing";
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of("9"))).hasMessageContaining("9");
    }

    // ---- webhooks

    @Test
    void a_webhook_is_proven_by_its_bytes_and_a_normalised_key() {
        byte[] body = event("tracker.updated").getBytes(UTF_8);
        Webhooks hooks = (Webhooks) open(EasyPostServer.KEY, "webhookSecret=clé");
        assertThat(hooks.prove(delivery(PROOF, body))).isEqualTo("evt_7");
        assertThat(hooks.read(body))
                .singleElement()
                .satisfies(
                        one -> assertThat(one.trackingNumber() + one.status()).isEqualTo("9400delivered"));
        String wrong = PROOF.substring(0, PROOF.length() - 1) + (PROOF.endsWith("0") ? "1" : "0");
        for (String proof : Arrays.asList(null, "", wrong, PROOF.replace("hmac-sha256-hex=", ""), "sha1=" + PROOF)) {
            assertThatThrownBy(() -> hooks.prove(delivery(proof, body))).hasMessageContaining("does not prove");
        }
        assertThatThrownBy(() -> ((Webhooks) carrier()).prove(delivery(PROOF, body)))
                .hasMessageContaining("webhookSecret");
    }

    @ParameterizedTest
    @CsvSource({
        "in_transit,missorted,delivery_delayed",
        "in_transit,damaged,delivery_delayed",
        "in_transit,lost,delivery_failed",
        "in_transit,arrived_at_pickup_location,ready_for_pickup",
        "failure,return,return_to_sender",
        "in_transit,return,return_to_sender",
        "in_transit,refused,delivery_failed",
        "failure,refused,delivery_failed",
        "pre_transit,cancelled,cancelled",
        "in_transit,departed_facility,in_transit"
    })
    void a_detail_that_says_more_than_its_status_is_heard(String status, String more, String told) {
        String body = "{\"description\":\"tracker.updated\",\"result\":"
                + tracker("9400", detail(status, more, "2026-11-20T10:00:00Z")) + "}";
        assertThat(((Webhooks) carrier()).read(body.getBytes(UTF_8)))
                .singleElement()
                .satisfies(event -> assertThat(event.status()).isEqualTo(told));
    }

    @Test
    void what_is_not_about_a_tracker_tells_no_events() {
        Webhooks hooks = (Webhooks) carrier();
        assertThat(hooks.read(event("refund.successful").getBytes(UTF_8))).isEmpty();
        assertThat(hooks.read(event("tracker.created").getBytes(UTF_8))).hasSize(1);
        assertThatThrownBy(() -> hooks.read("{}".getBytes(UTF_8))).hasMessageContaining("description");
    }

    private static final String PROOF =
            "hmac-sha256-hex=b5a64f0fd44b263d00f3fbea61d6de2acaf9c85097ae9c87daa514c3d9f55d29";

    private static String event(String description) {
        return "{\"description\":\"" + description
                + "\",\"id\":\"evt_7\",\"object\":\"Event\",\"result\":{\"object\":\"Tracker\",\"tracking_code\":\"9400\",\"status\":\"delivered\","
                + "\"tracking_details\":[{\"status\":\"delivered\",\"status_detail\":\"arrived_at_destination\",\"datetime\":\"2026-11-22T10:00:00Z\",\"message\":\"Livré à Orléans\"}]}}";
    }

    private static Webhooks.Delivery delivery(String proof, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        if (proof != null) {
            headers.put("x-hmac-signature", proof);
        }
        return new Webhooks.Delivery(headers, body);
    }

    // ---- helpers

    private static String tracker(String number, String... details) {
        return "{\"tracking_code\":\"" + number + "\",\"tracking_details\":[" + String.join(",", details) + "]}";
    }

    private static String detail(String status, String more, String at) {
        return "{\"status\":\"" + status + "\",\"status_detail\":\"" + more + "\",\"datetime\":\"" + at
                + "\",\"message\":\"m\",\"description\":\"\",\"tracking_location\":{\"city\":\"HOUSTON\",\"state\":\"TX\",\"country\":null}}";
    }

    private static String sold(String fees) {
        return "{\"id\":\"shp_1\",\"tracking_code\":\"9400\",\"options\":{},\"postage_label\":{\"label_url\":\"x\"},"
                + "\"selected_rate\":{\"rate\":\"6.07\",\"currency\":\"EUR\",\"service\":\"X\"},\"fees\":" + fees + "}";
    }

    private static ObjectNode form(String type, String address) {
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
                .objectNode()
                .put("form_type", type)
                .put("form_url", address);
    }

    private int creations() {
        return (int) EASYPOST.calls("/v2/shipments").stream()
                .filter(call ->
                        call.method().equals("POST") && call.path().get(0).equals("/v2/shipments"))
                .count();
    }

    private static List<String> parts(List<Charge> charges) {
        return charges.stream()
                .map(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .toList();
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    private static Shipment to(String name, LabelRequest label) {
        return Samples.shipment(Samples.home(name), "usps_ground_advantage", label, "1.2");
    }

    private static Carrier open(String key, String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("KEY", key));
        StringBuilder text = new StringBuilder("account.ep.adapter=easypost\n");
        if (!key.isEmpty()) {
            text.append("account.ep.apiKey=env:KEY\n");
        }
        for (String line : more) {
            if (line.startsWith("webhookSecret=")) {
                environment.put("HOOK", line.substring("webhookSecret=".length()));
                text.append("account.ep.webhookSecret=env:HOOK\n");
            } else {
                text.append("account.ep." + line + "\n");
            }
        }
        return new Carriers()
                .open(
                        "ep",
                        Settings.of(text.toString(), environment)
                                .section("account")
                                .section("ep"));
    }
}
