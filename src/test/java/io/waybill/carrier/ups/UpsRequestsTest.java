package io.waybill.carrier.ups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Goods;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.measure.Money;
import io.waybill.order.Address;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What UPS is asked, for every kind of order; each request fits the shape the carrier's document gives it. */
class UpsRequestsTest {
    private static final JsonSchema SHIP = schema("ship-request.schema.json");
    private static final JsonSchema RATE = schema("rate-request.schema.json");
    private static final Ref REF = new Ref("WB7K3N2Q-1", new UUID(1, 2), "SO-1001");
    private static final String TO_US = """
            {"name":"Jane Roe","line1":"1 Main St","city":"Austin","state":"TX","postalCode":"78701-1234","country":"US",
             "phone":"+1 (512) 555-0100","residential":true}""";
    private static final String TO_GERMANY = """
            {"name":"Jörg Müller","company":"Müller GmbH","line1":"Hauptstraße 5","line2":"Hinterhaus","city":"Köln",
             "postalCode":"50667","country":"DE","phone":"+49 221 5550100"}""";
    private static final String GOODS = """
            ,"items":[{"sku":"A-1","description":"Mug","quantity":2,"unitPrice":{"amount":"12.50","currency":"USD"},
                      "hsCode":"6912.00","originCountry":"CN"}],
             "customs":{"contents":"gift","incoterm":"DDP","invoiceNumber":"INV-9"}""";

    @Test
    void within_the_us_references_and_signature_stand_at_the_package() {
        JsonNode shipment = shipment(order(TO_US, """
                ,"billing":{"references":["cost 7","dept 3","po 5","dropped"]},"options":{"signature":"adult"}"""));
        JsonNode first = shipment.path("Package").path(0);
        assertThat(texts(first.path("ReferenceNumber"), "Value"))
                .containsExactly("SO-1001", "WB7K3N2Q-1", "cost 7", "dept 3", "po 5");
        assertThat(shipment.has("ReferenceNumber")).isFalse();
        assertThat(first.at("/PackageServiceOptions/DeliveryConfirmation/DCISType")
                        .asText())
                .isEqualTo("3");
        assertThat(shipment.has("ShipmentServiceOptions")).isFalse();
        assertThat(shipment.at("/ShipTo/Address/ResidentialAddressIndicator").isMissingNode())
                .isFalse();
        assertThat(shipment.at("/ShipTo/Phone/Number").asText()).isEqualTo("5125550100");
        assertThat(shipment.at("/ShipTo/Address/PostalCode").asText()).isEqualTo("787011234");
        assertThat(shipment.at("/Service/Code").asText()).isEqualTo("03");
    }

    @Test
    void an_email_is_told_of_the_shipper_and_the_recipient_and_not_of_where_it_leaves_for_ups_has_no_such_field()
            throws IOException {
        Order order = order(TO_US.replace("}", ",\"email\":\"jane@example.com\"}"), "");
        ObjectNode json = (ObjectNode) Json.mapper().readTree(Json.mapper().writeValueAsBytes(order));
        ((ObjectNode) json.path("shipFrom")).put("email", "dock@example.com");
        JsonNode shipment = shipment(new Orders().read(json));
        assertThat(shipment.at("/Shipper/EMailAddress").asText()).isEqualTo("dock@example.com");
        assertThat(shipment.at("/ShipTo/EMailAddress").asText()).isEqualTo("jane@example.com");
        assertThat(shipment.path("ShipFrom").has("EMailAddress")).isFalse();
    }

    @Test
    void abroad_they_stand_at_the_shipment_with_an_invoice_of_the_goods() {
        JsonNode shipment =
                shipment(order(TO_GERMANY, GOODS + ",\"options\":{\"signature\":\"direct\",\"saturday\":true}"));
        assertThat(texts(shipment.path("ReferenceNumber"), "Value")).containsExactly("SO-1001", "WB7K3N2Q-1");
        assertThat(shipment.path("Package").path(0).has("ReferenceNumber")).isFalse();
        JsonNode options = shipment.path("ShipmentServiceOptions");
        assertThat(options.at("/DeliveryConfirmation/DCISType").asText()).isEqualTo("1");
        assertThat(options.has("SaturdayDeliveryIndicator")).isTrue();
        JsonNode forms = options.path("InternationalForms");
        assertThat(forms.path("FormType").path(0).asText()).isEqualTo("01");
        assertThat(forms.path("InvoiceNumber").asText()).isEqualTo("INV-9");
        assertThat(forms.path("InvoiceDate").asText()).isEqualTo("20261124");
        assertThat(forms.path("TermsOfShipment").asText()).isEqualTo("DDP");
        assertThat(forms.path("ReasonForExport").asText()).isEqualTo("GIFT");
        assertThat(forms.at("/Contacts/SoldTo/Name").asText()).isEqualTo("Müller GmbH");
        assertThat(forms.at("/Contacts/SoldTo/AttentionName").asText()).isEqualTo("Jörg Müller");
        JsonNode product = forms.path("Product").path(0);
        assertThat(product.at("/Unit/Number").asText()).isEqualTo("2");
        assertThat(product.at("/Unit/Value").asText()).isEqualTo("12.5");
        assertThat(product.path("CommodityCode").asText()).isEqualTo("691200");
        assertThat(product.path("OriginCountryCode").asText()).isEqualTo("CN");
        assertThat(shipment.at("/PaymentInformation/ShipmentCharge/1/Type").asText())
                .as("DDP: the sender pays the duties")
                .isEqualTo("02");
        assertThat(shipment.at("/PaymentInformation/ShipmentCharge/1/BillShipper/AccountNumber")
                        .asText())
                .isEqualTo("X12345");
    }

    @ParameterizedTest
    @CsvSource({
        "GB,DE,true,",
        "DE,FR,true,",
        "US,DE,false,12.5",
        "GB,MX,false,12.5",
        "DE,DE,false,",
        "GB,DE,false,12.5",
    })
    void documents_without_a_price_between_countries_need_no_invoice_where_ups_takes_them_for_such(
            String from, String to, boolean documents, @Nullable String price) {
        Order papers = order(
                TO_GERMANY.replace("\"DE\"", "\"" + to + "\""),
                (price == null ? GOODS.replaceAll("\"unitPrice\":\\{[^}]*},?", "") : GOODS)
                        .replace("\"gift\"", "\"documents\""));
        JsonNode sold =
                tree(UpsShipRequest.of(from(from, papers), REF, "X12345"), SHIP).at("/ShipmentRequest/Shipment");
        JsonNode asked =
                tree(UpsRateRequest.of(from(from, papers), "X12345"), RATE).at("/RateRequest/Shipment");
        assertThat(sold.has("DocumentsOnlyIndicator")).isEqualTo(documents);
        assertThat(asked.has("DocumentsOnlyIndicator")).isEqualTo(documents);
        assertThat(asked.at("/DeliveryTimeInformation/PackageBillType").asText())
                .isEqualTo(documents ? "02" : "03");
        assertThat(sold.at("/ShipmentServiceOptions/InternationalForms").isObject())
                .isEqualTo(!documents && !from.equals(to));
        assertThat(asked.has("InvoiceLineTotal")).isEqualTo(!documents && !from.equals(to));
        int payers = documents || from.equals(to) ? 1 : 2;
        assertThat(sold.at("/PaymentInformation/ShipmentCharge"))
                .as("DDP, and no duties on documents")
                .hasSize(payers);
        assertThat(asked.at("/PaymentDetails/ShipmentCharge")).hasSize(payers);
    }

    @Test
    void documents_without_any_goods_are_told_as_such() {
        Order papers = order(TO_GERMANY, ",\"customs\":{\"contents\":\"documents\"}");
        JsonNode sold =
                tree(UpsShipRequest.of(from("GB", papers), REF, "X12345"), SHIP).at("/ShipmentRequest/Shipment");
        assertThat(sold.path("Description").asText()).isEqualTo("Documents");
        tree(UpsRateRequest.of(from("GB", papers), "X12345"), RATE);
    }

    @ParameterizedTest
    @CsvSource({"US,DE,", "GB,MX,", "GB,DE,12.50"})
    void other_documents_need_the_prices_of_an_invoice(String from, String to, @Nullable String declared) {
        Order papers = order(
                TO_GERMANY.replace("\"DE\"", "\"" + to + "\""),
                GOODS.replaceAll("\"unitPrice\":\\{[^}]*},?", "")
                        .replace(
                                "\"gift\"",
                                "\"documents\""
                                        + (declared == null
                                                ? ""
                                                : ",\"declaredValue\":{\"amount\":\"" + declared
                                                        + "\",\"currency\":\"EUR\"}")));
        assertThatThrownBy(() -> UpsShipRequest.of(from(from, papers), REF, "X12345"))
                .hasMessageContaining("unitPrice");
    }

    @ParameterizedTest
    @CsvSource({
        "US,DE,Müller GmbH,,01,01",
        "US,DE,,,01,02",
        "GB,FR,Müller GmbH,true,01,02",
        "US,TR,Müller GmbH,,,",
        "DE,FR,Müller GmbH,,,",
        "DE,TR,Müller GmbH,,,"
    })
    void into_the_eu_it_is_said_whether_a_business_or_a_consumer_sends_and_receives(
            String from, String to, String company, String residential, String shipper, String consignee) {
        Order order = order(
                TO_GERMANY
                        .replace(
                                "\"company\":\"Müller GmbH\"",
                                "\"company\":\"" + (company == null ? "" : company) + "\"")
                        .replace("\"DE\"", "\"" + to + "\",\"residential\":" + residential),
                GOODS);
        JsonNode shipment =
                tree(UpsShipRequest.of(from(from, order), REF, "X12345"), SHIP).at("/ShipmentRequest/Shipment");
        assertThat(shipment.path("ShipperType").asText(null)).isEqualTo(shipper);
        assertThat(shipment.path("ConsigneeType").asText(null)).isEqualTo(consignee);
    }

    @Test
    void a_parcel_ships_on_its_day_which_is_at_most_a_week_ahead_and_never_on_one_that_is_over() {
        LocalDate today = LocalDate.now(ZoneOffset.ofHours(-11));
        assertThat(day(today.plusDays(3)))
                .isEqualTo(today.plusDays(3).toString().replace("-", ""));
        assertThat(day(today)).isNull();
        assertThat(day(LocalDate.of(2020, 2, 2))).isNull();
        Order far = shippedOn(today.plusDays(10));
        refused(far, "/options/shipDate", "7 days");
        refused(() -> UpsRateRequest.of(shipmentOf(far, "", "PDF"), "X12345"), "/options/shipDate", "7 days");
    }

    @ParameterizedTest
    @CsvSource({
        "Jörg Ñuñez,",
        "Seán O’Brien,",
        "Łukasz Wiśniewski,pol",
        "Jiří Dvořák,pol",
        "Şükrü Yılmaz,tur",
        "Rūta Žīgure,lav",
        "Nguyễn Văn An,"
    })
    void a_label_is_printed_with_the_letters_of_who_is_on_it(String name, @Nullable String letters) {
        assertThat(tree(of(order(TO_US.replace("Jane Roe", name), ""), "ground", "PDF"), SHIP)
                        .at("/ShipmentRequest/LabelSpecification")
                        .path("CharacterSet")
                        .asText(null))
                .isEqualTo(letters);
    }

    @Test
    void a_printer_of_more_dots_than_ups_prints_gets_no_label_that_is_too_small() {
        for (String format : List.of("ZPL", "EPL2")) {
            refused(() -> UpsShipRequest.of(fine(format), REF, "X12345"), "/label/dpi", "203");
        }
        assertThat(UpsShipRequest.of(fine("PDF"), REF, "X12345")).isNotEmpty();
    }

    private static Shipment fine(String format) {
        Shipment coarse = shipmentOf(order(TO_US, ""), "ground", format);
        LabelRequest label = new LabelRequest(format, "4x6", 300);
        return new Shipment(coarse.order(), 1, "ground", coarse.shipFrom(), coarse.parcels(), label);
    }

    @Test
    void a_quote_is_asked_for_from_the_day_it_ships() {
        LocalDate day = LocalDate.now(ZoneOffset.ofHours(-11)).plusDays(3);
        assertThat(pickup(shippedOn(day))).isEqualTo(day.format(DateTimeFormatter.BASIC_ISO_DATE));
        assertThat(pickup(shippedOn(day.minusDays(9)))).as("today").isEmpty();
        assertThat(pickup(order(TO_US, ""))).isEmpty();
    }

    private static String pickup(Order order) {
        return tree(UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), RATE)
                .at("/RateRequest/Shipment/DeliveryTimeInformation/Pickup/Date")
                .asText();
    }

    private static @Nullable String day(LocalDate shipDate) {
        return shipment(shippedOn(shipDate)).path("ShipmentDate").asText(null);
    }

    private static Order shippedOn(LocalDate day) {
        return order(TO_US, ",\"options\":{\"shipDate\":\"" + day + "\"}");
    }

    private static Shipment from(String country, Order order) {
        Address us = Objects.requireNonNull(order.shipFrom());
        Address from = new Address(
                us.name(),
                us.company(),
                us.line1(),
                null,
                null,
                us.city(),
                null,
                us.postalCode(),
                country,
                us.phone(),
                null,
                null,
                null);
        return new Shipment(order, 1, "saver", from, order.parcels(), Samples.PDF);
    }

    @Test
    void canada_and_puerto_rico_ask_for_the_total_of_the_invoice_too() {
        String toCanada = TO_US.replace("\"TX\"", "\"ON\"")
                .replace("78701-1234", "K1A 0B1")
                .replace("\"US\"", "\"CA\"");
        JsonNode shipment = shipment(order(toCanada, GOODS));
        assertThat(shipment.at("/InvoiceLineTotal/MonetaryValue").asText()).isEqualTo("25.00");
        JsonNode island = shipment(order(TO_US.replace("\"TX\"", "\"PR\"").replace("78701-1234", "00901"), GOODS));
        assertThat(island.at("/ShipTo/Address/CountryCode").asText()).isEqualTo("PR");
        assertThat(island.at("/InvoiceLineTotal/MonetaryValue").asText()).isEqualTo("25.00");
        assertThat(island.at("/ShipmentServiceOptions/InternationalForms").isMissingNode())
                .isTrue();
        assertThat(texts(island.path("ReferenceNumber"), "Value")).contains("WB7K3N2Q-1");
    }

    @Test
    void in_the_us_parcels_are_measured_in_pounds_and_inches_rounded_up() {
        JsonNode parcel = shipment(order(TO_US, "")).path("Package").path(0);
        assertThat(parcel.at("/PackageWeight/UnitOfMeasurement/Code").asText()).isEqualTo("LBS");
        assertThat(parcel.at("/PackageWeight/Weight").asText()).as("1.2 kg").isEqualTo("2.7");
        assertThat(parcel.at("/Dimensions/Length").asText()).as("30 cm").isEqualTo("12");
        assertThat(parcel.at("/Dimensions/Width").asText()).as("20 cm").isEqualTo("8");
        assertThat(parcel.at("/Dimensions/Height").asText()).as("10 cm").isEqualTo("4");
    }

    @Test
    void elsewhere_in_kilograms_and_centimetres_with_the_longest_side_first() {
        Order order = order(TO_GERMANY, "");
        Shipment german = new Shipment(order, 1, "standard", order.shipTo(), order.parcels(), Samples.PDF);
        JsonNode parcel =
                tree(UpsShipRequest.of(german, REF, "X12345"), SHIP).at("/ShipmentRequest/Shipment/Package/0");
        assertThat(parcel.at("/PackageWeight/Weight").asText()).isEqualTo("1.2");
        assertThat(parcel.at("/Dimensions/Length").asText()).isEqualTo("30");
    }

    @Test
    void insurance_is_shared_to_the_cent_by_the_parcels() {
        Order order = order(TO_US, ",\"options\":{\"insuredValue\":{\"amount\":\"100.00\",\"currency\":\"USD\"}}", 3);
        assertThat(texts(shipment(order).path("Package"), "/PackageServiceOptions/DeclaredValue/MonetaryValue"))
                .containsExactly("33.34", "33.33", "33.33");
    }

    @Test
    void a_return_comes_to_the_shipper_under_a_label_that_is_printed() {
        Order order = order(TO_US, ",\"options\":{\"isReturn\":true,\"signature\":\"any\"}");
        JsonNode shipment = shipment(order);
        assertThat(shipment.at("/ReturnService/Code").asText()).isEqualTo("9");
        assertThat(shipment.at("/Shipper/Name").asText()).isEqualTo("Jane Roe");
        assertThat(shipment.at("/ShipFrom/Name").asText()).isEqualTo("Acme Inc");
        assertThat(shipment.path("Package").path(0).path("Description").asText())
                .isNotBlank();
        assertThat(shipment.path("Package").path(0).has("PackageServiceOptions"))
                .isFalse();
        refused(order(TO_US, ",\"options\":{\"isReturn\":true}", 2), "/parcels", "(1)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payer\":\"recipient\",\"account\":\"A1B2C3\",\"postalCode\":\"50667\"|BillReceiver|A1B2C3",
                "\"payer\":\"thirdParty\",\"account\":\"T1T2T3\",\"postalCode\":\"10001\",\"country\":\"US\"|BillThirdParty|T1T2T3",
                "\"payer\":\"sender\"|BillShipper|X12345"
            })
    void somebody_else_may_pay(String billing, String how, String account) {
        JsonNode charges = shipment(order(TO_GERMANY, GOODS.replace("DDP", "DAP") + ",\"billing\":{" + billing + "}"))
                .at("/PaymentInformation/ShipmentCharge");
        assertThat(charges).hasSize(1);
        assertThat(charges.path(0).path(how).path("AccountNumber").asText()).isEqualTo(account);
    }

    @Test
    void duties_may_be_billed_to_a_third_party_and_are_not_where_there_are_none() {
        String billing =
                ",\"billing\":{\"dutiesPayer\":\"thirdParty\",\"account\":\"T1T2T3\",\"postalCode\":\"10001\",\"country\":\"US\"}";
        JsonNode charges = shipment(order(TO_GERMANY, GOODS + billing)).at("/PaymentInformation/ShipmentCharge");
        assertThat(charges.path(0).path("BillShipper").path("AccountNumber").asText())
                .isEqualTo("X12345");
        assertThat(charges.path(1).at("/BillThirdParty/Address/CountryCode").asText())
                .isEqualTo("US");
        assertThat(shipment(order(TO_US, billing)).at("/PaymentInformation/ShipmentCharge"))
                .hasSize(1);
    }

    @Test
    void what_ups_would_refuse_is_said_before_at_the_field() {
        refused(order(TO_GERMANY, ""), "/customs", "without customs");
        refused(order(TO_GERMANY, GOODS.replace(",\"originCountry\":\"CN\"", "")), "/items/0/originCountry", "origin");
        refused(order(TO_GERMANY, GOODS.replace("Mug", "马克杯")), "/items/0/description", "Latin");
        refused(
                order(TO_GERMANY.replace(",\"phone\":\"+49 221 5550100\"", ""), GOODS),
                "/shipTo/phone",
                "without phone");
        refused(order(TO_US.replace("Austin", "奥斯汀"), ""), "/shipTo/city", "Latin");
        refused(
                order(TO_US, ",\"billing\":{\"payer\":\"thirdParty\",\"country\":\"US\"}"),
                "/billing/account",
                "without account");
        assertThatThrownBy(() -> of(order(TO_US, ""), "teleport", "PDF"))
                .hasMessageContaining("teleport")
                .hasMessageContaining("next_day_air");
        assertThatThrownBy(() -> of(order(TO_US, ""), "ground", "SVG")).hasMessageContaining("EPL2, PDF, PNG, ZPL");
        refused(packed("crate"), "/parcels/0/packaging", "express_box");
        refused(
                order(TO_US.replace("\"city\"", "\"taxId\":\"91310115MA1H7XJK3L\",\"city\""), ""),
                "/shipTo/taxId",
                "91310115MA1H7XJK3L");
        String inEuro = GOODS.replace(
                "\"contents\":\"gift\"",
                "\"contents\":\"gift\",\"declaredValue\":{\"amount\":\"30\",\"currency\":\"EUR\"}");
        refused(order(TO_GERMANY, inEuro), "/items/0/unitPrice/currency", "EUR");
    }

    @Test
    void an_invoice_has_one_to_fifty_kinds_of_goods() {
        refused(declared(0), "/items", "without items");
        refused(declared(51), "/items", "51");
        assertThat(shipment(declared(50)).at("/ShipmentServiceOptions/InternationalForms/Product"))
                .hasSize(50);
    }

    @Test
    void what_has_more_goods_than_an_invoice_is_not_offered_at_a_price_and_what_has_none_yet_is() {
        refused(() -> UpsRateRequest.of(shipmentOf(declared(51), "", "PDF"), "X12345"), "/items", "51");
        tree(UpsRateRequest.of(shipmentOf(declared(0), "", "PDF"), "X12345"), RATE);
    }

    @Test
    void what_needs_no_invoice_may_have_any_number_of_goods() {
        Order order = order(TO_US, goods(51));
        assertThat(shipment(order)
                        .at("/ShipmentServiceOptions/InternationalForms")
                        .isMissingNode())
                .isTrue();
        tree(UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), RATE);
    }

    @ParameterizedTest
    @CsvSource({
        "Jörg Müller,36,/shipTo/name",
        "Müller GmbH,36,/shipTo/company",
        "Köln,31,/shipTo/city",
        "+49 221 5550100,16,/shipTo/phone",
        "INV-9,36,/customs/invoiceNumber"
    })
    void what_stands_for_somebody_or_something_is_refused_rather_than_cut(String text, int length, String pointer) {
        String longer = "1".repeat(length);
        refused(order(TO_GERMANY.replace(text, longer), GOODS.replace(text, longer)), pointer, "at most");
    }

    @Test
    void words_for_goods_are_cut_and_what_a_label_can_do_without_is_left_out() {
        JsonNode forms = shipment(order(
                        TO_GERMANY.replace(
                                "\"country\"", "\"email\":\"" + "j".repeat(40) + "@example.org\",\"country\""),
                        GOODS.replace("A-1", "A".repeat(36))
                                .replace("Mug", "Mug of clay, glazed by hand twice, and blue")))
                .at("/ShipmentServiceOptions/InternationalForms");
        JsonNode product = forms.path("Product").path(0);
        assertThat(product.at("/Description/0").asText()).isEqualTo("Mug of clay, glazed by hand twice,");
        assertThat(product.has("PartNumber")).isFalse();
        assertThat(forms.at("/Contacts/SoldTo").has("EMailAddress")).isFalse();
    }

    @Test
    void a_name_that_is_too_long_or_not_latin_is_refused_in_quotes_too() {
        Order order = order(TO_US.replace("Jane Roe", "J".repeat(36)), "");
        refused(() -> UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), "/shipTo/name", "at most 35");
        Order chinese = order(TO_US.replace("Austin", "奥斯汀"), "");
        refused(() -> UpsRateRequest.of(shipmentOf(chinese, "", "PDF"), "X12345"), "/shipTo/city", "Latin");
    }

    @Test
    void other_territories_are_countries_with_customs() {
        String island = TO_US.replace("\"TX\"", "\"VI\"").replace("78701-1234", "00802");
        refused(order(island, ""), "/customs", "without customs");
        JsonNode shipment = shipment(order(island, GOODS));
        assertThat(shipment.at("/ShipTo/Address/CountryCode").asText()).isEqualTo("VI");
        assertThat(shipment.at("/ShipmentServiceOptions/InternationalForms").isMissingNode())
                .isFalse();
    }

    @Test
    void batteries_are_neither_bought_nor_priced() {
        Order loose = order(TO_US, ",\"options\":{\"batteries\":\"alone\"}");
        refused(loose, "/options/batteries", "none");
        refused(() -> UpsRateRequest.of(shipmentOf(loose, "", "PDF"), "X12345"), "/options/batteries", "none");
        assertThat(shipment(order(TO_US, ",\"options\":{\"batteries\":\"none\"}")))
                .isNotEmpty();
    }

    @Test
    void services_and_packagings_go_by_word_or_by_code() {
        assertThat(tree(of(order(TO_US, ""), "65", "ZPL"), SHIP)
                        .at("/ShipmentRequest/Shipment/Service/Code")
                        .asText())
                .isEqualTo("65");
        assertThat(shipment(packed("pak")).at("/Package/0/Packaging/Code").asText())
                .isEqualTo("04");
    }

    @Test
    void the_page_for_people_has_every_service() throws IOException {
        CodeTable services = CodeTable.read(UpsFactory.class, "services.csv", "");
        assertThat(services.codes()).isNotEmpty();
        assertThat(Files.readString(Path.of("docs/carriers.md")).replaceAll("\\s+", " "))
                .contains(services.codes().stream()
                        .map(code -> "`" + services.word(code) + "` " + code)
                        .toList());
    }

    @Test
    void a_street_without_end_is_refused() {
        Order endless = order(TO_US.replace("1 Main St", "Ä".repeat(60)), "");
        refused(endless, "/shipTo/line1", "at most 35 characters in 3 lines");
        refused(
                () -> UpsRateRequest.of(shipmentOf(endless, "", "PDF"), "X12345"),
                "/shipTo/line1",
                "at most 35 characters in 3 lines");
    }

    @Test
    void a_street_that_is_too_long_goes_on_in_the_next_line_and_is_never_cut() {
        Order order = order(TO_US.replace("1 Main St", "Business Park at the Old Airport, Building 17, Gate 4"), "");
        JsonNode asked = tree(UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), RATE)
                .at("/RateRequest/Shipment");
        for (JsonNode one : List.of(shipment(order), asked)) {
            assertThat(one.at("/ShipTo/Address/AddressLine"))
                    .extracting(JsonNode::asText)
                    .containsExactly("Business Park at the Old Airport,", "Building 17, Gate 4");
        }
    }

    @ParameterizedTest
    @CsvSource({"A4,PNG", "A6,EPL2", "letter,PNG", "A5,ZPL"})
    void a_size_that_ups_would_print_as_4x6_is_refused(String size, String format) {
        Shipment fine = shipmentOf(order(TO_US, ""), "ground", format);
        Shipment other = new Shipment(
                fine.order(), 1, "ground", fine.shipFrom(), fine.parcels(), new LabelRequest(format, size, 203));
        refused(() -> UpsShipRequest.of(other, REF, "X12345"), "/label/size", "4x6, 4x8");
    }

    @Test
    void the_number_of_the_one_stop_shop_is_told_as_such_into_the_eu_and_nowhere_else() {
        String ioss = GOODS + ",\"metadata\":{\"iossNumber\":\"IM2760000742\"}";
        JsonNode vendor = shipment(order(TO_GERMANY, ioss)).at("/ShipFrom/VendorInfo");
        assertThat(vendor.path("VendorCollectIDTypeCode").asText()).isEqualTo("0356");
        assertThat(vendor.path("VendorCollectIDNumber").asText()).isEqualTo("IM2760000742");
        assertThat(vendor.path("ConsigneeType").asText()).isEqualTo("01");
        JsonNode toTurkey = shipment(order(TO_GERMANY.replace("\"DE\"", "\"TR\""), ioss));
        assertThat(toTurkey.path("ShipFrom").has("VendorInfo")).isFalse();
        Shipment taxed = shipmentOf(order(TO_GERMANY, GOODS), "express", "PDF");
        for (String country : List.of("DE", "TR")) {
            Order order = order(TO_GERMANY.replace("\"DE\"", "\"" + country + "\""), GOODS);
            Shipment own =
                    new Shipment(order, 1, "express", Samples.taxed("IM2760000742"), order.parcels(), taxed.label());
            JsonNode from = tree(UpsShipRequest.of(own, REF, "X12345"), SHIP).at("/ShipmentRequest/Shipment/ShipFrom");
            assertThat(from.at("/VendorInfo/VendorCollectIDNumber").asText())
                    .isEqualTo(country.equals("DE") ? "IM2760000742" : "");
            assertThat(from.has("TaxIdentificationNumber")).isFalse();
        }
    }

    @Test
    void terms_are_told_by_the_name_ups_has_for_them_or_refused_where_it_has_none() {
        JsonNode forms = shipment(order(TO_GERMANY, GOODS.replace("DDP", "DDU")))
                .at("/ShipmentServiceOptions/InternationalForms");
        assertThat(forms.path("TermsOfShipment").asText()).isEqualTo("DAP");
        for (String unloaded : List.of("DPU", "DAT")) {
            refused(order(TO_GERMANY, GOODS.replace("DDP", unloaded)), "/customs/incoterm", "DAP, DDP");
        }
    }

    @Test
    void a_tariff_number_that_is_shorter_than_ups_takes_is_told_at_its_field() {
        refused(order(TO_GERMANY, GOODS.replace("6912.00", "6912")), "/items/0/hsCode", "6 to 15 digits");
    }

    @Test
    void prices_are_asked_for_the_same_parcels() {
        for (Order order : List.of(order(TO_US, ",\"options\":{\"saturday\":true}", 2), order(TO_GERMANY, GOODS))) {
            JsonNode asked = tree(UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), RATE)
                    .at("/RateRequest/Shipment");
            assertThat(asked.path("Package")).hasSize(order.parcels().size());
            assertThat(asked.at("/ShipmentRatingOptions/NegotiatedRatesIndicator")
                            .isMissingNode())
                    .isFalse();
            assertThat(asked.has("TaxInformationIndicator")).isTrue();
            assertThat(shipment(order).has("TaxInformationIndicator"))
                    .as("sold with taxes as quoted")
                    .isTrue();
            assertThat(asked.at("/Shipper/ShipperNumber").asText()).isEqualTo("X12345");
        }
    }

    @Test
    void a_state_of_three_letters_stands_on_the_label_and_hides_no_price() {
        Order order = order(
                TO_US.replace("\"TX\"", "\"NSW\"").replace("\"US\"", "\"AU\"").replace("78701-1234", "2000"), GOODS);
        assertThat(shipment(order).at("/ShipTo/Address/StateProvinceCode").asText())
                .isEqualTo("NSW");
        JsonNode asked = tree(UpsRateRequest.of(shipmentOf(order, "", "PDF"), "X12345"), RATE);
        assertThat(asked.at("/RateRequest/Shipment/ShipTo/Address").has("StateProvinceCode"))
                .isFalse();
        assertThat(asked.at("/RateRequest/Shipment/ShipFrom/Address/StateProvinceCode")
                        .asText())
                .isEqualTo("NJ");
    }

    @Test
    void a_postal_code_is_nine_letters_and_digits_at_most_in_capitals() {
        String toCanada =
                TO_US.replace("\"TX\"", "\"ON\"").replace("\"US\"", "\"CA\"").replace("78701-1234", "k1a 0b1");
        assertThat(shipment(order(toCanada, GOODS))
                        .at("/ShipTo/Address/PostalCode")
                        .asText())
                .isEqualTo("K1A0B1");
        assertThat(shipment(order(TO_US, "")).at("/ShipTo/Address/PostalCode").asText())
                .isEqualTo("787011234");
    }

    @Test
    void the_worth_of_the_goods_is_what_was_declared_else_the_sum_of_the_prices() {
        assertThat(Goods.worth(order(TO_GERMANY, GOODS))).isEqualTo(Money.of("25.00", "USD"));
        String declared = GOODS.replace(
                "\"contents\":\"gift\"",
                "\"contents\":\"gift\",\"declaredValue\":{\"amount\":\"30\",\"currency\":\"EUR\"}");
        assertThat(Goods.worth(order(TO_GERMANY, declared))).isEqualTo(Money.of("30", "EUR"));
    }

    private static void refused(Order order, String pointer, String words) {
        refused(() -> of(order, "ground", "PDF"), pointer, words);
    }

    private static void refused(ThrowingCallable call, String pointer, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(String.valueOf(no.getMessage())).contains(words);
        });
    }

    private static JsonNode shipment(Order order) {
        return tree(of(order, "ground", "PDF"), SHIP).at("/ShipmentRequest/Shipment");
    }

    private static byte[] of(Order order, String service, String format) {
        return UpsShipRequest.of(shipmentOf(order, service, format), REF, "X12345");
    }

    private static Shipment shipmentOf(Order order, String service, String format) {
        Address from = Objects.requireNonNull(order.shipFrom());
        return new Shipment(order, 1, service, from, order.parcels(), new LabelRequest(format, "4x6", 203));
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
                .map(one -> field.startsWith("/")
                        ? one.at(field).asText()
                        : one.path(field).asText())
                .toList();
    }

    private static Order order(String shipTo, String more) {
        return order(shipTo, more, 1);
    }

    private static Order order(String shipTo, String more, int parcels) {
        String parcel = "{\"weight\":{\"value\":1.2,\"unit\":\"kg\"},"
                + "\"dimensions\":{\"length\":10,\"width\":30,\"height\":20,\"unit\":\"cm\"}}";
        return read(
                "{\"orderId\":\"SO-1001\",\"namespace\":\"acme\",\"placedAt\":\"2026-11-24T09:30:00+01:00\",\"shipTo\":"
                        + shipTo
                        + ",\"shipFrom\":{\"name\":\"Acme Warehouse\",\"company\":\"Acme Inc\",\"line1\":\"500 Dock Rd\","
                        + "\"city\":\"Newark\",\"state\":\"NJ\",\"postalCode\":\"07102\",\"country\":\"US\",\"phone\":\"+12015550100\"}"
                        + ",\"parcels\":[" + String.join(",", java.util.Collections.nCopies(parcels, parcel)) + "]"
                        + more + "}");
    }

    /** Worth 25 dollars in all, and so many kinds of goods. */
    private static Order declared(int kinds) {
        return order(
                TO_GERMANY, goods(kinds) + ",\"customs\":{\"declaredValue\":{\"amount\":\"25\",\"currency\":\"USD\"}}");
    }

    private static String goods(int kinds) {
        String kind = GOODS.substring(GOODS.indexOf('{'), GOODS.indexOf(']'));
        return ",\"items\":[" + String.join(",", java.util.Collections.nCopies(kinds, kind)) + "]";
    }

    private static Order packed(String packaging) {
        ObjectNode order = Json.mapper().valueToTree(order(TO_US, ""));
        ((ObjectNode) order.path("parcels").path(0)).put("packaging", packaging);
        return read(order.toString());
    }

    private static Order read(String json) {
        try {
            return new Orders().read(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema(String name) {
        try (InputStream in = UpsRequestsTest.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
