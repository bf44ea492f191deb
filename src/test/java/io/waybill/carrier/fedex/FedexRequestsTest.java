package io.waybill.carrier.fedex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.HookSecrets;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Order;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What FedEx is asked for every kind of order. Each request also fits the shape of the carrier's document. */
class FedexRequestsTest {
    private static final Ref REF = Samples.ref();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NUMBER = "740561073";
    private static final FedexSettings.Keys KEYS = new FedexSettings.Keys("id", "secret");
    private static final FedexSettings SETTINGS = new FedexSettings(
            new CallSettings(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0),
            NUMBER,
            KEYS,
            KEYS,
            HookSecrets.none("webhookToken"),
            "USE_SCHEDULED_PICKUP",
            "en_US");
    private static final Address QUEBEC = new Address(
            "Marie Tremblay",
            null,
            "10 Rue St-Paul",
            null,
            null,
            "Montréal",
            "QC",
            "H2Y 1Z5",
            "CA",
            "+1 514 555 0100",
            "marie@example.org",
            true,
            null);
    private static final Address MONTERREY = new Address(
            "Ana Ruiz",
            null,
            "1 Calle Sol",
            null,
            null,
            "Monterrey",
            null,
            "64000",
            "MX",
            "+52 81 5550 0100",
            null,
            null,
            null);
    private static final Address BERLIN = new Address(
            "Jan Beispiel",
            "Beispiel GmbH",
            "Musterstr. 1",
            null,
            null,
            "Berlin",
            "Berlin",
            "10115",
            "DE",
            "+49 30 1234567",
            null,
            null,
            "DE123456789");
    private static final Order.Item SHIRT =
            new Order.Item("SKU-1", null, "Cotton shirt", null, 2, Money.of("19.90", "USD"), null, "6109.10", "PT");

    @Test
    void every_package_carries_the_order_number_our_ref_and_two_references_of_the_customers() {
        JsonNode asked = ship(order().billing(billing(null, null, null, List.of("PO-77", "DEP-8", "lost"))), "1", "2");
        JsonNode references = asked.at("/requestedShipment/requestedPackageLineItems/1/customerReferences");
        assertThat(references)
                .extracting(one -> one.path("customerReferenceType").asText() + " "
                        + one.path("value").asText())
                .containsExactly(
                        "CUSTOMER_REFERENCE SO-1001",
                        "INVOICE_NUMBER " + REF.value(),
                        "P_O_NUMBER PO-77",
                        "DEPARTMENT_NUMBER DEP-8");
        assertThat(asked.at("/requestedShipment/totalPackageCount").asInt()).isEqualTo(2);
        assertThat(asked.has("processingOptionType")).isFalse();
    }

    @Test
    void american_parcels_go_in_pounds_and_inches_others_in_kilograms_and_centimetres() {
        JsonNode american = ship(order(), "1.2").at("/requestedShipment/requestedPackageLineItems/0");
        assertThat(american.path("weight").toString()).isEqualTo("{\"units\":\"LB\",\"value\":2.7}");
        assertThat(american.path("dimensions").toString())
                .isEqualTo("{\"length\":12,\"width\":8,\"height\":4,\"units\":\"IN\"}");
        JsonNode german = ship(order().from(BERLIN).to(BERLIN), "1.2");
        assertThat(german.at("/requestedShipment/requestedPackageLineItems/0/weight")
                        .toString())
                .isEqualTo("{\"units\":\"KG\",\"value\":1.2}");
        assertThat(german.at("/requestedShipment/totalWeight").decimalValue()).isEqualByComparingTo("2.7");
        assertThat(german.at("/requestedShipment/shipper/address").has("stateOrProvinceCode"))
                .isFalse();
    }

    @Test
    void quebec_is_pq_and_what_crosses_a_border_has_goods_a_duties_payer_and_an_invoice() {
        JsonNode asked = ship(order().to(QUEBEC).items(SHIRT).customs("gift", "DAP", null), "1")
                .path("requestedShipment");
        assertThat(asked.at("/recipients/0/address/stateOrProvinceCode").asText())
                .isEqualTo("PQ");
        assertThat(asked.at("/recipients/0/contact/phoneNumber").asText()).isEqualTo("5145550100");
        JsonNode customs = asked.path("customsClearanceDetail");
        assertThat(customs.path("dutiesPayment").toString()).isEqualTo("{\"paymentType\":\"RECIPIENT\"}");
        assertThat(customs.path("totalCustomsValue").toString()).isEqualTo("{\"amount\":39.8,\"currency\":\"USD\"}");
        assertThat(customs.at("/commercialInvoice/shipmentPurpose").asText()).isEqualTo("GIFT");
        assertThat(customs.at("/commercialInvoice/termsOfSale").asText()).isEqualTo("DAP");
        JsonNode shirt = customs.at("/commodities/0");
        assertThat(shirt.path("harmonizedCode").asText()).isEqualTo("610910");
        assertThat(shirt.path("countryOfManufacture").asText()).isEqualTo("PT");
        assertThat(shirt.at("/weight/value").decimalValue())
                .as("no more than the parcel")
                .isEqualByComparingTo("2.2");
        assertThat(asked.path("shippingDocumentSpecification").isObject()).isTrue();
        assertThat(ship(order(), "1")
                        .at("/requestedShipment/customsClearanceDetail")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void the_weight_of_goods_is_their_own_where_there_are_several() {
        Order.Item heavy = new Order.Item(
                "SKU-2", null, "Mug", null, 3, Money.of("5", "USD"), Weight.of("400", MassUnit.G), null, "CN");
        assertThat(refusal(order().to(QUEBEC).items(heavy, SHIRT).customs("merchandise", null, null)))
                .isEqualTo("/items/1/weight");
        JsonNode asked = ship(order().to(QUEBEC).items(heavy).customs("merchandise", null, null), "2");
        assertThat(asked.at("/requestedShipment/customsClearanceDetail/commodities/0/weight/value")
                        .decimalValue())
                .isEqualByComparingTo("2.6");
    }

    @Test
    void ddp_is_paid_by_the_sender_unless_the_order_names_somebody() {
        Draft abroad = order().to(QUEBEC).items(SHIRT).customs("merchandise", "DDP", null);
        assertThat(duties(abroad)
                        .at("/payor/responsibleParty/accountNumber/value")
                        .asText())
                .isEqualTo(NUMBER);
        JsonNode third = duties(abroad.billing(billing("sender", "123456789", "thirdParty", List.of())));
        assertThat(third.path("paymentType").asText()).isEqualTo("THIRD_PARTY");
        assertThat(third.at("/payor/responsibleParty/address/countryCode").asText())
                .isEqualTo("US");
    }

    @ParameterizedTest
    @CsvSource({"sender,SENDER,740561073", "recipient,RECIPIENT,123456789", "thirdParty,THIRD_PARTY,123456789"})
    void the_transport_is_paid_by_whom_the_order_says(String payer, String type, String account) {
        JsonNode payment = ship(order().billing(billing(payer, "123456789", null, List.of())), "1")
                .at("/requestedShipment/shippingChargesPayment");
        assertThat(payment.path("paymentType").asText()).isEqualTo(type);
        assertThat(payment.at("/payor/responsibleParty/accountNumber/value").asText())
                .isEqualTo(account);
    }

    @Test
    void a_return_is_paid_by_who_ordered_it_and_asks_for_no_signature() {
        JsonNode asked = ship(
                        order().billing(billing("recipient", null, null, List.of()))
                                .options(new Order.Options("adult", null, null, true, null, null)),
                        "1")
                .path("requestedShipment");
        assertThat(asked.at("/shipmentSpecialServices/specialServiceTypes").toString())
                .isEqualTo("[\"RETURN_SHIPMENT\"]");
        assertThat(asked.at("/shippingChargesPayment/paymentType").asText()).isEqualTo("SENDER");
        assertThat(asked.at("/requestedPackageLineItems/0").has("packageSpecialServices"))
                .isFalse();
    }

    @Test
    void saturday_signature_insurance_and_the_day_are_asked_for() {
        JsonNode asked = ship(
                        order().options(new Order.Options(
                                "adult", Money.of("100.01", "USD"), true, null, "none", LocalDate.of(2026, 11, 28))),
                        "1",
                        "2")
                .path("requestedShipment");
        assertThat(asked.path("shipDatestamp").asText()).isEqualTo("2026-11-28");
        assertThat(asked.at("/shipmentSpecialServices/specialServiceTypes/0").asText())
                .isEqualTo("SATURDAY_DELIVERY");
        assertThat(asked.at("/requestedPackageLineItems/0/packageSpecialServices/signatureOptionType")
                        .asText())
                .isEqualTo("ADULT");
        assertThat(asked.path("totalDeclaredValue").toString()).isEqualTo("{\"amount\":100.01,\"currency\":\"USD\"}");
        assertThat(asked.path("requestedPackageLineItems"))
                .extracting(one -> one.at("/declaredValue/amount").asText())
                .containsExactly("50.01", "50.0");
    }

    @ParameterizedTest
    @CsvSource({
        "PDF,4x6,203,PDF,PAPER_4X6,",
        "PNG,4x8,203,PNG,PAPER_4X8,",
        "PDF,letter,203,PDF,PAPER_LETTER,",
        "ZPL,4x6,203,ZPLII,STOCK_4X6,",
        "ZPL,4x8,300,ZPLII,STOCK_4X8,300",
        "EPL2,4x6,203,EPL2,STOCK_4X6,"
    })
    void a_label_is_asked_for_as_the_order_says_and_known_again_by_the_request(
            String format, String size, int dpi, String type, String stock, String resolution) {
        LabelRequest label = new LabelRequest(format, size, dpi);
        byte[] bytes = FedexShipRequest.of(order().shipment(label, "1"), REF, SETTINGS);
        JsonNode asked = read(bytes, "ship-request.schema.json").at("/requestedShipment/labelSpecification");
        assertThat(asked.path("imageType").asText()).isEqualTo(type);
        assertThat(asked.path("labelStockType").asText()).isEqualTo(stock);
        assertThat(asked.path("resolution").asText()).isEqualTo(resolution == null ? "" : resolution);
        LabelRequest again = FedexShipRequest.labelOf(Reply.of(bytes));
        assertThat(again.format() + again.size()).isEqualTo(format + size);
    }

    @Test
    void puerto_rico_has_the_state_that_fedex_asks_for_however_it_is_written() {
        Address country = new Address(
                "Ana Ruiz",
                null,
                "1 Calle Sol",
                null,
                null,
                "San Juan",
                null,
                "00901",
                "PR",
                "7875550100",
                null,
                true,
                null);
        JsonNode asked = ship(order().to(country), "1").at("/requestedShipment/recipients/0/address");
        assertThat(asked.path("countryCode").asText()).isEqualTo("PR");
        assertThat(asked.path("stateOrProvinceCode").asText()).isEqualTo("PR");
    }

    @ParameterizedTest
    @CsvSource({"ZPL,600", "EPL2,300"})
    void a_printer_of_more_dots_than_fedex_prints_gets_no_label_that_is_too_small(String format, int dpi) {
        LabelRequest label = new LabelRequest(format, "4x6", dpi);
        assertThatThrownBy(() -> FedexShipRequest.of(order().shipment(label, "1"), REF, SETTINGS))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/label/dpi"));
    }

    @Test
    void a_tariff_number_is_refused_rather_than_cut_and_a_part_number_left_out() {
        Draft gift = order().to(QUEBEC).customs("gift", null, null);
        assertThat(refusal(gift.items(shirt("SKU-1", "6".repeat(15))))).isEqualTo("/items/0/hsCode");
        assertThat(ship(gift.items(shirt("S".repeat(21), "6109.10")), "1")
                        .at("/requestedShipment/customsClearanceDetail/commodities/0")
                        .has("partNumber"))
                .isFalse();
    }

    @Test
    void a_shipment_has_999_kinds_of_goods_at_most() {
        assertThat(ship(declared(999), "1").at("/requestedShipment/customsClearanceDetail/commodities"))
                .hasSize(999);
        assertThat(refusal(declared(1000))).isEqualTo("/items");
    }

    private static Draft declared(int kinds) {
        Weight weight = Weight.of("0.001", MassUnit.KG);
        Order.Item pin = new Order.Item(null, null, "Pin", null, 1, Money.of("0.10", "USD"), weight, "7319.40", "PT");
        return order().to(QUEBEC)
                .items(Collections.nCopies(kinds, pin).toArray(Order.Item[]::new))
                .customs("gift", null, null);
    }

    @Test
    void a_price_of_less_than_a_cent_is_told_whole() {
        Order.Item screw = new Order.Item(null, null, "Screw", null, 1000, Money.of("0.0125", "USD"), null, null, "US");
        JsonNode goods = ship(order().to(QUEBEC).items(screw).customs("merchandise", null, null), "1")
                .at("/requestedShipment/customsClearanceDetail/commodities/0");
        assertThat(goods.at("/unitPrice/amount").asText()).isEqualTo("0.0125");
        assertThat(goods.at("/customsValue/amount").decimalValue()).isEqualByComparingTo("12.50");
    }

    @Test
    void the_number_of_the_one_stop_shop_is_told_as_such_into_the_eu_and_nowhere_else() {
        Draft taxed = order().from(Samples.taxed("IM2760000742")).items(SHIRT).customs("merchandise", null, null);
        JsonNode tins = ship(taxed.to(BERLIN), "1").at("/requestedShipment/shipper/tins");
        assertThat(tins).hasSize(1);
        assertThat(tins.at("/0/number").asText()).isEqualTo("IM2760000742");
        assertThat(tins.at("/0/tinType").asText()).isEqualTo("BUSINESS_UNION");
        assertThat(tins.at("/0/usage").asText()).isEqualTo("IOSS");
        assertThat(ship(taxed.to(MONTERREY), "1")
                        .at("/requestedShipment/shipper")
                        .has("tins"))
                .isFalse();
    }

    private static Order.Item shirt(String sku, String hsCode) {
        return new Order.Item(sku, null, "Cotton shirt", null, 2, Money.of("19.90", "USD"), null, hsCode, "PT");
    }

    @Test
    void a_company_that_is_too_long_and_a_name_that_is_not_latin_are_told_in_quotes_too() {
        Address lengthy = new Address(
                null, "C".repeat(36), "1 Main St", null, null, "Austin", "TX", "78701", "US", null, null, null, null);
        assertThatThrownBy(() -> FedexRateRequest.of(order().to(lengthy).shipment(Samples.PDF, "1"), SETTINGS))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/shipTo/company"));
        assertThatThrownBy(
                        () -> FedexRateRequest.of(order().to(Samples.home("张伟")).shipment(Samples.PDF, "1"), SETTINGS))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/shipTo/name"));
    }

    @Test
    void a_quote_tells_the_day_only_where_it_is_to_come() {
        LocalDate today = LocalDate.now(ZoneOffset.ofHours(-11));
        assertThat(quotedDay(today.minusDays(3))).isEmpty();
        assertThat(quotedDay(today)).isEmpty();
        assertThat(quotedDay(today.plusDays(2))).isEqualTo(today.plusDays(2).toString());
    }

    private static String quotedDay(LocalDate asked) {
        Shipment shipment = order().options(new Order.Options(null, null, null, null, null, asked))
                .shipment(Samples.PDF, "1");
        return read(FedexRateRequest.of(shipment, SETTINGS), "rate-request.schema.json")
                .at("/requestedShipment/shipDateStamp")
                .asText();
    }

    @Test
    void what_fedex_would_refuse_is_told_at_the_field_before_it_is_asked() {
        assertThat(refusal(order().to(Samples.home("张伟")))).isEqualTo("/shipTo/name");
        assertThat(refusal(order().to(QUEBEC).items(SHIRT))).isEqualTo("/customs");
        assertThat(refusal(order().to(QUEBEC).customs("gift", null, null))).isEqualTo("/items");
        assertThat(refusal(order().billing(billing("thirdParty", null, null, List.of()))))
                .isEqualTo("/billing/account");
        assertThat(refusal(order().options(new Order.Options(null, null, null, null, "alone", null))))
                .isEqualTo("/options/batteries");
        assertThatThrownBy(() ->
                        FedexShipRequest.of(order().shipment(new LabelRequest("PDF", "A5", 203), "1"), REF, SETTINGS))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/label/size"));
        assertThatThrownBy(() -> FedexServices.ALL.code("teleport"))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/service"));
        assertThatThrownBy(() -> FedexServices.ALL.code("international_ground"))
                .as("FedEx knows ground by one code, abroad too")
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/service"));
        assertThat(FedexServices.ALL.code("two_day")).isEqualTo("FEDEX_2_DAY");
        assertThat(FedexServices.ALL.code("FEDEX_FIRST")).isEqualTo("FEDEX_FIRST");
    }

    @Test
    void small_batteries_within_goods_go_by_road() {
        Order.Options batteries = new Order.Options(null, null, null, null, "contained", null);
        ship(order().options(batteries), "1");
        assertThat(refusal(order().service("two_day").options(batteries))).isEqualTo("/options/batteries");
    }

    @Test
    void all_parcels_of_a_shipment_have_one_packaging() {
        assertThat(ship(order().packaging("pak", "FEDEX_PAK"), "1", "1")
                        .at("/requestedShipment/packagingType")
                        .asText())
                .isEqualTo("FEDEX_PAK");
        assertThatThrownBy(() -> ship(order().packaging("pak", "tube"), "1", "1"))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/parcels/1/packaging"));
        assertThatThrownBy(() -> ship(order().packaging("barrel"), "1"))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/parcels/0/packaging"));
    }

    @Test
    void own_packaging_is_named_to_canada_and_from_canada_or_mexico_to_the_us() {
        Draft toCanada = order().to(QUEBEC).items(SHIRT).customs("gift", null, null);
        assertThat(packagings(ship(toCanada, "1", "2"))).containsExactly("PACKAGE", "PACKAGE");
        assertThat(packagings(read(
                        FedexRateRequest.of(toCanada.shipment(Samples.PDF, "1"), SETTINGS),
                        "rate-request.schema.json")))
                .containsExactly("PACKAGE");
        for (Address from : List.of(QUEBEC, MONTERREY)) {
            assertThat(packagings(ship(order().from(from).items(SHIRT).customs("gift", null, null), "1")))
                    .containsExactly("PACKAGE");
        }
        assertThat(packagings(ship(toCanada.packaging("FEDEX_BOX"), "1"))).containsExactly("");
        assertThat(packagings(ship(order(), "1"))).as("within the US").containsExactly("");
        assertThat(packagings(ship(order().from(QUEBEC).to(QUEBEC), "1")))
                .as("within Canada")
                .containsExactly("");
        assertThat(packagings(ship(order().from(BERLIN).items(SHIRT).customs("gift", null, null), "1")))
                .as("from Germany")
                .containsExactly("");
    }

    private static List<String> packagings(JsonNode asked) {
        return StreamSupport.stream(
                        asked.at("/requestedShipment/requestedPackageLineItems").spliterator(), false)
                .map(one -> one.path("subPackagingType").asText())
                .toList();
    }

    @Test
    void puerto_rico_is_a_country_without_customs_unless_the_order_has_some() {
        Address island = new Address(
                "Ana Ruiz",
                null,
                "1 Calle Sol",
                null,
                null,
                "San Juan",
                "PR",
                "00901",
                "US",
                "7875550100",
                null,
                null,
                null);
        JsonNode asked = ship(order().to(island), "1").path("requestedShipment");
        assertThat(asked.at("/recipients/0/address/countryCode").asText()).isEqualTo("PR");
        assertThat(asked.has("customsClearanceDetail")).isFalse();
        assertThat(ship(order().to(island).items(SHIRT).customs("merchandise", null, null), "1")
                        .path("requestedShipment")
                        .has("customsClearanceDetail"))
                .isTrue();
    }

    @Test
    void within_a_country_of_intra_country_services_what_the_order_says_of_its_goods_is_passed_on() {
        Draft mexican = order().from(MONTERREY).to(MONTERREY).items(SHIRT);
        JsonNode asked = ship(mexican.customs("merchandise", null, null), "1").path("requestedShipment");
        assertThat(asked.at("/customsClearanceDetail/commodities/0/description").asText())
                .isEqualTo("Cotton shirt");
        assertThat(asked.has("shippingDocumentSpecification"))
                .as("no invoice where there is no border")
                .isFalse();
        Shipment quoted = mexican.customs("merchandise", null, null).shipment(Samples.PDF, "1");
        assertThat(read(FedexRateRequest.of(quoted, SETTINGS), "rate-request.schema.json")
                        .at("/requestedShipment/customsClearanceDetail/commodities"))
                .hasSize(1);
        assertThat(ship(mexican, "1").path("requestedShipment").has("customsClearanceDetail"))
                .isFalse();
        Order.Item ofNowhere = new Order.Item(null, null, "Shirt", null, 2, Money.of("19.90", "USD"), null, null, null);
        assertThat(ship(order().from(BERLIN).to(BERLIN).items(ofNowhere).customs("merchandise", null, null), "1")
                        .path("requestedShipment")
                        .has("customsClearanceDetail"))
                .as("nobody levies duties: what is not said is not missed")
                .isFalse();
        assertThat(ship(order().items(SHIRT).customs("merchandise", null, null), "1")
                        .path("requestedShipment")
                        .has("customsClearanceDetail"))
                .as("within the US there are no customs")
                .isFalse();
    }

    @Test
    void home_delivery_goes_to_a_home_where_the_order_does_not_say_what_it_is() {
        assertThat(ship(order().to(address("78701", "US")).service("home_delivery"), "1")
                        .at("/requestedShipment/recipients/0/address/residential")
                        .asBoolean())
                .isTrue();
        assertThat(ship(order().to(address("78701", "US")), "1")
                        .at("/requestedShipment/recipients/0/address")
                        .has("residential"))
                .isFalse();
        assertThat(ship(order().to(Samples.WAREHOUSE).service("GROUND_HOME_DELIVERY"), "1")
                        .at("/requestedShipment/recipients/0/address/residential")
                        .asBoolean(true))
                .as("what the order says is said")
                .isFalse();
    }

    @Test
    void postal_codes_are_written_in_capitals() {
        assertThat(ship(order().to(address("h2y 1z5", "CA")).items(SHIRT).customs("gift", null, null), "1")
                        .at("/requestedShipment/recipients/0/address/postalCode")
                        .asText())
                .isEqualTo("H2Y 1Z5");
    }

    @Test
    void a_street_that_is_too_long_goes_on_in_the_next_line_and_is_never_cut() {
        Draft long1 = order().to(street("Business Park at the Old Airport, Building 17, Gate 4"));
        assertThat(ship(long1, "1").at("/requestedShipment/recipients/0/address/streetLines"))
                .extracting(JsonNode::asText)
                .containsExactly("Business Park at the Old Airport,", "Building 17, Gate 4", "Apt 4");
        Draft endless = order().to(street("x".repeat(36)));
        assertThat(refusal(endless)).isEqualTo("/shipTo/line1");
        assertThatThrownBy(() -> FedexRateRequest.of(endless.shipment(Samples.PDF, "1"), SETTINGS))
                .isInstanceOf(RefusedException.class);
    }

    private static Address address(String postalCode, String country) {
        return new Address(
                "Jane Roe",
                null,
                "1 Main St",
                null,
                null,
                "Town",
                "US".equals(country) ? "TX" : "QC",
                postalCode,
                country,
                "+15125550100",
                null,
                null,
                null);
    }

    private static Address street(String line) {
        return new Address(
                "Jane Roe", null, line, "Apt 4", null, "Austin", "TX", "78701", "US", null, null, true, null);
    }

    @Test
    void a_quote_asks_for_every_service_with_the_same_parcels_and_goods() {
        Shipment shipment = order().to(QUEBEC)
                .items(SHIRT)
                .customs("merchandise", null, null)
                .options(new Order.Options("direct", null, true, null, null, null))
                .shipment(Samples.PDF, "1");
        JsonNode asked = read(FedexRateRequest.of(shipment, SETTINGS), "rate-request.schema.json");
        assertThat(asked.at("/rateRequestControlParameters/variableOptions").asText())
                .isEqualTo("SATURDAY_DELIVERY");
        assertThat(asked.path("requestedShipment").has("serviceType")).isFalse();
        assertThat(asked.at("/requestedShipment/recipient/address").has("streetLines"))
                .isFalse();
        assertThat(asked.at("/requestedShipment/customsClearanceDetail/commodities"))
                .hasSize(1);
    }

    // ----

    private static JsonNode duties(Draft draft) {
        return ship(draft, "1").at("/requestedShipment/customsClearanceDetail/dutiesPayment");
    }

    private static @Nullable String refusal(Draft draft) {
        try {
            FedexShipRequest.of(draft.shipment(Samples.PDF, "1"), REF, SETTINGS);
        } catch (RefusedException no) {
            return no.pointer();
        }
        return "taken";
    }

    private static JsonNode ship(Draft draft, String... kilograms) {
        return read(
                FedexShipRequest.of(draft.shipment(Samples.PDF, kilograms), REF, SETTINGS), "ship-request.schema.json");
    }

    private static JsonNode read(byte[] request, String schema) {
        try (InputStream in = FedexRequestsTest.class.getResourceAsStream(schema)) {
            JsonNode json = JSON.readTree(request);
            JsonSchema shape =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
            assertThat(shape.validate(json)).isEmpty();
            return json;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Order.Billing billing(
            @Nullable String payer, @Nullable String account, @Nullable String duties, List<String> references) {
        return new Order.Billing(null, null, payer, account, "10001", "US", duties, references);
    }

    static Draft order() {
        return new Draft(Samples.WAREHOUSE, Samples.home("Jane Roe"), "ground", List.of(), null, null, null, List.of());
    }

    /** An order in the making. */
    record Draft(
            Address from,
            Address to,
            String service,
            List<Order.Item> items,
            Order.@Nullable Customs customs,
            Order.@Nullable Billing billing,
            Order.@Nullable Options options,
            List<String> packagings) {

        Draft from(Address address) {
            return new Draft(address, to, service, items, customs, billing, options, packagings);
        }

        Draft to(Address address) {
            return new Draft(from, address, service, items, customs, billing, options, packagings);
        }

        Draft service(String other) {
            return new Draft(from, to, other, items, customs, billing, options, packagings);
        }

        Draft items(Order.Item... some) {
            return new Draft(from, to, service, List.of(some), customs, billing, options, packagings);
        }

        Draft customs(String contents, @Nullable String incoterm, @Nullable Money worth) {
            Order.Customs some = new Order.Customs(contents, incoterm, worth, null, null);
            return new Draft(from, to, service, items, some, billing, options, packagings);
        }

        Draft billing(Order.Billing some) {
            return new Draft(from, to, service, items, customs, some, options, packagings);
        }

        Draft options(Order.Options some) {
            return new Draft(from, to, service, items, customs, billing, some, packagings);
        }

        Draft packaging(String... some) {
            return new Draft(from, to, service, items, customs, billing, options, List.of(some));
        }

        Shipment shipment(LabelRequest label, String... kilograms) {
            Shipment plain = Samples.shipment(to, service, label, kilograms);
            List<Order.Parcel> parcels = new ArrayList<>(plain.parcels());
            for (int i = 0; i < packagings.size(); i++) {
                Order.Parcel one = parcels.get(i);
                parcels.set(
                        i,
                        new Order.Parcel(
                                one.reference(), one.weight(), one.dimensions(), packagings.get(i), one.items()));
            }
            Order order = new Order(
                    "SO-1001", "acme", null, null, List.of(), from, to, service, null, null, parcels, items, customs,
                    null, billing, options, Map.of());
            return new Shipment(order, 1, service, from, parcels, label);
        }
    }
}
