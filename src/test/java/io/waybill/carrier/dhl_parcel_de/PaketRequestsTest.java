package io.waybill.carrier.dhl_parcel_de;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.order.Json;
import io.waybill.order.Order;
import io.waybill.order.Orders;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What DHL Parcel DE is asked, for every kind of order; each request fits the shape the carrier's document gives it. */
class PaketRequestsTest {
    private static final JsonSchema ORDER = schema();
    private static final Ref REF = new Ref("WB7K3N2Q-1", new UUID(1, 2), "SO-1001");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final String TO_BONN = """
            {"name":"Maria Muster","company":"Muster AG","line1":"Kurt-Schumacher-Str. 20","line2":"Hinterhaus","line3":"3. Stock",
             "city":"Bonn","postalCode":"53113","country":"DE","phone":"+49 228 5550100","email":"maria@example.org"}""";
    private static final String FROM_BONN = ",\"shipFrom\":{\"name\":\"Acme Lager\",\"company\":\"Acme GmbH\","
            + "\"line1\":\"Sträßchensweg 10\",\"city\":\"Bonn\",\"postalCode\":\"53113\",\"country\":\"DE\"}";
    private static final String TO_ZURICH = """
            {"name":"Urs Meier","line1":"Bahnhofstrasse 1","line2":"2. Stock","city":"Zürich","postalCode":"8001","country":"CH",
             "phone":"+41 44 5550100","email":"urs@example.org","taxId":"CHE-123"}""";
    private static final String GOODS = """
            ,"items":[{"sku":"A-1","description":"Mug","quantity":2,"unitPrice":{"amount":"12.50","currency":"EUR"},
                      "hsCode":"6912.00","originCountry":"CN","weight":{"value":300.2,"unit":"g"}}],
             "customs":{"contents":"gift","invoiceNumber":"INV-9"}""";

    @Test
    void our_reference_can_be_searched_for_and_the_order_number_is_printed_beside() {
        JsonNode shipment = first(order(TO_BONN, ",\"billing\":{\"costCenter\":\"CC 7\"}"));
        assertThat(shipment.path("refNo").asText()).isEqualTo("WB7K3N2Q-1");
        assertThat(shipment.path("costCenter").asText()).isEqualTo("SO-1001 / CC 7");
        assertThat(first(order(TO_BONN, "")).path("costCenter").asText()).isEqualTo("SO-1001");
        assertThat(shipment.path("product").asText()).isEqualTo("V01PAK");
        assertThat(shipment.path("billingNumber").asText()).isEqualTo("33333333330102");
        assertThat(shipment.has("customs")).isFalse();
    }

    @Test
    void within_germany_further_lines_are_names_and_no_phone_number_is_sent() {
        JsonNode to = first(order(TO_BONN, "")).path("consignee");
        assertThat(to.path("name1").asText()).isEqualTo("Muster AG");
        assertThat(to.path("name2").asText()).isEqualTo("Maria Muster");
        assertThat(to.path("name3").asText()).isEqualTo("Hinterhaus, 3. Stock");
        assertThat(to.has("phone")).isFalse();
        assertThat(to.path("country").asText()).isEqualTo("DEU");
        assertThat(to.path("email").asText()).isEqualTo("maria@example.org");
    }

    @Test
    void further_lines_of_the_sender_are_names_too() {
        String sender = ",\"shipFrom\":{\"company\":\"Acme GmbH\",\"line1\":\"Hafenstr. 1\",\"line2\":\"Halle 4\","
                + "\"line3\":\"%s\",\"city\":\"Bonn\",\"postalCode\":\"53113\",\"country\":\"DE\"}";
        JsonNode from = first(order(TO_BONN, sender.formatted("Tor 3"))).path("shipper");
        assertThat(from.path("name1").asText()).isEqualTo("Acme GmbH");
        assertThat(from.path("name2").asText()).isEqualTo("Halle 4");
        assertThat(from.path("name3").asText()).isEqualTo("Tor 3");
        refused(order(TO_BONN, sender.formatted("x".repeat(51))), "paket", "/shipFrom/line3", "at most 50");
    }

    @Test
    void parcels_are_in_whole_grams_and_millimetres_and_each_is_a_shipment() {
        JsonNode shipments = tree(order(TO_BONN, "", 3), "paket").path("shipments");
        assertThat(shipments).hasSize(3);
        assertThat(shipments.at("/0/details/weight/value").asInt())
                .as("1.2004 kg")
                .isEqualTo(1201);
        assertThat(shipments.at("/0/details/dim/length").asInt()).isEqualTo(100);
        refused(order(TO_BONN, "", 5), "paket", "/parcels", "4");
        refused(order(TO_ZURICH, GOODS, 2), "paket_international", "/parcels", "1");
    }

    @Test
    void insurance_is_shared_by_the_parcels_and_signatures_are_services() {
        JsonNode shipments = tree(
                        order(
                                TO_BONN,
                                ",\"options\":{\"insuredValue\":{\"amount\":\"100.01\",\"currency\":\"EUR\"},\"saturday\":true}",
                                2),
                        "paket")
                .path("shipments");
        assertThat(shipments.at("/0/services/additionalInsurance/value").decimalValue())
                .isEqualByComparingTo("50.01");
        assertThat(shipments.at("/1/services/additionalInsurance/value").decimalValue())
                .isEqualByComparingTo("50.00");
        String nothing = ",\"options\":{\"insuredValue\":{\"amount\":\"0\",\"currency\":\"EUR\"}}";
        assertThat(first(order(TO_BONN, nothing))
                        .at("/services/additionalInsurance")
                        .isMissingNode())
                .as("an insurance of nothing")
                .isTrue();
        assertThat(services("adult").path("visualCheckOfAge").asText()).isEqualTo("A18");
        assertThat(services("direct").path("namedPersonOnly").asBoolean()).isTrue();
        assertThat(services("any").path("signedForByRecipient").asBoolean()).isTrue();
    }

    @Test
    void a_packstation_is_addressed_by_its_number_and_the_post_number() {
        String packstation = TO_BONN.replace("Kurt-Schumacher-Str. 20", "Packstation 118")
                .replace("Hinterhaus", "Postnummer 12345678");
        JsonNode to = first(order(packstation, "")).path("consignee");
        assertThat(to.path("lockerID").asInt()).isEqualTo(118);
        assertThat(to.path("postNumber").asText()).isEqualTo("12345678");
        assertThat(to.path("name").asText()).isEqualTo("Maria Muster");
        refused(order(packstation.replace("12345678", ""), ""), "paket", "/shipTo/line2", "line2");
        JsonNode shop = first(order(TO_BONN.replace("Kurt-Schumacher-Str. 20", "Postfiliale 518"), ""))
                .path("consignee");
        assertThat(shop.path("retailID").asInt()).isEqualTo(518);
        assertThat(shop.path("email").asText()).isEqualTo("maria@example.org");
        refused(
                order(
                        TO_BONN.replace("Kurt-Schumacher-Str. 20", "Filiale 518")
                                .replace(",\"email\":\"maria@example.org\"", ""),
                        ""),
                "paket",
                "/shipTo/email",
                "email");
    }

    @ParameterizedTest
    @CsvSource({
        "12345678, Packstation 118",
        "Postnummer 12345678, DHL Packstation 118",
        "Postnr.: 12345678, DHL-Packstation Nr. 118",
        "DHL Packstation 118, Post-Nr. 12345678"
    })
    void a_packstation_may_stand_below_its_post_number(String line1, String line2) {
        String packstation = TO_BONN.replace("Kurt-Schumacher-Str. 20", line1).replace("Hinterhaus", line2);
        JsonNode to = first(order(packstation, "")).path("consignee");
        assertThat(to.path("lockerID").asInt()).isEqualTo(118);
        assertThat(to.path("postNumber").asText()).isEqualTo("12345678");
        JsonNode street =
                first(order(TO_BONN.replace("Hinterhaus", "Filiale 118"), "")).path("consignee");
        assertThat(street.path("addressStreet").asText()).isEqualTo("Kurt-Schumacher-Str. 20");
    }

    @ParameterizedTest
    @CsvSource({
        "'Packstation 118, 12345678'",
        "Packstation 118 Postnummer 12345678",
        "12345678 Packstation 118",
        "DHL Packstation Nr. 118 (Postnr. 12345678)",
        "Postnummer: 12345678 / DHL-Packstation 118"
    })
    void a_packstation_and_its_post_number_may_stand_in_one_line(String line1) {
        String packstation = TO_BONN.replace("Kurt-Schumacher-Str. 20", line1);
        JsonNode to = first(order(packstation, "")).path("consignee");
        assertThat(to.path("lockerID").asInt()).isEqualTo(118);
        assertThat(to.path("postNumber").asText()).isEqualTo("12345678");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DHL Paketshop 518", "DHL-Filiale 518", "Post-Filiale Nr. 518", "Postfiliale 518, 12345678"})
    void a_shop_is_known_by_any_of_its_names(String line1) {
        JsonNode to = first(order(TO_BONN.replace("Kurt-Schumacher-Str. 20", line1), ""))
                .path("consignee");
        assertThat(to.path("retailID").asInt()).isEqualTo(518);
    }

    @Test
    void the_senders_eori_number_is_its_number_for_the_customs() {
        String eori = GOODS + ",\"metadata\":{\"eori\":\"DE73282932000074\"}";
        assertThat(first(order(TO_ZURICH, eori), "paket_international")
                        .at("/customs/shipperCustomsRef")
                        .asText())
                .isEqualTo("DE73282932000074");
    }

    @Test
    void beyond_customs_the_goods_are_declared_by_the_piece() {
        JsonNode shipment = first(order(TO_ZURICH, GOODS), "paket_international");
        JsonNode customs = shipment.path("customs");
        assertThat(customs.path("exportType").asText()).isEqualTo("PRESENT");
        assertThat(customs.path("invoiceNo").asText()).isEqualTo("INV-9");
        assertThat(customs.at("/postalCharges/value").decimalValue()).isEqualByComparingTo("0");
        assertThat(customs.at("/postalCharges/currency").asText()).isEqualTo("EUR");
        assertThat(customs.path("consigneeCustomsRef").asText()).isEqualTo("CHE-123");
        JsonNode item = customs.at("/items/0");
        assertThat(item.path("countryOfOrigin").asText()).isEqualTo("CHN");
        assertThat(item.path("hsCode").asText()).isEqualTo("691200");
        assertThat(item.at("/itemWeight/value").asInt()).isEqualTo(300);
        String thirds = GOODS.replace("\"quantity\":2", "\"quantity\":7")
                .replace(",\"weight\":{\"value\":300.2,\"unit\":\"g\"}", "");
        assertThat(first(order(TO_ZURICH, thirds), "paket_international")
                        .at("/customs/items/0/itemWeight/value")
                        .asInt())
                .as("a seventh of the parcel's 1.2 kg, and all of them no more than it")
                .isEqualTo(171);
        String light = GOODS.replace("300.2", "0.2");
        assertThat(first(order(TO_ZURICH, light), "paket_international")
                        .at("/customs/items/0/itemWeight/value")
                        .asInt())
                .isEqualTo(1);
        assertThat(shipment.at("/consignee/additionalAddressInformation1").asText())
                .isEqualTo("2. Stock");
        assertThat(shipment.at("/consignee/phone").asText()).isEqualTo("+41 44 5550100");
        assertThat(first(order(TO_ZURICH, GOODS.replace("gift", "other")), "paket_international")
                        .at("/customs/exportDescription")
                        .asText())
                .isEqualTo("Mug");
    }

    @Test
    void duties_may_be_paid_by_the_sender() {
        String paid = GOODS.replace("\"gift\"", "\"gift\",\"incoterm\":\"DDP\"");
        assertThat(first(order(TO_ZURICH, paid), "paket_international")
                        .at("/services/postalDeliveryDutyPaid")
                        .asBoolean())
                .isTrue();
        JsonNode euro = first(order(TO_ZURICH, paid), "europaket");
        assertThat(euro.at("/customs/shippingConditions").asText()).isEqualTo("DDP");
        assertThat(euro.at("/services").has("postalDeliveryDutyPaid")).isFalse();
        assertThat(first(order(TO_ZURICH, GOODS), "europaket")
                        .at("/customs/shippingConditions")
                        .asText())
                .isEqualTo("DAP");
    }

    @Test
    void how_it_is_delivered_abroad_is_part_of_the_service() {
        assertThat(first(order(TO_ZURICH, GOODS), "paket_international_premium")
                        .at("/services/premium")
                        .asBoolean())
                .isTrue();
        assertThat(first(order(TO_ZURICH, GOODS), "V53WPAK closest")
                        .at("/services/closestDropPoint")
                        .asBoolean())
                .isTrue();
        refused(
                order(
                        TO_ZURICH
                                .replace(",\"email\":\"urs@example.org\"", "")
                                .replace("\"phone\":\"+41 44 5550100\"", "\"residential\":true"),
                        GOODS),
                "paket_international_closest",
                "/shipTo/email",
                "email");
    }

    @Test
    void a_return_label_is_asked_for_where_the_account_has_a_number_for_it() {
        JsonNode retoure = tree(request(
                        shipmentOf(order(TO_BONN, ""), "paket"), settings("returnBillingNumber=33333333330701")))
                .at("/shipments/0/services/dhlRetoure");
        assertThat(retoure.path("billingNumber").asText()).isEqualTo("33333333330701");
        assertThat(retoure.at("/returnAddress/name1").asText()).isEqualTo("Acme GmbH");
    }

    @ParameterizedTest
    @CsvSource({"2026-11-26,2026-11-26", "2026-11-25,", "2026-11-20,"})
    void a_later_ship_date_is_told_and_a_past_one_is_today(String shipDate, String told) {
        JsonNode shipment = first(order(TO_BONN, ",\"options\":{\"shipDate\":\"" + shipDate + "\"}"));
        assertThat(shipment.path("shipDate").asText(null)).isEqualTo(told);
    }

    @Test
    void what_dhl_would_refuse_is_said_before_at_the_field() {
        refused(order(TO_ZURICH, ""), "paket_international", "/customs", "customs");
        refused(
                order(TO_ZURICH.replace("8001", "10000").replace("CH\"", "XK\""), GOODS),
                "paket_international",
                "/shipTo/country",
                "alpha-3");
        refused(
                order(TO_ZURICH, GOODS.replace("CN\"", "XK\"")),
                "paket_international",
                "/items/0/originCountry",
                "alpha-3");
        refused(order(TO_ZURICH, GOODS.replace("Mug", "马克杯")), "paket_international", "/items/0/description", "Latin");
        refused(
                order(TO_ZURICH, GOODS.replace("6912.00", "6912")),
                "paket_international",
                "/items/0/hsCode",
                "6 to 11");
        refused(order(TO_BONN.replace("Bonn", "波恩"), ""), "paket", "/shipTo/city", "Latin");
        refused(order(TO_BONN.replace("Kurt", "K".repeat(40)), ""), "paket", "/shipTo/line1", "at most 50");
        refused(order(TO_BONN.replace("3. Stock", "x".repeat(50)), ""), "paket", "/shipTo/line3", "at most 50");
        refused(order(TO_BONN, ""), "kleinpaket", "/service", "V01PAK");
        refused(order(TO_BONN, ""), "teleport", "/service", "paket_international");
        refused(order(TO_BONN, ",\"options\":{\"isReturn\":true}"), "paket", "/options/isReturn", "return label");
        refused(order(TO_BONN, ",\"options\":{\"batteries\":\"packed\"}"), "paket", "/options/batteries", "none");
        refused(
                order(TO_ZURICH, GOODS + ",\"options\":{\"saturday\":true}"),
                "paket_international",
                "/options/saturday",
                "false");
        refused(
                order(TO_BONN, ",\"billing\":{\"payer\":\"recipient\",\"account\":\"1\"}"),
                "paket",
                "/billing/payer",
                "sender");
        refused(
                order(TO_ZURICH, GOODS + ",\"billing\":{\"dutiesPayer\":\"thirdParty\",\"account\":\"1\"}"),
                "paket_international",
                "/billing/dutiesPayer",
                "sender, recipient");
        Order order = order(TO_BONN, "");
        Shipment foreign = new Shipment(order, 1, "paket", order(TO_ZURICH, "").shipTo(), order.parcels(), pdf());
        assertThatThrownBy(() -> request(foreign, settings())).hasMessageContaining("CH");
        assertThatThrownBy(() -> PaketPrint.of(new LabelRequest("PNG", "4x6", 203)))
                .hasMessageContaining("PDF, ZPL");
        assertThatThrownBy(() -> PaketPrint.of(new LabelRequest("ZPL", "A4", 203)))
                .hasMessageContaining("4x6, 4x8");
    }

    @Test
    void the_page_for_people_has_every_service() throws IOException {
        CodeTable services = CodeTable.read(PaketFactory.class, "services.csv", "");
        assertThat(services.codes()).isNotEmpty();
        assertThat(Files.readString(Path.of("docs/carriers.md")).replaceAll("\\s+", " "))
                .contains(services.codes().stream()
                        .map(code -> "`" + services.word(code) + "` " + code)
                        .toList());
    }

    static Shipment toSwitzerland() {
        return shipmentOf(order(TO_ZURICH, GOODS), "paket_international");
    }

    private static JsonNode services(String signature) {
        return first(order(TO_BONN, ",\"options\":{\"signature\":\"" + signature + "\"}"))
                .path("services");
    }

    private static void refused(Order order, String service, String pointer, String words) {
        assertThatThrownBy(() -> request(shipmentOf(order, service), settings()))
                .isInstanceOfSatisfying(RefusedException.class, no -> {
                    assertThat(no.pointer()).isEqualTo(pointer);
                    assertThat(String.valueOf(no.getMessage())).contains(words);
                });
    }

    private static JsonNode first(Order order) {
        return first(order, "paket");
    }

    private static JsonNode first(Order order, String service) {
        return tree(order, service).at("/shipments/0");
    }

    private static JsonNode tree(Order order, String service) {
        return tree(request(shipmentOf(order, service), settings()));
    }

    private static byte[] request(Shipment shipment, PaketSettings settings) {
        return PaketRequest.of(shipment, REF, settings, TODAY);
    }

    private static PaketSettings settings(String... more) {
        StringBuilder text = new StringBuilder();
        for (String line : more) {
            text.append("a.").append(line).append('\n');
        }
        text.append("a.mode=test\na.apiKey=env:K\na.username=env:U\na.password=env:P\n");
        text.append("a.billingNumber.V01PAK=33333333330102\na.billingNumber.V53WPAK=33333333335301\n");
        text.append("a.billingNumber.V54EPAK=33333333335401\n");
        return PaketSettings.read(Settings.of(text.toString(), Map.of("K", "key", "U", "user", "P", "pass"))
                .section("a"));
    }

    private static Shipment shipmentOf(Order order, String service) {
        return new Shipment(order, 1, service, Objects.requireNonNull(order.shipFrom()), order.parcels(), pdf());
    }

    private static LabelRequest pdf() {
        return new LabelRequest("PDF", "4x6", 203);
    }

    /** Read, and as the document has it. */
    private static JsonNode tree(byte[] request) {
        try {
            JsonNode tree = new ObjectMapper()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .readTree(request);
            assertThat(ORDER.validate(tree)).isEmpty();
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Order order(String shipTo, String more) {
        return order(shipTo, more, 1);
    }

    private static Order order(String shipTo, String more, int parcels) {
        String parcel = "{\"weight\":{\"value\":1.2004,\"unit\":\"kg\"},"
                + "\"dimensions\":{\"length\":10,\"width\":30,\"height\":20,\"unit\":\"cm\"}}";
        String json = "{\"orderId\":\"SO-1001\",\"namespace\":\"acme\",\"shipTo\":" + shipTo
                + (more.contains("shipFrom") ? "" : FROM_BONN)
                + ",\"parcels\":[" + String.join(",", Collections.nCopies(parcels, parcel)) + "]" + more + "}";
        try {
            return new Orders().read(Json.mapper().readTree(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema() {
        try (InputStream in = PaketRequestsTest.class.getResourceAsStream("order-request.schema.json")) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
