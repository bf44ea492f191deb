package io.waybill.carrier.usps;

import static io.waybill.carrier.Samples.PDF;
import static io.waybill.carrier.Samples.home;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Address;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What USPS is asked, for every kind of order; each request fits the shape the carrier's document gives it. */
class UspsRequestsTest {
    private static final JsonSchema LABEL = schema("label-request.schema.json");
    private static final JsonSchema RETURN = schema("return-label-request.schema.json");
    private static final JsonSchema ABROAD = schema("international-label-request.schema.json");
    private static final JsonSchema OPTIONS = schema("options-request.schema.json");
    private static final Ref REF = new Ref("WB7K3N2Q-1", new UUID(1, 2), "SO-1001");
    private static final String GOODS = """
            [{"sku":"A-1","description":"Mug","quantity":2,"unitPrice":{"amount":"12.50","currency":"USD"},
              "weight":{"value":200,"unit":"g"},"hsCode":"6912.00","originCountry":"CN"}]""";

    @Test
    void at_home_a_parcel_is_measured_in_pounds_and_inches_never_less_than_it_is() {
        JsonNode parcel = label(parcel()).path("packageDescription");
        assertThat(parcel.path("weight").decimalValue()).as("1.2 kg").isEqualByComparingTo("2.6456");
        assertThat(parcel.path("weightUOM").asText()).isEqualTo("lb");
        assertThat(parcel.path("length").decimalValue()).as("30 cm").isEqualByComparingTo("11.82");
        assertThat(parcel.path("width").decimalValue()).as("20 cm").isEqualByComparingTo("7.88");
        assertThat(parcel.path("height").decimalValue()).as("10 cm").isEqualByComparingTo("3.94");
        assertThat(parcel.path("mailClass").asText()).isEqualTo("USPS_GROUND_ADVANTAGE");
        assertThat(parcel.path("processingCategory").asText()).isEqualTo("MACHINABLE");
        assertThat(parcel.path("packagingType").asText()).isEqualTo("VARIABLE");
    }

    @Test
    void four_ounces_are_a_quarter_of_a_pound_however_they_are_given() {
        assertThat(UspsPackage.pounds(Weight.of("4", MassUnit.OZ))).isEqualTo(new BigDecimal("0.25"));
        assertThat(UspsPackage.pounds(Weight.of("0.1133980925", MassUnit.KG))).isEqualTo(new BigDecimal("0.25"));
        assertThat(UspsPackage.pounds(Weight.of("113.399", MassUnit.G))).isEqualTo(new BigDecimal("0.2501"));
        assertThat(UspsPackage.pounds(Weight.of("10", MassUnit.LB)).toString()).isEqualTo("10");
    }

    @Test
    void names_and_addresses_stand_where_usps_wants_them() {
        JsonNode to = label(parcel()).path("toAddress");
        assertThat(to.path("firstName").asText() + "/" + to.path("lastName").asText())
                .isEqualTo("Jane/Roe");
        assertThat(to.path("streetAddress").asText() + "/"
                        + to.path("secondaryAddress").asText())
                .isEqualTo("1 Main St/Apt 4");
        assertThat(to.path("ZIPCode").asText()).isEqualTo("78701");
        assertThat(to.path("phone").asText()).isEqualTo("5125550100");
        JsonNode from = label(parcel()).path("fromAddress");
        assertThat(from.path("firm").asText()).isEqualTo("Acme Inc");
        JsonNode other = label(shipTo("""
                {"name":"Madonna","line1":"1 Main St","line2":"Floor 2","line3":"Rear","city":"San Juan","state":"PR",
                 "postalCode":"00901-1234","country":"US","phone":"n/a","email":"not an address"}""")).path("toAddress");
        assertThat(other.path("firm").asText()).isEqualTo("Madonna");
        assertThat(other.path("secondaryAddress").asText()).isEqualTo("Floor 2 Rear");
        assertThat(other.path("ZIPPlus4").asText()).isEqualTo("1234");
        assertThat(other.path("state").asText()).isEqualTo("PR");
        assertThat(other.has("phone") || other.has("email")).isFalse();
        assertThat(label(shipTo("""
                {"name":"Ana Cruz","company":"Isla","line1":"1 Marine Dr","city":"Hagatna","postalCode":"96910","country":"GU"}""")).at("/toAddress/state").asText()).isEqualTo("GU");
        Shipment guam = shipTo("""
                {"name":"Ana Cruz","line1":"1 Marine Dr","city":"Hagatna","state":"GU","postalCode":"96910","country":"US"}""");
        assertThat(label(guam).at("/toAddress/state").asText()).isEqualTo("GU");
        assertThat(tree(UspsRateRequest.of(guam, settings(false)), OPTIONS)
                        .path("destinationZIPCode")
                        .asText())
                .isEqualTo("96910");
    }

    @Test
    void a_street_that_is_too_long_goes_on_in_the_second_line_and_is_never_cut() {
        String to = """
                {"name":"Jane Roe","line1":"Business Park at the Old Municipal Airport, Building 17, Gate 4","line2":"Apt 4",
                 "city":"Austin","state":"TX","postalCode":"78701","country":"US"}""";
        JsonNode address = label(shipTo(to)).path("toAddress");
        assertThat(address.path("streetAddress").asText()).isEqualTo("Business Park at the Old Municipal Airport,");
        assertThat(address.path("secondaryAddress").asText()).isEqualTo("Building 17, Gate 4 Apt 4");
        Shipment endless = shipTo(to.replace("Apt 4", "y".repeat(60)));
        refused(() -> of(endless), "/shipTo/line2", "at most 50 characters in 2 lines");
        refused(() -> UspsRateRequest.of(endless, settings(false)), "/shipTo/line2", "at most 50");
    }

    @Test
    void references_are_the_order_number_ours_and_two_of_the_customers_own() {
        JsonNode references = label(with(parcel(), "billing", "{\"references\":[\"cost 7\",\"dept 3\",\"dropped\"]}"))
                .at("/packageDescription/customerReference");
        assertThat(texts(references, "referenceNumber")).containsExactly("SO-1001", "WB7K3N2Q-1", "cost 7", "dept 3");
        assertThat(references.path(0).path("printReferenceNumber").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ground,any,921",
        "ground,direct,921",
        "ground,adult,922",
        "priority_express,any,981",
        "priority_express,adult,922"
    })
    void a_signature_is_an_extra_service(String service, String signature, int code) {
        JsonNode parcel = label(served(service, "\"signature\":\"" + signature + "\""));
        assertThat(parcel.at("/packageDescription/extraServices/0").asInt()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"ground,500,930", "ground,500.01,931", "priority_express,100,925"})
    void insurance_is_an_extra_service_with_a_value(String service, String value, int code) {
        String insured = "\"insuredValue\":{\"amount\":\"" + value + "\",\"currency\":\"USD\"}";
        JsonNode parcel = label(served(service, insured)).path("packageDescription");
        assertThat(parcel.at("/extraServices/0").asInt()).isEqualTo(code);
        assertThat(parcel.at("/packageOptions/packageValue").decimalValue()).isEqualByComparingTo(value);
    }

    @Test
    void an_insurance_of_nothing_is_not_paid_for() {
        JsonNode parcel = label(served("ground", "\"insuredValue\":{\"amount\":\"0.00\",\"currency\":\"EUR\"}"))
                .path("packageDescription");
        assertThat(parcel.path("extraServices")).isEmpty();
        assertThat(parcel.has("packageOptions")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "medium_flat_rate_box,packagingType,MD_FLAT_RATE_BOX,MACHINABLE",
        "flat_rate_envelope,packagingType,FLAT_RATE_ENVELOPE,FLATS",
        "FP,rateIndicator,FP,FLATS",
        "CP,rateIndicator,CP,MACHINABLE",
        "DN,rateIndicator,DN,MACHINABLE",
        "LF,rateIndicator,LF,MACHINABLE",
        "LL,rateIndicator,LL,MACHINABLE",
        "LS,rateIndicator,LS,MACHINABLE"
    })
    void packaging_goes_by_word_or_by_indicator(String packaging, String field, String value, String category) {
        JsonNode parcel = label(packed(packaging)).path("packageDescription");
        assertThat(parcel.path(field).asText()).isEqualTo(value);
        assertThat(parcel.path("processingCategory").asText()).isEqualTo(category);
    }

    @Test
    void what_no_machine_sorts_is_said_to_be_so() {
        assertThat(label(Samples.shipment(home("Jane Roe"), "ground", PDF, "12"))
                        .at("/packageDescription/processingCategory")
                        .asText())
                .isEqualTo("NONSTANDARD");
    }

    @Test
    void a_parcel_ships_today_or_on_its_day_and_never_on_one_that_is_over() {
        LocalDate today = UspsLane.today(Samples.WAREHOUSE);
        assertThat(day(parcel())).isEqualTo(today.toString());
        assertThat(day(served("ground", "\"shipDate\":\"" + today.plusDays(3) + "\"")))
                .isEqualTo(today.plusDays(3).toString());
        assertThat(day(served("ground", "\"shipDate\":\"2020-02-02\""))).isEqualTo(today.toString());
        refused(
                () -> label(served("ground", "\"shipDate\":\"" + today.plusDays(8) + "\"")),
                "/options/shipDate",
                "7 days");
        Address guam = new Address("A", "B", "1", null, null, "Hagatna", null, "96910", "GU", null, null, null, null);
        assertThat(UspsLane.today(guam)).isEqualTo(LocalDate.now(ZoneOffset.ofHours(10)));
    }

    private static String day(Shipment shipment) {
        return label(shipment).at("/packageDescription/mailingDate").asText();
    }

    @Test
    void a_return_is_a_class_and_a_path_of_its_own() {
        Shipment back = with(parcel(), "options", "{\"isReturn\":true,\"signature\":\"any\"}");
        JsonNode request = tree(UspsLabelRequest.of(back, REF, settings(false)), RETURN);
        assertThat(request.at("/packageDescription/mailClass").asText())
                .isEqualTo("USPS_GROUND_ADVANTAGE_RETURN_SERVICE");
        assertThat(request.at("/packageDescription/extraServices")).isEmpty();
        assertThat(request.at("/toAddress/lastName").asText()).isEqualTo("Roe");
        assertThat(UspsLabelRequest.path(new Reply(request))).isEqualTo("/labels/v3/return-label");
        refused(() -> of(with(served("media", "\"isReturn\":true"), "x", "1")), "/service", "priority_express");
        refused(() -> of(served("ground_return", "\"isReturn\":false")), "/service", "ground");
        assertThat(of(served("ground_return", "\"isReturn\":true"))).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CM", "LC", "LF", "LL", "LO", "LS", "NP"})
    void a_return_that_usps_has_no_such_packaging_for_is_refused_at_its_parcel(String indicator) {
        Shipment back = with(packed(indicator), "options", "{\"isReturn\":true}");
        refused(() -> of(back), "/parcels/0/packaging", "flat_rate_envelope");
        assertThat(of(packed(indicator))).isNotEmpty();
    }

    @Test
    void abroad_the_goods_are_declared_in_dollars_and_pounds() {
        JsonNode request = abroad(abroad("Jörg Müller", PDF));
        JsonNode to = request.path("toAddress");
        assertThat(to.path("country").asText() + " "
                        + to.path("countryISOAlpha2Code").asText())
                .isEqualTo("Germany DE");
        assertThat(to.path("postalCode").asText()).isEqualTo("50667");
        JsonNode parcel = request.path("packageDescription");
        assertThat(parcel.path("rateIndicator").asText()).isEqualTo("SP");
        JsonNode customs = request.path("customsForm");
        assertThat(customs.path("customsContentType").asText()).isEqualTo("GIFT");
        assertThat(customs.path("AESITN").asText()).isEqualTo("NO EEI 30.37(a)");
        assertThat(customs.path("invoiceNumber").asText()).isEqualTo("INV-9");
        JsonNode item = customs.path("contents").path(0);
        assertThat(item.path("itemQuantity").asInt()).isEqualTo(2);
        assertThat(item.path("itemTotalValue").decimalValue()).isEqualByComparingTo("25");
        assertThat(item.path("itemTotalWeight").decimalValue()).as("400 g").isEqualByComparingTo("0.8818");
        assertThat(item.path("HSTariffNumber").asText()).isEqualTo("691200");
        assertThat(item.path("countryofOrigin").asText()).isEqualTo("CN");
        assertThat(UspsLabelRequest.path(new Reply(request))).isEqualTo("/international-labels/v3/international-label");
    }

    @Test
    void goods_that_fill_a_parcel_never_weigh_more_than_it() {
        String line = GOODS.substring(1, GOODS.length() - 1).replace("200", "100");
        Shipment full = with(abroad("Jörg Müller", PDF), "items", "[" + String.join(",", line, line, line) + "]");
        BigDecimal goods = BigDecimal.ZERO;
        for (JsonNode item : abroad(full).at("/customsForm/contents")) {
            goods = goods.add(item.path("itemTotalWeight").decimalValue());
        }
        assertThat(goods).isLessThanOrEqualTo(UspsPackage.pounds(Weight.of("600", MassUnit.G)));
        assertThat(UspsPackage.poundsAtMost(Weight.of("0.01", MassUnit.G))).isEqualTo(new BigDecimal("0.0001"));
    }

    @ParameterizedTest
    @CsvSource({
        "priority_express_international,,PA",
        "priority_express_international,flat_rate_envelope,E4",
        "priority_international,flat_rate_envelope,FE",
        "priority_international,large_flat_rate_box,PL",
        "priority_international,FS,FS"
    })
    void abroad_the_packaging_is_an_indicator(String service, String packaging, String indicator) {
        Shipment shipment = abroad("Jörg Müller", PDF);
        Order.Parcel parcel = shipment.parcels().get(0);
        Order.Parcel packed = new Order.Parcel(null, parcel.weight(), parcel.dimensions(), packaging, List.of());
        Shipment served =
                new Shipment(shipment.order(), 1, service, shipment.shipFrom(), List.of(packed), shipment.label());
        assertThat(abroad(served).at("/packageDescription/rateIndicator").asText())
                .isEqualTo(indicator);
    }

    @Test
    void a_base_of_the_army_is_at_home_and_its_goods_are_declared_where_the_order_does() {
        Shipment base = shipTo("""
                {"name":"Pat Doe","line1":"PSC 1234","city":"APO","state":"AE","postalCode":"09204","country":"US"}""");
        assertThat(label(base).has("customsForm")).isFalse();
        JsonNode declared = label(with(with(base, "items", GOODS), "customs", "{\"contents\":\"other\"}"));
        assertThat(declared.at("/customsForm/customsContentType").asText()).isEqualTo("OTHER");
        assertThat(declared.at("/customsForm/contentComments").asText()).isEqualTo("Mug");
        Shipment referred = with(base, "billing", "{\"references\":[\"cost 7\",\"dept 3\"]}");
        assertThat(texts(label(referred).at("/packageDescription/customerReference"), "referenceNumber"))
                .hasSize(4);
        JsonNode both = label(with(with(referred, "items", GOODS), "customs", "{\"contents\":\"other\"}"));
        assertThat(texts(both.at("/packageDescription/customerReference"), "referenceNumber"))
                .as("beside a customs form")
                .containsExactly("SO-1001", "WB7K3N2Q-1");
        assertThat(label(with(with(parcel(), "items", GOODS), "customs", "{\"contents\":\"gift\"}"))
                        .has("customsForm"))
                .as("Texas needs no form")
                .isFalse();
    }

    @Test
    void an_address_that_usps_does_not_know_may_be_taken_all_the_same() {
        assertThat(label(parcel()).at("/toAddress/ignoreBadAddress").isMissingNode())
                .isTrue();
        JsonNode trusting = tree(UspsLabelRequest.of(parcel(), REF, settings(true)), LABEL);
        assertThat(trusting.at("/toAddress/ignoreBadAddress").asBoolean()).isTrue();
    }

    @Test
    void what_usps_would_refuse_is_said_before_at_the_field() {
        refused(() -> of(Samples.shipment(home("Jane Roe"), "ground", PDF, "1", "2")), "/parcels", "(1)");
        refused(() -> of(Samples.shipment(home("简"), "ground", PDF, "1")), "/shipTo/name", "Latin");
        refused(
                () -> of(
                        shipTo(
                                "{\"line1\":\"1 Main St\",\"city\":\"Austin\",\"state\":\"TX\",\"postalCode\":\"78701\",\"country\":\"US\"}")),
                "/shipTo/name",
                "name");
        refused(
                () -> of(
                        shipTo(
                                "{\"name\":\"A B\",\"line1\":\"1 Main St\",\"city\":\"Austin\",\"state\":\"TX\",\"postalCode\":\"787\",\"country\":\"US\"}")),
                "/shipTo/postalCode",
                "5 or 9");
        refused(() -> of(served("teleport", "\"saturday\":true")), "/service", "priority_express");
        refused(() -> of(served("priority_international", "\"saturday\":true")), "/service", "ground");
        refused(() -> of(served("connect_mail", "\"saturday\":true")), "/service", "ground");
        refused(() -> of(packed("crate")), "/parcels/0/packaging", "flat_rate_envelope");
        refused(() -> of(served("ground", "\"batteries\":\"contained\"")), "/options/batteries", "none");
        refused(
                () -> of(served("ground", "\"insuredValue\":{\"amount\":\"5\",\"currency\":\"EUR\"}")),
                "/options/insuredValue/currency",
                "USD");
        refused(() -> of(with(parcel(), "billing", "{\"payer\":\"thirdParty\"}")), "/billing/payer", "sender");
        Shipment abroad = abroad("Jörg Müller", PDF);
        refused(() -> of(with(abroad, "billing", "{\"dutiesPayer\":\"sender\"}")), "/billing/dutiesPayer", "recipient");
        refused(() -> of(with(abroad, "customs", "{\"incoterm\":\"DDP\"}")), "/customs/incoterm", "DAP");
        refused(
                () -> of(with(abroad, "customs", "{\"invoiceNumber\":\"1234567890123456\"}")),
                "/customs/invoiceNumber",
                "at most 15");
        refused(() -> of(with(abroad, "options", "{\"signature\":\"any\"}")), "/options/signature", "none");
        refused(() -> of(with(abroad, "options", "{\"isReturn\":true}")), "/shipTo/country", "US");
        refused(() -> of(with(abroad, "items", GOODS.replace("Mug", "马克杯"))), "/items/0/description", "Latin");
        refused(() -> of(with(abroad, "items", GOODS.replace("12.50", "1250.01"))), "/items/0/unitPrice", "2500");
        refused(() -> of(with(abroad, "items", GOODS.replace("USD", "EUR"))), "/items/0/unitPrice/currency", "USD");
        refused(() -> of(with(abroad, "items", GOODS.replace("6912.00", "6912"))), "/items/0/hsCode", "6 to 14");
        refused(() -> of(with(abroad, "items", "[]")), "/items", "items");
        refused(
                () -> of(new Shipment(
                        abroad.order(), 1, abroad.service(), abroad.order().shipTo(), abroad.parcels(), PDF)),
                "/shipFrom/country",
                "US");
    }

    @ParameterizedTest
    @CsvSource({"EPL2,4x6,203,/label/dpi,300", "PDF,A4,203,/label/size,4x6", "SVG,4x6,203,/label/format,PDF"})
    void a_label_usps_does_not_print_is_refused(String format, String size, int dpi, String pointer, String words) {
        refused(
                () -> of(Samples.shipment(home("Jane Roe"), "ground", new LabelRequest(format, size, dpi), "1")),
                pointer,
                words);
    }

    @Test
    void a_customs_form_is_printed_as_pdf_or_zpl_only() {
        refused(() -> of(abroad("Jörg Müller", new LabelRequest("PNG", "4x6", 203))), "/label/format", "PDF, ZPL");
        assertThat(abroad(abroad("Jörg Müller", new LabelRequest("ZPL", "4x6", 300)))
                        .at("/imageInfo/imageType")
                        .asText())
                .isEqualTo("ZPL300DPI");
    }

    @Test
    void prices_are_asked_for_the_same_parcel() {
        JsonNode home = tree(UspsRateRequest.of(parcel(), settings(false)), OPTIONS);
        assertThat(home.at("/packageDescription/mailClass").asText()).isEqualTo("ALL_OUTBOUND");
        assertThat(home.at("/pricingOptions")).hasSize(1);
        JsonNode back =
                tree(UspsRateRequest.of(with(parcel(), "options", "{\"isReturn\":true}"), settings(true)), OPTIONS);
        assertThat(back.at("/packageDescription/mailClass").asText()).isEqualTo("ALL_RETURNS");
        assertThat(back.at("/pricingOptions/0/paymentAccount/accountType").asText())
                .isEqualTo("MID");
        JsonNode far = tree(UspsRateRequest.of(abroad("Jörg Müller", PDF), settings(true)), OPTIONS);
        assertThat(far.path("destinationCountryCode").asText()).isEqualTo("DE");
        assertThat(far.at("/pricingOptions/0/paymentAccount/accountNumber").asText())
                .isEqualTo("1000405525");
        Order.Parcel flat = new Order.Parcel(null, Weight.of("1", MassUnit.LB), null, null, List.of());
        Shipment shapeless = new Shipment(parcel().order(), 1, "ground", Samples.WAREHOUSE, List.of(flat), PDF);
        refused(() -> UspsRateRequest.of(shapeless, settings(false)), "/parcels/0/dimensions", "dimensions");
        refused(() -> of(shapeless), "/parcels/0/dimensions", "dimensions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "any|500|921,930,981,925",
                "any|500.01|921,931,981,925",
                "adult||922",
                "any||921,981",
                "|100|930,925"
            })
    void a_quote_asks_for_the_extra_services_of_every_class_it_asks_for(
            String signature, String insured, String codes) {
        String options = (signature == null ? "" : "\"signature\":\"" + signature + "\"")
                + (signature == null || insured == null ? "" : ",")
                + (insured == null ? "" : "\"insuredValue\":{\"amount\":\"" + insured + "\",\"currency\":\"USD\"}");
        JsonNode asked = tree(UspsRateRequest.of(served("ground", options), settings(false)), OPTIONS)
                .path("packageDescription");
        assertThat(asked.path("extraServices"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(codes.split(","));
        assertThat(asked.has("packageValue")).isEqualTo(insured != null);
    }

    @Test
    void the_page_for_people_has_every_service() throws IOException {
        CodeTable services = CodeTable.read(UspsFactory.class, "services.csv", "");
        assertThat(services.codes()).isNotEmpty();
        assertThat(Files.readString(Path.of("docs/carriers.md")))
                .contains(services.codes().stream()
                        .map(code -> "`" + services.word(code) + "`")
                        .toList());
    }

    // ---- orders

    private static Shipment parcel() {
        return Samples.shipment(home("Jane Roe"), "ground", PDF, "1.2");
    }

    /** Its order with one more field. */
    static Shipment with(Shipment shipment, String field, String json) {
        try {
            ObjectNode order = Json.mapper().valueToTree(shipment.order());
            order.set(field, Json.mapper().readTree(json));
            order.remove("x");
            Order changed = Json.mapper().convertValue(order, Order.class);
            return new Shipment(
                    changed, 1, shipment.service(), shipment.shipFrom(), shipment.parcels(), shipment.label());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A gift of two mugs to Germany. */
    static Shipment abroad(String name, LabelRequest label) {
        Address to = new Address(
                name,
                null,
                "Hauptstraße 5",
                null,
                null,
                "Köln",
                null,
                "50667",
                "DE",
                "+49 221 5550100",
                null,
                true,
                null);
        Shipment bare = Samples.shipment(to, "first_class_international", label, "1.2");
        return with(
                with(bare, "items", GOODS),
                "customs",
                "{\"contents\":\"gift\",\"incoterm\":\"DAP\",\"invoiceNumber\":\"INV-9\"}");
    }

    static Shipment packed(String packaging) {
        Shipment plain = Samples.shipment(home("Jane Roe"), "priority", PDF, "1.2");
        Order.Parcel parcel = plain.parcels().get(0);
        Order.Parcel packed = new Order.Parcel(null, parcel.weight(), parcel.dimensions(), packaging, List.of());
        return new Shipment(plain.order(), 1, "priority", plain.shipFrom(), List.of(packed), PDF);
    }

    private static Shipment served(String service, String options) {
        return with(Samples.shipment(home("Jane Roe"), service, PDF, "1.2"), "options", "{" + options + "}");
    }

    private static Shipment shipTo(String json) {
        return with(parcel(), "shipTo", json);
    }

    private static UspsSettings settings(boolean other) {
        CallSettings calls =
                new CallSettings(URI.create("http://127.0.0.1:9"), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0);
        UspsSettings.Payer payer =
                new UspsSettings.Payer("56982563", "904128936", "904128936", "EPS", "1000405525", "");
        return new UspsSettings(calls, "id", "secret", payer, other, !other);
    }

    private static byte[] of(Shipment shipment) {
        return UspsLabelRequest.of(shipment, REF, settings(false));
    }

    private static JsonNode label(Shipment shipment) {
        return tree(of(shipment), LABEL);
    }

    private static JsonNode abroad(Shipment shipment) {
        return tree(of(shipment), ABROAD);
    }

    private static void refused(ThrowingCallable call, String pointer, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(String.valueOf(no.getMessage())).contains(words);
        });
    }

    /** Read, and as the document has it. */
    private static JsonNode tree(byte[] request, JsonSchema schema) {
        try {
            JsonNode tree = new ObjectMapper().readTree(request);
            assertThat(schema.validate(tree)).isEmpty();
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.path(field).asText())
                .toList();
    }

    private static JsonSchema schema(String name) {
        try (InputStream in = UspsRequestsTest.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
