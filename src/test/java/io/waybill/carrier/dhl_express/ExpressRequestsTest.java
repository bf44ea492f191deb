package io.waybill.carrier.dhl_express;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.order.Address;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What DHL Express is asked, for every kind of order; each request fits the shape the carrier's document gives it. */
class ExpressRequestsTest {
    private static final JsonSchema SHIP = schema("ship-request.schema.json");
    private static final JsonSchema RATE = schema("rate-request.schema.json");
    private static final Ref REF = new Ref("WB7K3N2Q-1", new UUID(1, 2), "SO-1001");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String TO_US = """
            {"name":"Jane Roe","line1":"1 Main St","city":"Austin","state":"TX","postalCode":"78701-1234","country":"US",
             "phone":"+1 (512) 555-0100","residential":true,"taxId":"12-3456789"}""";
    private static final String TO_GERMANY = """
            {"name":"Jörg Müller","company":"Müller GmbH","line1":"Hauptstraße 5","line2":"Hinterhaus","city":"Köln",
             "postalCode":"50667","country":"DE","phone":"+49 221 5550100","email":"joerg@example.org"}""";
    private static final String GOODS = """
            ,"items":[{"sku":"A-1","description":"Mug","quantity":2,"unitPrice":{"amount":"12.505","currency":"USD"},
                      "hsCode":"6912.00","originCountry":"CN","weight":{"value":300,"unit":"g"}}],
             "customs":{"contents":"gift","incoterm":"DDP","invoiceNumber":"INV-9","signer":"Ann Lee"}""";

    @Test
    void the_order_number_our_reference_and_three_of_the_customers_stand_on_the_label() {
        JsonNode request =
                ship(order(TO_US, ",\"billing\":{\"references\":[\"cost 7\",\"dept 3\",\"po 5\",\"dropped\"]}"));
        assertThat(texts(request.path("customerReferences"), "/value"))
                .containsExactly("SO-1001", "WB7K3N2Q-1", "cost 7", "dept 3", "po 5");
        assertThat(texts(request.path("accounts"), "/typeCode")).containsExactly("shipper");
        assertThat(request.at("/pickup/isRequested").asBoolean(true)).isFalse();
        assertThat(request.path("getRateEstimates").asBoolean()).isTrue();
        JsonNode receiver = request.at("/customerDetails/receiverDetails");
        assertThat(receiver.at("/typeCode").asText()).isEqualTo("private");
        assertThat(receiver.at("/contactInformation/companyName").asText()).isEqualTo("Jane Roe");
        assertThat(receiver.at("/registrationNumbers/0/typeCode").asText()).isEqualTo("EIN");
    }

    @Test
    void within_the_us_parcels_are_in_pounds_and_inches_and_need_no_declaration() {
        JsonNode content = ship(order(TO_US, "")).path("content");
        assertThat(content.path("unitOfMeasurement").asText()).isEqualTo("imperial");
        assertThat(content.at("/packages/0/weight").decimalValue()).as("1.2 kg").isEqualByComparingTo("2.646");
        assertThat(content.at("/packages/0/dimensions/width").decimalValue())
                .as("30 cm")
                .isEqualByComparingTo("11.812");
        assertThat(content.path("isCustomsDeclarable").asBoolean(true)).isFalse();
        assertThat(content.path("description").asText()).isEqualTo("Goods");
        assertThat(content.path("incoterm").asText()).isEqualTo("DAP");
        assertThat(content.has("exportDeclaration")).isFalse();
    }

    @Test
    void abroad_the_goods_are_declared_and_dhl_makes_the_invoice() {
        JsonNode request = ship(order(TO_GERMANY, GOODS));
        JsonNode content = request.path("content");
        assertThat(content.path("declaredValue").decimalValue()).isEqualByComparingTo("25.01");
        assertThat(content.path("incoterm").asText()).isEqualTo("DDP");
        JsonNode declaration = content.path("exportDeclaration");
        assertThat(declaration.at("/invoice/number").asText()).isEqualTo("INV-9");
        assertThat(declaration.at("/invoice/date").asText()).isEqualTo("2026-11-24");
        assertThat(declaration.at("/invoice/signatureName").asText()).isEqualTo("Ann Lee");
        assertThat(declaration.path("exportReasonType").asText()).isEqualTo("gift");
        assertThat(declaration.path("shipmentType").asText()).isEqualTo("personal");
        JsonNode line = declaration.at("/lineItems/0");
        assertThat(line.path("price").decimalValue()).as("not rounded").isEqualByComparingTo("12.505");
        assertThat(line.at("/quantity/value").asInt()).isEqualTo(2);
        assertThat(line.at("/commodityCodes/0/value").asText()).isEqualTo("691200");
        assertThat(line.at("/weight/netValue").decimalValue()).as("600 g").isEqualByComparingTo("1.323");
        assertThat(texts(request.path("accounts"), "/typeCode"))
                .as("DDP: the sender pays the duties")
                .containsExactly("shipper", "duties-taxes");
        assertThat(texts(request.path("valueAddedServices"), "/serviceCode")).containsExactly("DD");
        assertThat(texts(request.at("/outputImageProperties/imageOptions"), "/typeCode"))
                .containsExactly("label", "waybillDoc", "invoice");
    }

    @Test
    void an_ioss_number_is_told_as_such_into_the_eu_and_to_nobody_else() {
        String numbers = ",\"metadata\":{\"eori\":\"GB123456789000\"}";
        Address from = Samples.taxed("IM2760001234");
        JsonNode shipper = tree(ship(sent(order(TO_GERMANY, GOODS + numbers), from), settings()), SHIP)
                .at("/customerDetails/shipperDetails/registrationNumbers");
        assertThat(shipper.toString())
                .isEqualTo("[{\"typeCode\":\"SDT\",\"number\":\"IM2760001234\",\"issuerCountryCode\":\"DE\"},"
                        + "{\"typeCode\":\"EOR\",\"number\":\"GB123456789000\",\"issuerCountryCode\":\"GB\"}]");
        String swiss = TO_GERMANY.replace("\"DE\"", "\"CH\"").replace("50667", "8001");
        assertThat(tree(ship(sent(order(swiss, GOODS), from), settings()), SHIP)
                        .at("/customerDetails/shipperDetails")
                        .has("registrationNumbers"))
                .isFalse();
        assertThat(tree(
                                ship(
                                        sent(
                                                order(
                                                        TO_GERMANY,
                                                        GOODS + ",\"metadata\":{\"iossNumber\":\"IM3720001234\"}"),
                                                Samples.taxed("12-3456789")),
                                        settings()),
                                SHIP)
                        .findValuesAsText("number"))
                .contains("IM3720001234", "12-3456789");
    }

    private static Shipment sent(Order order, Address from) {
        return new Shipment(order, 1, "express_worldwide", from, order.parcels(), pdf());
    }

    @ParameterizedTest
    @CsvSource({"3.333333,3.333", "0.0125,0.013", "0.0001,0.001", "12.505,12.505", "0,0"})
    void a_price_has_three_places_at_most_and_nothing_that_costs_something_is_free(String given, String told) {
        JsonNode content = ship(order(
                        TO_GERMANY, GOODS.replace("12.505", given).replace("\"quantity\":2", "\"quantity\":1")))
                .path("content");
        assertThat(content.at("/exportDeclaration/lineItems/0/price").decimalValue())
                .isEqualByComparingTo(told);
        assertThat(content.path("declaredValue").decimalValue()).isEqualByComparingTo(told);
    }

    @Test
    void a_territory_of_the_us_is_a_country_also_where_it_is_written_as_a_state() {
        String island = TO_US.replace("\"TX\"", "\"VI\"").replace("78701-1234", "00802");
        JsonNode request = ship(order(island, GOODS));
        assertThat(request.at("/customerDetails/receiverDetails/postalAddress/countryCode")
                        .asText())
                .isEqualTo("VI");
        assertThat(request.at("/content/isCustomsDeclarable").asBoolean()).isTrue();
    }

    @Test
    void documents_go_abroad_without_a_declaration_and_within_the_eu_nothing_needs_one() {
        assertThat(ship(order(TO_GERMANY, ",\"customs\":{\"contents\":\"documents\"}"))
                        .at("/content/isCustomsDeclarable")
                        .asBoolean(true))
                .isFalse();
        Order order = order(TO_GERMANY, "");
        Shipment inland = new Shipment(order, 1, "express_worldwide_eu", order.shipTo(), order.parcels(), pdf());
        JsonNode content = tree(ship(inland, settings()), SHIP).path("content");
        assertThat(content.path("isCustomsDeclarable").asBoolean(true)).isFalse();
        assertThat(content.path("unitOfMeasurement").asText()).isEqualTo("metric");
        assertThat(content.at("/packages/0/weight").decimalValue()).isEqualByComparingTo("1.2");
    }

    @Test
    void insurance_saturday_and_signatures_are_services() {
        JsonNode request = ship(order(
                TO_US,
                ",\"options\":{\"insuredValue\":{\"amount\":\"100.00\",\"currency\":\"EUR\"},\"saturday\":true,"
                        + "\"signature\":\"adult\"}"));
        assertThat(texts(request.path("valueAddedServices"), "/serviceCode")).containsExactly("II", "AA", "SD");
        assertThat(request.at("/valueAddedServices/0/value").decimalValue()).isEqualByComparingTo("100");
        assertThat(request.at("/valueAddedServices/0/currency").asText()).isEqualTo("EUR");
        assertThat(texts(
                        ship(order(TO_US, ",\"options\":{\"signature\":\"any\"}"))
                                .path("valueAddedServices"),
                        "/serviceCode"))
                .containsExactly("SF");
        assertThat(ship(order(TO_US, ",\"options\":{\"insuredValue\":{\"amount\":\"0\",\"currency\":\"EUR\"}}"))
                        .path("valueAddedServices"))
                .as("an insurance of nothing")
                .isEmpty();
        assertThat(tree(ship(shipmentOf(order(TO_GERMANY, GOODS)), settings("paperless=true")), SHIP)
                        .path("valueAddedServices")
                        .findValuesAsText("serviceCode"))
                .containsExactly("DD", "WY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payer\":\"recipient\",\"account\":\"111222333\"|shipper 123456789,payer 111222333",
                "\"payer\":\"thirdParty\",\"account\":\"111222333\",\"dutiesPayer\":\"thirdParty\"|shipper 123456789,payer 111222333,duties-taxes 111222333",
                "\"dutiesPayer\":\"thirdParty\",\"account\":\"444555666\"|shipper 123456789,duties-taxes 444555666",
                "\"dutiesPayer\":\"recipient\"|shipper 123456789",
                "\"payer\":\"sender\"|shipper 123456789"
            })
    void somebody_else_may_pay_transport_and_duties(String billing, String accounts) {
        JsonNode request = ship(order(TO_GERMANY, GOODS.replace("DDP", "DAP") + ",\"billing\":{" + billing + "}"));
        assertThat(StreamSupport.stream(request.path("accounts").spliterator(), false)
                        .map(one -> one.path("typeCode").asText() + " "
                                + one.path("number").asText()))
                .containsExactly(accounts.split(","));
        assertThat(request.path("getRateEstimates").asBoolean()).isEqualTo(!accounts.contains("payer"));
    }

    @Test
    void a_return_is_paid_by_the_import_account_and_says_so_to_the_customs() {
        Order order = order(TO_GERMANY, GOODS + ",\"options\":{\"isReturn\":true}");
        JsonNode request = tree(ship(shipmentOf(order), settings("importNumber=967000001")), SHIP);
        assertThat(texts(request.path("accounts"), "/number")).startsWith("123456789", "967000001");
        assertThat(request.at("/content/exportDeclaration/exportReasonType").asText())
                .isEqualTo("return");
        JsonNode invoice = request.at("/outputImageProperties/imageOptions/2");
        assertThat(invoice.path("invoiceType").asText()).isEqualTo("returns");
    }

    @Test
    void several_parcels_are_one_shipment_with_a_label_each() {
        JsonNode request = ship(order(TO_US, "", 3));
        assertThat(request.at("/content/packages")).hasSize(3);
        assertThat(request.at("/getAdditionalInformation/0/typeCode").asText()).isEqualTo("linkLabelsByPieces");
        assertThat(request.at("/outputImageProperties/splitTransportAndWaybillDocLabels")
                        .asBoolean())
                .isTrue();
        assertThat(ship(order(TO_US, "")).has("getAdditionalInformation")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PDF,4x6,203,pdf,200,ECOM26_A6_002",
        "ZPL,4x8,300,zpl,300,ECOM26_84_001",
        "EPL2,A6,203,epl,200,ECOM26_A6_002",
        "PDF,A4,300,pdf,300,ECOM26_84_A4_001"
    })
    void labels_are_asked_for_by_format_size_and_dots(
            String format, String size, int dpi, String encoding, int dots, String template) {
        Order order = order(TO_US, "");
        Shipment shipment = new Shipment(
                order,
                1,
                "N",
                Objects.requireNonNull(order.shipFrom()),
                order.parcels(),
                new LabelRequest(format, size, dpi));
        JsonNode output = tree(ship(shipment, settings()), SHIP).path("outputImageProperties");
        assertThat(output.path("encodingFormat").asText()).isEqualTo(encoding);
        assertThat(output.path("printerDPI").asInt()).isEqualTo(dots);
        assertThat(output.at("/imageOptions/0/templateName").asText()).isEqualTo(template);
    }

    // ---- when

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T10:00:00Z,,2026-11-25T17:00:00 GMT+01:00",
        "2026-11-25T15:50:00Z,,2026-11-26T17:00:00 GMT+01:00",
        "2026-11-25T23:30:00Z,,2026-11-26T17:00:00 GMT+01:00",
        "2026-11-25T10:00:00Z,2026-11-20,2026-11-25T17:00:00 GMT+01:00",
        "2026-11-25T10:00:00Z,2026-11-25,2026-11-25T17:00:00 GMT+01:00",
        "2026-11-25T10:00:00Z,2026-12-05,2026-12-05T17:00:00 GMT+01:00",
        "2026-06-25T10:00:00Z,,2026-06-25T17:00:00 GMT+02:00"
    })
    void it_is_handed_over_on_its_ship_date_or_the_next_time_parcels_leave(Instant now, String shipDate, String text) {
        String options = shipDate == null ? "" : ",\"options\":{\"shipDate\":\"" + shipDate + "\"}";
        Tender tender = new Tender(BERLIN, LocalTime.of(17, 0), Clock.fixed(now, ZoneOffset.UTC));
        assertThat(Tender.text(tender.of(order(TO_US, options)))).isEqualTo(text);
    }

    @Test
    void eleven_days_ahead_is_too_far() {
        refused(order(TO_US, ",\"options\":{\"shipDate\":\"2026-12-06\"}"), "/options/shipDate", "2026-12-05");
    }

    // ---- what is refused before

    @ParameterizedTest
    @CsvSource({"Köln,/shipTo/city", "INV-9,/customs/invoiceNumber"})
    void what_stands_for_something_is_refused_rather_than_cut(String text, String pointer) {
        String longer = "1".repeat(46);
        refused(order(TO_GERMANY.replace(text, longer), GOODS.replace(text, longer)), pointer, "at most");
    }

    @Test
    void a_street_too_long_for_one_line_goes_on_in_the_next() {
        String street = "Building 7, Gate 12, Industrial Park of the Northern Harbour 1125";
        JsonNode to = ship(order(TO_US.replace("1 Main St", street), ""))
                .at("/customerDetails/receiverDetails/postalAddress");
        assertThat(to.path("addressLine1").asText()).isEqualTo("Building 7, Gate 12, Industrial Park of the");
        assertThat(to.path("addressLine2").asText()).isEqualTo("Northern Harbour 1125");
        assertThat(to.has("addressLine3")).isFalse();
    }

    @Test
    void a_declaration_has_999_kinds_of_goods_at_most_and_what_has_more_no_price_either() {
        assertThat(ship(order(TO_GERMANY, goods(999))).at("/content/exportDeclaration/lineItems"))
                .hasSize(999);
        Order more = order(TO_GERMANY, goods(1000));
        refused(more, "/items", "1 to 999");
        refused(() -> ExpressRateRequest.of(shipmentOf(more), settings(), tender()), "/items", "1 to 999");
        ship(order(TO_US, goods(1000)));
    }

    private static String goods(int kinds) {
        String kind = GOODS.substring(GOODS.indexOf('{'), GOODS.indexOf(']'));
        return GOODS.replace(kind, String.join(",", Collections.nCopies(kinds, kind)));
    }

    @Test
    void what_dhl_would_refuse_is_said_before_at_the_field() {
        refused(order(TO_GERMANY, ""), "/items", "items");
        refused(order(TO_GERMANY, GOODS.replace(",\"originCountry\":\"CN\"", "")), "/items/0/originCountry", "origin");
        refused(order(TO_GERMANY, GOODS.replace("Mug", "马克杯")), "/items/0/description", "Latin");
        refused(order(TO_US.replace(",\n \"phone\":\"+1 (512) 555-0100\"", ""), ""), "/shipTo/phone", "without phone");
        refused(order(TO_US.replace("Austin", "奥斯汀"), ""), "/shipTo/city", "Latin");
        refused(order(TO_US.replace("1 Main St", "x".repeat(46)), ""), "/shipTo/line1", "at most 45");
        refused(order(TO_US, ",\"options\":{\"batteries\":\"packed\"}"), "/options/batteries", "none");
        refused(order(TO_US, ",\"billing\":{\"payer\":\"thirdParty\"}"), "/billing/account", "account");
        refused(
                () -> ship(
                        new Shipment(
                                order(TO_US, ""),
                                1,
                                "teleport",
                                from(),
                                order(TO_US, "").parcels(),
                                pdf()),
                        settings()),
                "/service",
                "express_worldwide");
        refused(
                () -> ship(
                        new Shipment(
                                order(TO_US, ""),
                                1,
                                "N",
                                from(),
                                order(TO_US, "").parcels(),
                                new LabelRequest("PNG", "4x6", 203)),
                        settings()),
                "/label/format",
                "EPL2, PDF, ZPL");
        refused(
                () -> ship(
                        new Shipment(
                                order(TO_US, ""),
                                1,
                                "N",
                                from(),
                                order(TO_US, "").parcels(),
                                new LabelRequest("PDF", "letter", 203)),
                        settings()),
                "/label/size",
                "4x8");
        refused(order(TO_US, "", 1, "crate"), "/parcels/0/packaging", "tube_large");
    }

    @Test
    void prices_are_asked_for_the_same_parcels_services_and_day() {
        for (Order order : List.of(
                order(TO_US, ",\"options\":{\"saturday\":true,\"shipDate\":\"2026-11-30\"}", 2),
                order(TO_GERMANY, GOODS))) {
            JsonNode asked = tree(ExpressRateRequest.of(shipmentOf(order), settings(), tender()), RATE);
            assertThat(asked.path("packages")).hasSize(order.parcels().size());
            assertThat(asked.at("/accounts/0/number").asText()).isEqualTo("123456789");
        }
        JsonNode abroad = tree(ExpressRateRequest.of(shipmentOf(order(TO_GERMANY, GOODS)), settings(), tender()), RATE);
        assertThat(abroad.path("isCustomsDeclarable").asBoolean()).isTrue();
        assertThat(abroad.at("/monetaryAmount/0/value").decimalValue()).isEqualByComparingTo("25.01");
        assertThat(texts(abroad.path("valueAddedServices"), "/serviceCode"))
                .as("duties the sender pays are bought, so they are priced")
                .containsExactly("DD");
    }

    @Test
    void an_address_no_label_can_be_bought_for_has_no_price() {
        Shipment unprintable = shipmentOf(order(TO_US.replace("Austin", "奥斯汀"), ""));
        refused(() -> ExpressRateRequest.of(unprintable, settings(), tender()), "/shipTo/city", "Latin");
    }

    @Test
    void services_and_packagings_go_by_word_or_by_code() {
        Order order = order(TO_US, "");
        for (String service : List.of("P", "express_worldwide")) {
            assertThat(tree(ship(new Shipment(order, 1, service, from(), order.parcels(), pdf()), settings()), SHIP)
                            .path("productCode")
                            .asText())
                    .isEqualTo("P");
        }
    }

    @Test
    void the_page_for_people_has_every_service() throws IOException {
        CodeTable services = CodeTable.read(ExpressFactory.class, "services.csv", "");
        assertThat(services.codes()).isNotEmpty();
        assertThat(Files.readString(Path.of("docs/carriers.md")).replaceAll("\\s+", " "))
                .contains(services.codes().stream()
                        .map(code -> "`" + services.word(code) + "` " + code)
                        .toList());
    }

    static Shipment toGermany() {
        return shipmentOf(order(TO_GERMANY, GOODS));
    }

    private static void refused(Order order, String pointer, String words) {
        refused(() -> ship(shipmentOf(order), settings()), pointer, words);
    }

    private static void refused(ThrowingCallable call, String pointer, String words) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, no -> {
            assertThat(no.pointer()).isEqualTo(pointer);
            assertThat(String.valueOf(no.getMessage())).contains(words);
        });
    }

    private static JsonNode ship(Order order) {
        return tree(ship(shipmentOf(order), settings()), SHIP);
    }

    private static byte[] ship(Shipment shipment, ExpressSettings settings) {
        return ExpressShipRequest.of(shipment, REF, settings, tender());
    }

    private static Tender tender() {
        return new Tender(
                ZoneOffset.UTC,
                LocalTime.of(17, 0),
                Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC));
    }

    private static ExpressSettings settings(String... more) {
        StringBuilder text = new StringBuilder();
        for (String line : more) {
            text.append("a.").append(line).append('\n');
        }
        text.append("a.mode=test\na.number=123 456-789\na.username=env:U\na.password=env:P\n");
        return ExpressSettings.read(
                Settings.of(text.toString(), Map.of("U", "user", "P", "pass")).section("a"));
    }

    private static Shipment shipmentOf(Order order) {
        return new Shipment(
                order, 1, "express_worldwide", Objects.requireNonNull(order.shipFrom()), order.parcels(), pdf());
    }

    private static io.waybill.order.Address from() {
        return Objects.requireNonNull(order(TO_US, "").shipFrom());
    }

    private static LabelRequest pdf() {
        return new LabelRequest("PDF", "4x6", 203);
    }

    /** Read, and as the document has it. */
    private static JsonNode tree(byte[] request, JsonSchema schema) {
        try {
            JsonNode tree = new ObjectMapper()
                    .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(request);
            assertThat(schema.validate(tree)).isEmpty();
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> one.at(field).asText())
                .toList();
    }

    private static Order order(String shipTo, String more) {
        return order(shipTo, more, 1);
    }

    private static Order order(String shipTo, String more, int parcels) {
        return order(shipTo, more, parcels, "box");
    }

    private static Order order(String shipTo, String more, int parcels, String packaging) {
        String parcel = "{\"weight\":{\"value\":1.2,\"unit\":\"kg\"},"
                + (packaging.equals("box") ? "" : "\"packaging\":\"" + packaging + "\",")
                + "\"dimensions\":{\"length\":10,\"width\":30,\"height\":20,\"unit\":\"cm\"}}";
        String json =
                "{\"orderId\":\"SO-1001\",\"namespace\":\"acme\",\"placedAt\":\"2026-11-24T09:30:00+01:00\",\"shipTo\":"
                        + shipTo
                        + ",\"shipFrom\":{\"name\":\"Acme Warehouse\",\"company\":\"Acme Inc\",\"line1\":\"500 Dock Rd\","
                        + "\"city\":\"Newark\",\"state\":\"NJ\",\"postalCode\":\"07102\",\"country\":\"US\",\"phone\":\"+12015550100\"}"
                        + ",\"parcels\":[" + String.join(",", Collections.nCopies(parcels, parcel)) + "]"
                        + more + "}";
        try {
            return new Orders().read(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema(String name) {
        try (InputStream in = ExpressRequestsTest.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
