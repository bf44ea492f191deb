package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.Samples.PDF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.CallSettings;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Ref;
import io.waybill.carrier.RefusedException;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What YunExpress is asked for every kind of order. Each request also fits the shape of the carrier's document. */
class YunExpressRequestsTest {
    private static final Ref REF = Samples.ref();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Address BERLIN = new Address(
            "Jan van Beispiel",
            "Beispiel GmbH",
            "Musterstr. 1",
            "Hinterhaus",
            null,
            "Berlin",
            null,
            "10115",
            "DE",
            "+49 30 1234567",
            "jan@example.org",
            null,
            "DE123456789");
    private static final Address SHENZHEN = new Address(
            "张三", "测试公司", "南山区科技园", null, null, "深圳", "广东", "518000", "CN", "13800138000", null, null, "IM3720000000");

    private Address from = SHENZHEN;
    private Address to = BERLIN;
    private List<Order.Item> items = List.of(YunExpressCarrierTest.SHIRT);
    private Order.@Nullable Customs customs;
    private Order.@Nullable Billing billing;
    private Order.@Nullable Options options;
    private Map<String, JsonNode> metadata = Map.of();
    private LabelRequest label = PDF;
    private int parcels = 1;
    private YunExpressSettings settings = settings(false, Optional.empty());

    @Test
    void our_ref_is_the_order_number_and_a_persons_numbers_are_beside_it() {
        billing = new Order.Billing(null, null, null, null, null, null, null, List.of("PO-77", "DEP-8", "R-3", "lost"));
        JsonNode asked = asked();
        assertThat(asked.path("customer_order_number").asText()).isEqualTo(REF.value());
        assertThat(asked.path("order_numbers").toString())
                .isEqualTo(
                        "{\"platform_order_number\":\"SO-1001\",\"reference_numbers\":[\"PO-77\",\"DEP-8\",\"R-3\"]}");
        assertThat(asked.at("/packages/0").toString())
                .isEqualTo(
                        "{\"weight\":1.200,\"length\":30.0,\"width\":20.0,\"height\":10.0,\"reference_id\":\"SO-1001\"}");
        assertThat(asked.path("product_code").asText()).isEqualTo("BKZXR");
    }

    @Test
    void letters_of_any_script_are_sent_and_names_are_parted_before_their_last_word() {
        JsonNode asked = asked();
        assertThat(asked.at("/receiver/first_name").asText()).isEqualTo("Jan van");
        assertThat(asked.at("/receiver/last_name").asText()).isEqualTo("Beispiel");
        assertThat(asked.at("/receiver/address_lines").toString()).isEqualTo("[\"Musterstr. 1\",\"Hinterhaus\"]");
        assertThat(asked.at("/sender/first_name").asText()).isEqualTo("张三");
        assertThat(asked.path("sender").has("last_name")).isFalse();
        assertThat(asked.at("/sender/province").asText()).isEqualTo("广东");
    }

    @Test
    void goods_are_declared_in_english_and_chinese_wherever_they_go() {
        assertThat(asked().at("/declaration_info/0").toString())
                .isEqualTo("{\"sku_code\":\"SKU-1\",\"name_en\":\"Cotton shirt\",\"name_local\":\"棉衬衫\",\"quantity\":2,"
                        + "\"unit_price\":9.90,\"currency\":\"USD\",\"unit_weight\":0.300,\"hs_code\":\"610910\"}");
        items = List.of(item("Pen", "笔", 3, "0.285", null));
        assertThat(asked().at("/declaration_info/0/unit_weight").decimalValue()).isEqualByComparingTo("0.4");
        assertThat(asked().at("/declaration_info/0/unit_price").decimalValue()).isEqualByComparingTo("0.285");
    }

    @ParameterizedTest
    @CsvSource({
        ", 笔, 1, 2, 0.1, /items/0/description",
        "笔, 笔, 1, 2, 0.1, /items/0/description",
        "Pen, , 1, 2, 0.1, /items/0/descriptionLocal",
        "Pen, Stift, 1, 2, 0.1, /items/0/descriptionLocal",
        "Pen, 笔, , 2, 0.1, /items/0/quantity",
        "Pen, 笔, 1, , 0.1, /items/0/unitPrice",
    })
    void what_a_declaration_lacks_is_told_at_its_field(
            @Nullable String english,
            @Nullable String chinese,
            @Nullable Integer quantity,
            @Nullable String price,
            String weight,
            String pointer) {
        items = List.of(item(english, chinese, quantity, price, weight));
        assertRefused(pointer);
    }

    @Test
    void of_several_goods_each_has_its_weight_and_there_are_some() {
        items = List.of(YunExpressCarrierTest.SHIRT, item("Pen", "笔", 1, "2", null));
        assertRefused("/items/1/weight");
        items = List.of();
        assertRefused("/items");
    }

    @Test
    void numbers_for_the_customs_come_from_the_metadata_or_the_tax_ids() {
        assertThat(asked().path("customs_number").toString())
                .isEqualTo("{\"tax_number\":\"DE123456789\",\"ioss_code\":\"IM3720000000\"}");
        metadata = Map.of(
                "ioss_number", new TextNode("IM1"), "vatNumber", new TextNode("GB1"), "EORI", new TextNode("GB2"));
        assertThat(asked().path("customs_number").toString())
                .isEqualTo(
                        "{\"tax_number\":\"DE123456789\",\"ioss_code\":\"IM1\",\"vat_code\":\"GB1\",\"eori_number\":\"GB2\"}");
        metadata = Map.of();
        from = Samples.WAREHOUSE;
        to = Samples.home("Jane Roe");
        assertThat(asked().has("customs_number")).isFalse();
    }

    @Test
    void duties_the_sender_pays_and_signatures_are_services_of_their_own() {
        assertThat(asked().has("extra_services")).isFalse();
        customs = new Order.Customs("merchandise", "DDP", null, null, null);
        options = options("any", null, null, null, null);
        assertThat(asked().path("extra_services").toString())
                .isEqualTo(
                        "[{\"extra_code\":\"G0\",\"extra_value\":\"\"},{\"extra_code\":\"Ls0091\",\"extra_value\":\"\"}]");
    }

    @Test
    void duties_whose_payer_is_named_are_his_whatever_the_incoterm() {
        customs = new Order.Customs("merchandise", "DDP", null, null, null);
        billing = new Order.Billing(null, null, null, null, null, null, "recipient", List.of());
        assertThat(asked().has("extra_services")).isFalse();
        customs = new Order.Customs("merchandise", "DAP", null, null, null);
        billing = new Order.Billing(null, null, null, null, null, null, "sender", List.of());
        assertThat(asked().at("/extra_services/0/extra_code").asText()).isEqualTo("G0");
    }

    @Test
    void batteries_are_taken_where_the_account_says_what_they_are_called() {
        assertThat(asked().path("sensitive_type").asText()).isEqualTo("W");
        options = options(null, null, null, null, "contained");
        assertRefused("/options/batteries");
        settings = settings(false, Optional.of("D"));
        assertThat(asked().path("sensitive_type").asText()).isEqualTo("D");
        assertThat(YunExpressRates.query(shipment(), settings)).contains("package_type=E");
    }

    @Test
    void what_yunexpress_does_not_offer_is_refused_at_its_field() {
        options = options("adult", null, null, null, null);
        assertRefused("/options/signature");
        options = options(null, Money.of("50", "USD"), null, null, null);
        assertRefused("/options/insuredValue");
        options = options(null, null, true, null, null);
        assertRefused("/options/saturday");
        options = options(null, null, null, true, null);
        assertRefused("/options/isReturn");
        options = null;
        billing = new Order.Billing(null, null, "thirdParty", "1", null, null, null, List.of());
        assertRefused("/billing/payer");
        billing = new Order.Billing(null, null, null, null, null, null, "thirdParty", List.of());
        assertRefused("/billing/dutiesPayer");
        billing = null;
        label = new LabelRequest("ZPL", "4x6", 203);
        assertRefused("/label/format");
        label = PDF;
        parcels = 2;
        assertRefused("/parcels");
    }

    @Test
    void the_same_order_is_sent_in_camel_case_where_the_account_says_so() {
        String snake = asked().toString();
        settings = settings(true, Optional.empty());
        JsonNode camel = raw();
        assertThat(camel.path("customerOrderNumber").asText()).isEqualTo(REF.value());
        assertThat(camel.at("/declarationInfo/0/nameLocal").asText()).isEqualTo("棉衬衫");
        assertThat(camel.at("/receiver/addressLines/1").asText()).isEqualTo("Hinterhaus");
        assertThat(camel.toString()).doesNotContain("_").hasSizeLessThan(snake.length());
    }

    @Test
    void a_call_is_signed_over_its_body_time_method_and_path_without_query() {
        YunExpressSignature signature = new YunExpressSignature(
                "s3cr3t".getBytes(StandardCharsets.UTF_8),
                Clock.fixed(Instant.ofEpochMilli(1654060801140L), ZoneOffset.UTC));
        assertThat(headers(signature, "GET", "/v1/order/info/get?order_number=1", ""))
                .containsEntry("date", "1654060801140")
                .containsEntry("sign", "+0UJhJCEyQguVEGU3IK2Ab7X4xnjrl7u+SRykkGMSks=");
        assertThat(headers(signature, "POST", "/v1/order/cancel", "{\"waybill_number\":\"云\"}"))
                .containsEntry("sign", "UUhugWyupBmt74lKWMUkp42nOX1btjCuv4DuuqmgiVY=");
        assertThat(signature.toString()).doesNotContain("s3cr3t");
    }

    private static Map<String, String> headers(YunExpressSignature signature, String method, String path, String body) {
        Authorization.Call call = new Authorization.Call(method, path, body.getBytes(StandardCharsets.UTF_8));
        return ((Authorization.Grant.Headers) signature.grant(call)).headers();
    }

    private static Order.Item item(
            @Nullable String english,
            @Nullable String chinese,
            @Nullable Integer quantity,
            @Nullable String price,
            @Nullable String weight) {
        return new Order.Item(
                null,
                null,
                english,
                chinese,
                quantity,
                price == null ? null : Money.of(price, "USD"),
                weight == null ? null : Weight.of(weight, MassUnit.KG),
                null,
                null);
    }

    private static Order.Options options(
            @Nullable String signature,
            @Nullable Money insured,
            @Nullable Boolean saturday,
            @Nullable Boolean isReturn,
            @Nullable String batteries) {
        return new Order.Options(signature, insured, saturday, isReturn, batteries, null);
    }

    private void assertRefused(String pointer) {
        assertThatThrownBy(this::raw)
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo(pointer));
    }

    private Shipment shipment() {
        List<Order.Parcel> boxes = Samples.shipment(
                        to, "BKZXR", label, parcels == 1 ? new String[] {"1.2"} : new String[] {"1", "2"})
                .parcels();
        Order order = new Order(
                "SO-1001", "acme", null, null, List.of(), from, to, "BKZXR", null, null, boxes, items, customs, null,
                billing, options, metadata);
        return new Shipment(order, 1, "global_registered_express", from, boxes, label);
    }

    private JsonNode raw() {
        try {
            return JSON.reader()
                    .with(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .without(com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .readTree(YunExpressOrder.of(shipment(), REF, settings));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private JsonNode asked() {
        JsonNode asked = raw();
        try (InputStream in = YunExpressRequestsTest.class.getResourceAsStream("create-request.schema.json")) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
            assertThat(schema.validate(asked)).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return asked;
    }

    private static YunExpressSettings settings(boolean isCamelCase, Optional<String> batteryType) {
        return new YunExpressSettings(
                new CallSettings(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 0),
                "id",
                "secret",
                "key",
                false,
                isCamelCase,
                "en-US",
                "W",
                batteryType,
                Optional.empty(),
                List.of());
    }
}
