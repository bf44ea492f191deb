package io.waybill.carrier.easypost;

import static io.waybill.carrier.Samples.PDF;
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
import io.waybill.carrier.RequestJson;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What EasyPost is asked for every kind of order. Each request also fits the shape of its documents. */
class EasyPostRequestsTest {
    private static final Ref REF = Samples.ref();
    private static final Address BERLIN = new Address(
            "Jan Beispiel",
            "Beispiel GmbH",
            "Musterstr. 1",
            "HH",
            "3. OG",
            "Berlin",
            null,
            "10115",
            "DE",
            "+49 30 1234567",
            null,
            null,
            "DE123456789");
    private static final Address TORONTO = new Address(
            "Ann Roe",
            null,
            "1 King St",
            null,
            null,
            "Toronto",
            "ON",
            "M5H 1A1",
            "CA",
            "+14165550100",
            null,
            null,
            null);
    private static final Order.Item SHIRT =
            new Order.Item("SKU-1", null, "Cotton shirt", null, 2, Money.of("19.90", "USD"), null, "6109.10", "PT");

    private Address from = Samples.WAREHOUSE;
    private Address to = Samples.home("Jane Roe");
    private List<Order.Item> items = List.of();
    private Order.@Nullable Customs customs;
    private Order.@Nullable Billing billing;
    private Order.@Nullable Options options;
    private LabelRequest label = PDF;
    private String[] weights = {"1.2"};

    @Test
    void weights_are_ounces_sizes_inches_and_phones_digits() {
        JsonNode asked = asked();
        assertThat(asked.path("parcel").toString())
                .isEqualTo("{\"weight\":42.4,\"length\":11.9,\"width\":7.9,\"height\":4.0}");
        assertThat(asked.at("/to_address").toString())
                .isEqualTo(
                        "{\"name\":\"Jane Roe\",\"street1\":\"1 Main St\",\"street2\":\"Apt 4\",\"city\":\"Austin\","
                                + "\"state\":\"TX\",\"zip\":\"78701\",\"country\":\"US\",\"phone\":\"15125550100\",\"residential\":true}");
        assertThat(asked.at("/from_address/residential").asBoolean(true)).isFalse();
        assertThat(asked.has("customs_info")).isFalse();
    }

    @Test
    void the_order_number_our_ref_and_one_reference_are_printed() {
        billing = new Order.Billing(null, null, null, null, null, null, null, List.of("PO-77", "lost"));
        assertThat(asked().path("options").toString())
                .isEqualTo("{\"label_format\":\"PDF\",\"print_custom_1\":\"SO-1001\",\"print_custom_2\":\""
                        + REF.value() + "\",\"print_custom_3\":\"PO-77\"}");
    }

    @Test
    void goods_that_cross_a_border_are_declared_by_the_line() {
        to = BERLIN;
        items = List.of(SHIRT);
        customs = new Order.Customs("gift", "DAP", null, "INV-1", "Ann Signer");
        JsonNode asked = asked();
        assertThat(asked.path("customs_info").toString())
                .isEqualTo(
                        "{\"contents_type\":\"gift\",\"restriction_type\":\"none\",\"non_delivery_option\":\"return\","
                                + "\"customs_certify\":true,\"customs_signer\":\"Ann Signer\",\"eel_pfc\":\"NOEEI 30.37(a)\","
                                + "\"customs_items\":[{\"description\":\"Cotton shirt\",\"quantity\":2,\"value\":39.80,\"currency\":\"USD\","
                                + "\"weight\":42.3,\"origin_country\":\"PT\",\"hs_tariff_number\":\"610910\",\"code\":\"SKU-1\"}]}");
        assertThat(asked.at("/options/incoterm").asText()).isEqualTo("DAP");
        assertThat(asked.at("/options/invoice_number").asText()).isEqualTo("INV-1");
        assertThat(asked.at("/to_address/street2").asText()).isEqualTo("HH 3. OG");
        assertThat(asked.at("/to_address/federal_tax_id").asText()).isEqualTo("DE123456789");
    }

    @Test
    void goods_never_weigh_more_than_their_parcel() {
        to = BERLIN;
        items = List.of(weighing("0.333"), weighing("0.333"), weighing("0.334"), weighing("0.001"));
        weights = new String[] {"1.001"};
        customs = new Order.Customs("gift", "DAP", null, null, "Ann Signer");
        assertThat(asked().at("/parcel/weight").asText()).isEqualTo("35.4");
        assertThat(asked().at("/customs_info/customs_items"))
                .extracting(item -> item.path("weight").asText())
                .as("rounded up each they would be 35.6")
                .containsExactly("11.7", "11.7", "11.7", "0.1");
    }

    private static Order.Item weighing(String kilograms) {
        return new Order.Item(
                null, null, "Mug", null, 1, Money.of("5", "USD"), Weight.of(kilograms, MassUnit.KG), null, "PT");
    }

    @Test
    void a_territory_stays_a_state_and_its_goods_are_declared_where_the_order_says_what_they_are() {
        to = new Address(
                "Ana Cruz", null, "1 Marine Dr", null, null, "Hagatna", "GU", "96910", "US", null, null, null, null);
        assertThat(asked().at("/to_address/country").asText()).isEqualTo("US");
        assertThat(asked().path("to_address").has("residential")).isFalse();
        assertThat(asked().has("customs_info")).isFalse();
        items = List.of(SHIRT);
        customs = new Order.Customs("gift", null, null, null, null);
        assertThat(asked().has("customs_info")).isTrue();
    }

    @Test
    void what_the_customs_need_is_told_at_its_field() {
        to = BERLIN;
        assertRefused("/customs");
        customs = new Order.Customs("other", null, null, null, null);
        assertRefused("/items/0/description");
        customs = new Order.Customs(null, null, null, null, null);
        assertRefused("/items");
        items = List.of(new Order.Item(null, null, "Pen", null, 1, Money.of("2600", "USD"), null, null, "PT"));
        assertRefused("/customs/declaredValue");
        items = List.of(new Order.Item(null, null, "Pen", null, 1, Money.of("1", "USD"), null, null, null));
        assertRefused("/items/0/originCountry");
        items = List.of(new Order.Item(null, null, "钢笔", null, 1, Money.of("1", "USD"), null, null, "PT"));
        assertRefused("/items/0/description");
    }

    @Test
    void a_return_is_told_as_the_goods_went_out() {
        options = new Order.Options(null, null, null, true, null, null);
        from = Samples.home("Jane Roe");
        to = Samples.WAREHOUSE;
        JsonNode asked = asked();
        assertThat(asked.path("is_return").asBoolean()).isTrue();
        assertThat(asked.at("/to_address/name").asText()).isEqualTo("Jane Roe");
        assertThat(asked.at("/from_address/name").asText()).isEqualTo("Acme Warehouse");
    }

    @Test
    void options_and_payers_are_passed_on() {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(3);
        options = new Order.Options("adult", null, true, null, null, day);
        billing = new Order.Billing(null, null, "thirdParty", "A1B2C3", "10001", "US", "recipient", List.of());
        JsonNode asked = asked().path("options");
        assertThat(asked.path("delivery_confirmation").asText()).isEqualTo("ADULT_SIGNATURE");
        assertThat(asked.path("saturday_delivery").asBoolean()).isTrue();
        assertThat(asked.path("label_date").asText())
                .as("midnight in Greenwich is still the day before in America")
                .isEqualTo(day + "T12:00:00Z");
        assertThat(asked.path("payment").toString())
                .isEqualTo(
                        "{\"type\":\"THIRD_PARTY\",\"account\":\"A1B2C3\",\"country\":\"US\",\"postal_code\":\"10001\"}");
        assertThat(asked.path("duty_payment").toString()).isEqualTo("{\"type\":\"RECEIVER\"}");
    }

    @Test
    void a_ship_date_that_is_not_to_come_is_today() {
        options = new Order.Options(
                null, null, null, null, null, LocalDate.now(ZoneOffset.UTC).minusDays(2));
        assertThat(asked().path("options").has("label_date")).isFalse();
    }

    @Test
    void an_ioss_number_is_told_as_such_where_it_counts_and_nowhere_else() {
        to = BERLIN;
        from = Samples.taxed("IM3720001234");
        items = List.of(SHIRT);
        customs = new Order.Customs("merchandise", null, null, null, "Ann Signer");
        assertThat(asked().path("tax_identifiers").toString())
                .isEqualTo(
                        "[{\"entity\":\"SENDER\",\"tax_id\":\"IM3720001234\",\"tax_id_type\":\"IOSS\",\"issuing_country\":\"IE\"}]");
        assertThat(asked().path("from_address").has("federal_tax_id")).isFalse();
        to = TORONTO;
        assertThat(asked().has("tax_identifiers")).isFalse();
        assertThat(asked().path("from_address").has("federal_tax_id")).isFalse();
    }

    @Test
    void what_easypost_does_not_take_is_refused_at_its_field() {
        options = new Order.Options(null, null, null, null, "packed", null);
        assertRefused("/options/batteries");
        options = null;
        billing = new Order.Billing(null, null, "recipient", null, null, null, null, List.of());
        assertRefused("/billing/account");
        billing = null;
        label = new LabelRequest("GIF", "4x6", 203);
        assertRefused("/label/format");
        label = new LabelRequest("PDF", "A4", 203);
        assertRefused("/label/size");
        label = PDF;
        weights = new String[] {"1", "2"};
        assertRefused("/parcels");
        weights = new String[] {"1"};
        to = Samples.home("张三");
        assertRefused("/shipTo/name");
    }

    @Test
    void a_purchase_names_rate_shipment_and_insurance_in_dollars() {
        options = new Order.Options(null, Money.of("249.9", "USD"), null, null, null, null);
        Reply draft = Reply.of(
                "{\"id\":\"shp_1\",\"rates\":[{\"id\":\"rate_2\",\"carrier\":\"usps\",\"service\":\"groundadvantage\",\"rate\":\"5\"}]}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(new String(
                        EasyPostPurchase.of(draft, "USPS.GroundAdvantage", shipment(), settings()),
                        StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"rate\":{\"id\":\"rate_2\",\"shipment_id\":\"shp_1\"},\"insurance\":\"249.90\",\"end_shipper_id\":\"es_1\"}");
        options = new Order.Options(null, Money.of("249.9", "EUR"), null, null, null, null);
        assertThatThrownBy(() -> EasyPostPurchase.of(draft, "USPS.GroundAdvantage", shipment(), settings()))
                .isInstanceOf(RefusedException.class);
    }

    private void assertRefused(String pointer) {
        assertThatThrownBy(() -> EasyPostShipment.of(shipment(), REF, settings()))
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo(pointer));
    }

    private Shipment shipment() {
        List<Order.Parcel> parcels =
                Samples.shipment(to, "ground", label, weights).parcels();
        Order order = new Order(
                "SO-1001", "acme", null, null, List.of(), from, to, "ground", null, null, parcels, items, customs, null,
                billing, options, Map.of());
        return new Shipment(order, 1, "usps_ground_advantage", from, parcels, label);
    }

    private JsonNode asked() {
        com.fasterxml.jackson.databind.node.ObjectNode body = RequestJson.object();
        body.set("shipment", EasyPostShipment.of(shipment(), REF, settings()));
        try (InputStream in = EasyPostRequestsTest.class.getResourceAsStream("create-request.schema.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
            assertThat(schema.validate(new ObjectMapper().readTree(RequestJson.bytes(body))))
                    .isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return body.path("shipment");
    }

    private static EasyPostSettings settings() {
        return new EasyPostSettings(
                new CallSettings(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0),
                "EZTK1",
                HookSecrets.none("webhookSecret"),
                List.of("ca_1"),
                Optional.of("es_1"),
                List.of());
    }
}
