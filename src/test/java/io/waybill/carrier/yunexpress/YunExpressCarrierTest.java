package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.Samples.PDF;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.Carriers;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelImagesTest;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.PlayedContract;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Samples;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.UnknownCodes;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Voids.Voided;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import io.waybill.settings.Settings;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YunExpressCarrierTest extends PlayedContract {
    @RegisterExtension
    static final YunExpressServer YUN = new YunExpressServer();

    static final Order.Item SHIRT = new Order.Item(
            "SKU-1",
            null,
            "Cotton shirt",
            "棉衬衫",
            2,
            Money.of("9.90", "USD"),
            Weight.of("0.3", MassUnit.KG),
            "6109.10",
            "CN");

    @Override
    protected CarrierFactory factory() {
        return new YunExpressFactory();
    }

    @Override
    protected CarrierStub server() {
        return YUN;
    }

    @Override
    protected Carrier carrierAt(URI base) {
        return open("baseUrl=" + base);
    }

    @Override
    protected List<String> essential() {
        return List.of("/result");
    }

    @Override
    protected String secret() {
        return YunExpressServer.SECRET;
    }

    @Override
    protected Shipment shipment(LabelRequest label) {
        return to("Jane Roe", label);
    }

    @Override
    protected void stubFreeCalls(WireMockServer server) {
        server.stubFor(WireMock.post("/openapi/oauth2/token")
                .willReturn(YunExpressServer.of(200, "{\"accessToken\":\"token-1\",\"expiresIn\":7200}")));
    }

    @Override
    protected Optional<Carrier> stranger() {
        return Optional.of(open("baseUrl=" + YUN.url(), "appSecret=another"));
    }

    @Override
    protected Optional<RefusedVoid> refusedVoid() {
        return Optional.of(new RefusedVoid(sold -> YUN.received(sold.id().value()), "label_already_used"));
    }

    @Override
    protected Optional<Consumer<String>> unknownCode() {
        return Optional.of(
                number -> YUN.tracking = asked -> YunExpressServer.result(node("TELEPORTED", "2026-11-20T10:00:00")));
    }

    @Override
    protected void prices() {
        YUN.rates = YunExpressServer.result(
                "["
                        + "{\"product_code\":\"BKZXR\",\"fee_name\":\"E1\",\"calculate_amount\":8,\"currency\":\"RMB\",\"interval_day\":\"3-8\",\"convert_currency\":\"RMB\",\"rate\":1,\"convert_amount\":8},"
                        + "{\"product_code\":\"BKZXR\",\"fee_name\":\"燃油附加费\",\"calculate_amount\":\"0.50\",\"currency\":\"USD\",\"interval_day\":\"3-8\",\"convert_currency\":\"RMB\",\"rate\":7.1,\"convert_amount\":\"3.55\"},"
                        + "{\"product_code\":\"S1\",\"fee_name\":\"X9\",\"calculate_amount\":1.2,\"currency\":\"USD\",\"interval_day\":\"\"}]");
    }

    @Override
    protected List<String> saysNothing() {
        return List.of("/result (left out|null|an empty (text|list|object))");
    }

    @Override
    protected void scans(String number) {
        YUN.tracking = asked -> YunExpressServer.result(
                "{\"waybill_number\":\"YT1\",\"track_info\":[{\"track_events\":["
                        + "{\"time_zone\":\"+8\",\"description\":\"Parcel has been delivered\",\"event_date\":\"2026-03-10 14:30:00\",\"location\":\"New York\",\"track_node_code\":\"delivered\"},"
                        + "{\"time_zone\":\"+8\",\"description\":\"Arrived at hub\",\"event_date\":\"2026-03-09 14:30:00\",\"track_node_code\":\"first_mile_arrive\"},"
                        + "{\"time_zone\":\"+8\",\"description\":\"Picked up\",\"event_date\":\"2026-03-01 08:00:00\",\"track_node_code\":\"first_mile_pickup\"}]}]}");
    }

    // ---- settings and keys

    @Test
    void a_setting_that_is_missing_wrong_or_unknown_is_told_by_name() {
        assertThatThrownBy(() -> open("createFields=kebab-case")).hasMessageContaining("account.yun.createFields");
        assertThatThrownBy(() -> open("language=fr")).hasMessageContaining("account.yun.language");
        assertThatThrownBy(() -> open("warehouse=1")).hasMessageContaining("account.yun.warehouse");
        assertThatThrownBy(() -> open("sourceKey=")).hasMessageContaining("sourceKey");
    }

    @Test
    void a_token_that_is_refused_in_a_200_is_asked_for_anew() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment(PDF), Samples.ref());
        carrier.find(prepared.ref());
        YUN.expired = Integer.parseInt(last("/v1/order/info").header("token").substring("token-".length()));
        assertThat(carrier.buy(prepared))
                .isInstanceOfSatisfying(
                        Outcome.NotSent.class, not -> assertThat(not.why()).contains("accessToken"));
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Bought.class);
    }

    // ---- buying

    @Test
    void own_number_waybill_and_tracking_number_are_three() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        assertThat(bought.id().value()).startsWith("YT");
        assertThat(kinds(bought.numbers())).containsExactly("shipment 0 YT", "tracking 1 LE");
        assertThat(bought.charges()).isEmpty();
        assertThat(bought.label()).isEmpty();
    }

    @Test
    void a_label_that_comes_later_brings_the_number_that_yunexpress_tracks_by() {
        Carrier carrier = carrier();
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(to("LATER Roe", PDF), Samples.ref())));
        assertThat(kinds(bought.numbers())).containsExactly("shipment 0 YT");
        assertThat(carrier.fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
        Fetched.Ready ready = (Fetched.Ready) carrier.fetch(bought.id(), PDF);
        assertThat(ready.numbers())
                .containsExactly(new ExternalNumber("tracking", 1, bought.id().value()));
    }

    @Test
    void numbers_are_read_however_they_are_spelled_and_an_agents_too() {
        YUN.sale = answer -> {
            ObjectNode odd = answer.objectNode().put("Success", "true");
            odd.putArray("Result")
                    .addObject()
                    .put("WayBillNumber", "YT1")
                    .put("trackingNumber", 77)
                    .put("agentNumber", "AG9")
                    .putNull("customerOrderNumber");
            return odd;
        };
        assertThat(bought(buy(shipment(PDF))).numbers())
                .containsExactly(
                        new ExternalNumber("shipment", 0, "YT1"),
                        new ExternalNumber("tracking", 1, "77"),
                        new ExternalNumber("agent", 0, "AG9"));
    }

    @ParameterizedTest
    @CsvSource({
        "msg, success, ''",
        "msg, 操作成功, ''",
        "message, Success., ''",
        "msg, OK!, ''",
        "msg, 请求成功！, ''",
        "msg, 创建成功，邮编为偏远地区, 创建成功，邮编为偏远地区",
        "message, 'Success, but the IOSS number is not verified', 'Success, but the IOSS number is not verified'",
    })
    void what_yunexpress_says_beside_a_sale_is_told_and_not_that_all_is_well(String field, String words, String said) {
        YUN.sale = answer -> answer.put(field, words).put("code", "0");
        assertThat(bought(buy(shipment(PDF))).said()).isEqualTo(said);
    }

    /** A truth, a number or a text. */
    @ParameterizedTest
    @CsvSource({
        "true, remote_area: true",
        "1, remote_area: true",
        "'\"true\"', remote_area: true",
        "'\"1\"', remote_area: true",
        "false, ''",
        "0, ''",
        "'\"0\"', ''",
        "null, ''"
    })
    void that_an_address_is_remote_is_told_for_it_costs_more(String told, String said) {
        YUN.sale = answer -> {
            ((ObjectNode) answer.path("result")).putRawValue("remote_area", new RawValue(told));
            return answer;
        };
        assertThat(bought(buy(shipment(PDF))).said()).isEqualTo(said);
    }

    @Test
    void an_order_without_a_waybill_yet_is_sold_under_its_own_number_and_is_given_back_by_its_waybill() {
        YUN.sale = answer -> {
            ((ObjectNode) answer.path("result")).put("waybill_number", "").put("tracking_number", "");
            return answer;
        };
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(PDF), ref)));
        assertThat(bought.id().value()).isEqualTo(ref.value());
        Fetched.Ready ready = (Fetched.Ready) carrier.fetch(bought.id(), PDF);
        assertThat(kinds(ready.numbers())).containsExactly("shipment 0 YT", "tracking 1 LE");
        assertThat(((Voids) carrier).cancel(bought.id(), ref)).isInstanceOf(Voided.Done.class);
        assertThat(last("/v1/order/cancel").json().path("waybill_number").asText())
                .startsWith("YT");
    }

    @Test
    void so_is_one_whose_own_number_comes_back_in_other_letters() {
        YUN.sale = answer -> {
            ObjectNode result = (ObjectNode) answer.path("result");
            String own = result.path("customer_order_number").asText().toLowerCase(Locale.ROOT);
            result.put("waybill_number", "").put("tracking_number", "").put("customer_order_number", own);
            return answer;
        };
        Carrier carrier = carrier();
        Ref ref = Samples.ref();
        Outcome.Bought bought = bought(carrier.buy(carrier.prepare(shipment(PDF), ref)));
        assertThat(bought.id().value()).isNotEqualTo(ref.value()).isEqualToIgnoringCase(ref.value());

        ((Voids) carrier).cancel(bought.id(), ref);

        assertThat(last("/v1/order/cancel").json().path("waybill_number").asText())
                .startsWith("YT");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 0200401102, 签名无效, NotSent",
        "200, 02039311, 账户余额不足, NotSent",
        "401, 0200401002, token expired, NotSent",
        "403, , , NotSent",
        "200, 02030012, 服务执行超时, Unknown",
        "200, 02039015, 订单处理中, Unknown",
        "200, 99, System error: please try again later, Unknown",
        "400, 99, Please try again in a few minutes, Unknown",
        "400, 99, Retry at a later time, Unknown",
        "422, 9, The system is down, Unknown",
        "200, 02039019, 产品不可用, Refused",
        "200, 77777, 谁知道呢, Unknown",
        "200, 500, Internal Server Error, Unknown",
        "200, 500, 操作失败, Unknown",
        "200, 500, 收件人邮编查询失败, Unknown",
        "200, 0200500001, failed, Unknown",
        "200, 503, Service Unavailable, Unknown",
        "200, 9, 服务器内部错误, Unknown",
        "200, 9, 服务器异常, Unknown",
        "200, 9, 系统错误, Unknown",
        "200, 9, Gateway Time-out, Unknown",
        "200, 9, 网络异常，请重试, Unknown",
        "200, 9, 产品接口调用异常, Unknown",
        "200, 9, 请勿重复下单, Unknown",
        "200, 9, 该客户单号已下单, Unknown",
        "200, 500, 订单重复, Unknown",
        "200, 429, slow down, NotSent",
        "200, 9, Too many requests, NotSent",
        "200, 9, 请求过于频繁, NotSent",
        "200, 9, 接口限流, NotSent",
        "200, 403, no, NotSent",
        "200, 400, no, Refused",
        "200, 77777, 该渠道已停用, Refused",
        "400, 77779, 谁知道呢, Refused",
        "400, 77778, receiver.city is required, Refused",
    })
    void only_what_yunexpress_decided_is_a_refusal(int status, String code, String words, String outcome) {
        YUN.orderAnswer =
                YunExpressServer.of(status, code == null ? "forbidden" : YunExpressServer.refusal(code, words));
        Outcome said = buy(shipment(PDF));
        assertThat(said.getClass().getSimpleName()).isEqualTo(outcome);
        if (said instanceof Outcome.Refused no) {
            assertThat(no.code()).isEqualTo(code);
            assertThat(no.words()).isEqualTo(words);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "packages[0].weight must be greater than 0, /parcels/0",
        "declaration_info[1].hs_code is invalid, /items/1",
        "receiver.postal_code is required, /shipTo/postalCode",
        "sender.city cannot be empty, /shipFrom/city",
        "发件人电话不能为空, /shipFrom/phone",
        "收件人城市不能为空, /shipTo/city",
        "IOSS 税号错误, /shipFrom/taxId",
        "运输方式不支持该国家, /shipTo/country",
        "该产品不支持带电, /service",
    })
    void the_words_name_a_field_of_ours(String words, String pointer) {
        YUN.orderAnswer = YunExpressServer.of(200, YunExpressServer.refusal("55555", words));
        assertThat(((Outcome.Refused) buy(shipment(PDF))).pointer()).isEqualTo(pointer);
    }

    @Test
    void an_unknown_code_is_kept_and_counted() {
        YUN.orderAnswer = YunExpressServer.of(200, YunExpressServer.refusal("31337", "no."));
        buy(shipment(PDF));
        assertThat(UnknownCodes.of("yunexpress"))
                .extracting(seen -> seen.table() + " " + seen.code())
                .contains("errors 31337");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{'success':false,'errors':['a']} | a", "{'success':false} | it says no reason"})
    void a_no_without_code_and_words_decides_nothing_and_is_told(String body, String told) {
        YUN.orderAnswer = YunExpressServer.of(200, body.replace('\'', '"'));
        assertThat(buy(shipment(PDF)))
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).isEqualTo(told));
    }

    @Test
    void a_refusal_that_names_a_waybill_decides_nothing() {
        YUN.orderAnswer = YunExpressServer.of(
                200, "{\"success\":false,\"code\":\"1\",\"msg\":\"odd\",\"result\":{\"waybill_number\":\"YT9\"}}");
        assertThat(buy(shipment(PDF))).isInstanceOf(Outcome.Unknown.class);
    }

    // ---- a number that was used before

    @Test
    void a_used_order_number_is_the_purchase_it_was_used_for() {
        for (Carrier carrier : List.of(carrier(), open("baseUrl=" + YUN.url(), "duplicateProven=true"))) {
            Prepared prepared = carrier.prepare(to("LOSE Roe", PDF), Samples.ref());
            assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
            Outcome.Bought again = bought(carrier.buy(prepared));
            assertThat(bought(carrier.buy(prepared)).numbers()).isEqualTo(again.numbers());
            assertThat(kinds(again.numbers())).containsExactly("shipment 0 YT", "tracking 1 LE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"订单重复", "请勿重复下单", "该客户单号已下单", "Order number already exists"})
    void a_used_number_is_looked_up_in_whatever_words_it_is_told(String words) {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment(PDF), Samples.ref());
        Outcome.Bought first = bought(carrier.buy(prepared));
        YUN.orderAnswer = YunExpressServer.of(200, YunExpressServer.refusal("500", words));
        assertThat(bought(carrier.buy(prepared)).id()).isEqualTo(first.id());
    }

    @Test
    void where_no_success_is_told_a_code_and_what_was_asked_for_tell_it() {
        YUN.orderAnswer = YunExpressServer.of(200, "{\"code\":1001,\"msg\":\"收件人邮编错误\"}");
        assertThat(buy(shipment(PDF))).isInstanceOf(Outcome.Refused.class);
        YUN.orderAnswer = YunExpressServer.of(200, "{\"code\":1001,\"msg\":\"系统错误\"}");
        assertThat(buy(shipment(PDF))).isInstanceOf(Outcome.Unknown.class);
        YUN.orderAnswer = YunExpressServer.of(200, "{\"code\":0,\"msg\":\"\",\"result\":{\"waybill_number\":\"YT1\"}}");
        assertThat(buy(shipment(PDF))).isInstanceOf(Outcome.Bought.class);
        Ref ref = Samples.ref();
        YUN.infoAnswer = YunExpressServer.of(
                200,
                "{\"code\":\"0\",\"result\":{\"waybill_number\":\"YT1\",\"customer_order_number\":\"" + ref.value()
                        + "\"}}");
        assertThat(carrier().find(ref)).isInstanceOf(Found.Sold.class);
        YUN.infoAnswer = YunExpressServer.of(200, "{\"code\":\"1\",\"msg\":\"订单不存在\"}");
        assertThat(carrier().find(ref)).isInstanceOf(Found.Nothing.class);
        YUN.infoAnswer = YunExpressServer.of(200, "{\"code\":\"0\",\"msg\":\"ok\"}");
        assertThat(carrier().find(ref)).isInstanceOf(Found.Unreachable.class);
        YUN.infoAnswer = null;
        Voids voids = (Voids) carrier();
        YUN.cancelAnswer = YunExpressServer.of(200, "{\"code\":0,\"msg\":\"success\"}");
        assertThat(voids.cancel(new ShipmentId("YT0"), ref)).isEqualTo(new Voided.Done(null));
        YUN.cancelAnswer = YunExpressServer.of(200, "{\"code\":1,\"msg\":\"运单已入库\"}");
        assertThat(voids.cancel(new ShipmentId("YT0"), ref))
                .isEqualTo(new Voided.Refused("label_already_used", "运单已入库"));
    }

    @Test
    void what_was_sold_may_be_sent_again_only_where_the_account_says_that_it_is_refused() {
        assertThat(carrier().idempotency()).isEqualTo(IdempotencyClass.B);
        assertThat(open("duplicateProven=true").idempotency()).isEqualTo(IdempotencyClass.A);
    }

    @Test
    void a_used_number_that_cannot_be_found_or_was_given_back_is_unknown() {
        Carrier carrier = carrier();
        Prepared prepared = carrier.prepare(shipment(PDF), Samples.ref());
        Outcome.Bought bought = bought(carrier.buy(prepared));
        YUN.infoAnswer = YunExpressServer.of(200, "<html>");
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        YUN.infoAnswer = null;
        ((Voids) carrier).cancel(bought.id(), prepared.ref());
        assertThat(carrier.buy(prepared)).isInstanceOf(Outcome.Unknown.class);
        assertThat(carrier.find(prepared.ref())).isInstanceOf(Found.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"success\":false,\"code\":\"9\",\"msg\":\"未查询到数据\"} | Nothing",
                "{\"success\":true,\"result\":null} | Nothing",
                "{\"success\":true,\"result\":[]} | Nothing",
                "{\"success\":false,\"code\":\"9\",\"msg\":\"系统繁忙\"} | Unreachable",
                "{\"success\":false,\"code\":\"0200401101\",\"msg\":\"订单不存在\"} | Unreachable",
                "{\"success\":true,\"result\":{\"waybill_number\":\"YT1\",\"customer_order_number\":\"OTHER\"}} | Unreachable",
                "{\"result\":{}} | Unreachable",
            })
    void a_look_up_finds_nothing_only_where_yunexpress_says_so(String answer, String found) {
        YUN.infoAnswer = YunExpressServer.of(200, answer);
        assertThat(carrier().find(Samples.ref()).getClass().getSimpleName()).isEqualTo(found);
    }

    // ---- labels

    @Test
    void a_label_comes_by_an_address_of_yunexpress_in_base_64_or_as_it_is() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        for (String label : List.of(
                "{\"url\":\"" + YUN.url() + "/label/1.pdf?x=1\",\"label_type\":\"PDF\",\"label_string\":\"\"}",
                "{\"url\":\"" + YUN.url().getAuthority() + "/label/1.pdf\"}",
                "{\"url\":\"//" + YUN.url().getAuthority() + "/label/1.pdf\"}",
                "{\"url\":null,\"label_string\":\"" + YunExpressServer.base64("PDF") + "\"}",
                "{\"labelString\":\"data:image/png;base64," + YunExpressServer.base64("PNG") + "\"}",
                "{\"label_string\":\"" + Base64.getEncoder().encodeToString(LabelImagesTest.picture("jpg", 4)) + "\"}",
                "[{\"Url\":\"\",\"label_string\":\"" + YunExpressServer.base64("PNG") + "\"}]")) {
            YUN.labelAnswer = YunExpressServer.of(200, YunExpressServer.result(label));
            assertThat(carrier().fetch(bought.id(), PDF))
                    .isInstanceOfSatisfying(
                            Fetched.Ready.class,
                            ready -> assertThat(ready.label().documents())
                                    .singleElement()
                                    .satisfies(one -> assertThat(one.format()).isEqualTo("PDF")));
        }
    }

    @Test
    void a_label_that_is_told_as_it_is_keeps_its_letters() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        YUN.labelAnswer = YunExpressServer.of(
                200, YunExpressServer.result("{\"label_string\":\"^XA^CI28^FDJörg Müller, 深圳^FS^XZ\"}"));
        assertThat(carrier().fetch(bought.id(), PDF))
                .isInstanceOfSatisfying(
                        Fetched.Ready.class,
                        ready -> assertThat(new String(
                                        ready.label().documents().get(0).bytes(), UTF_8))
                                .contains("Jörg Müller, 深圳"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\":\"http://169.254.169.254/label.pdf\"}",
                "{\"url\":\"https://label.yunexpress.cn.example.org/label.pdf\"}",
                "{\"label_string\":\"bm90IGEgbGFiZWw=\"}",
                "{\"url\":\"\",\"label_string\":\"\"}",
                "{}",
                "[]",
                "null"
            })
    void a_label_that_is_not_there_or_elsewhere_is_asked_for_again(String label) {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        YUN.labelAnswer = YunExpressServer.of(200, YunExpressServer.result(label));
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
        YUN.labelAnswer = YunExpressServer.of(200, YunExpressServer.refusal("1", "面单生成中"));
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
    }

    @Test
    void a_label_waits_for_the_numbers_it_goes_with() {
        Outcome.Bought bought = bought(buy(shipment(PDF)));
        int asked = YUN.calls("/v1/order/label").size();
        YUN.infoAnswer = YunExpressServer.of(200, YunExpressServer.refusal("1", "系统繁忙"));
        assertThat(carrier().fetch(bought.id(), PDF)).isInstanceOf(Fetched.NotYet.class);
        assertThat(YUN.calls("/v1/order/label")).hasSize(asked);
    }

    // ---- voids

    @ParameterizedTest
    @CsvSource({
        "1, 运单已取消, label_already_voided",
        "1, The waybill does not exist, label_not_found",
        "1, 运单已入库，不允许取消, label_already_used",
        "1, 不允许, unknown",
    })
    void a_void_is_refused_for_a_reason(String code, String words, String reason) {
        YUN.cancelAnswer = YunExpressServer.of(200, YunExpressServer.refusal(code, words));
        assertThat(((Voids) carrier()).cancel(new ShipmentId("YT0"), Samples.ref()))
                .isEqualTo(new Voided.Refused(reason, words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\":false,\"code\":\"02030012\",\"msg\":\"服务执行超时\"}",
                "{}",
                "{\"code\":\"500\",\"msg\":\"?\"}",
                "{\"success\":false,\"code\":\"429\",\"msg\":\"?\"}"
            })
    void a_void_that_may_have_been_done_is_unknown(String answer) {
        YUN.cancelAnswer = YunExpressServer.of(200, answer);
        assertThat(((Voids) carrier()).cancel(new ShipmentId("YT0"), Samples.ref()))
                .isInstanceOf(Voided.Unknown.class);
    }

    // ---- tracking

    @ParameterizedTest
    @ValueSource(strings = {"2026-06-02", "2026-06-02T", "2026-06-02 8h", "", "-"})
    void a_scan_without_an_hour_of_greenwich_is_told_by_that_of_its_place(String greenwich) {
        YUN.tracking = number -> YunExpressServer.result(node("delivered", greenwich)
                .replace(
                        "\"process_utc_time\"",
                        "\"process_time\":\"2026-06-02T16:40:28\",\"time_zone\":\"+8\",\"process_utc_time\""));
        assertThat(((Tracks) carrier()).track(List.of("YT1")))
                .singleElement()
                .satisfies(event -> assertThat(event.at().toInstant()).isEqualTo("2026-06-02T08:40:28Z"));
    }

    @Test
    void events_come_in_both_shapes() {
        YUN.tracking = number -> YunExpressServer.result(
                node("FIRST_MILE_ARRIVE", "2026-05-30T08:00:00")
                        .replace(
                                "]}}]",
                                ",{\"process_time\":\"2026-06-02T16:40:28\",\"process_utc_time\":\"2026-06-02T08:40:28\","
                                        + "\"process_content\":\"已签收\",\"process_location\":\"Berlin\",\"track_node_code\":\"delivered\"}]}}]"));
        assertThat(((Tracks) carrier()).track(List.of("YT1")))
                .extracting(event -> event.status() + " " + event.code() + " " + event.at() + " " + event.place())
                .containsExactly(
                        "in_transit FIRST_MILE_ARRIVE 2026-05-30T08:00Z 深圳, CN",
                        "delivered delivered 2026-06-02T08:40:28Z Berlin");
        YUN.tracking =
                number -> YunExpressServer.result("{\"waybill_number\":\"YT1\",\"track_info\":[{\"track_events\":["
                        + "{\"time_zone\":\"+8\",\"description\":\"Parcel has been delivered\",\"event_date\":\"2026-03-10 14:30:00\",\"location\":\"New York\"},"
                        + "{\"time_zone\":\"UTC-05:00\",\"description\":\"Parcel could not be delivered\",\"event_date\":\"2026-03-09T14:30:00\"},"
                        + "{\"time_zone\":\"GMT+5:30\",\"description\":\"Arrived\",\"event_date\":\"2026-03-08 14:30:00\"},"
                        + "{\"description\":\"已揽收\",\"event_date\":\"2026/03/01 08:00:00\"},"
                        + "{\"description\":\"开箱\",\"event_date\":\"2026-03-02 08:00:00\"},"
                        + "{\"description\":\"no time\"}]}]}");
        assertThat(((Tracks) carrier()).track(List.of("YT1")))
                .extracting(event -> event.status() + " " + event.at() + " " + event.text())
                .containsExactly(
                        "delivered 2026-03-10T14:30+08:00 Parcel has been delivered",
                        "delivery_failed 2026-03-09T14:30-05:00 Parcel could not be delivered",
                        "in_transit 2026-03-08T14:30+05:30 Arrived",
                        "picked_up 2026-03-01T08:00Z 已揽收",
                        "unknown 2026-03-02T08:00Z 开箱");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Delivered to local carrier | in_transit",
                "Delivered to the last mile carrier | in_transit",
                "Parcel was delivered to the airline | in_transit",
                "Delivered to hub | in_transit",
                "Delivered to an airport | in_transit",
                "Delivered to the sorting facility | in_transit",
                "仓库已签收 | in_transit",
                "Parcel data delivered electronically | pending",
                "Delivered to collection point, ready for pickup | ready_for_pickup",
                "Available for pickup | ready_for_pickup",
                "Picked up by recipient | delivered",
                "Delivered, front door | delivered",
                "已签收 | delivered",
                "快件已妥投 | delivered",
                "未妥投 | delivery_failed",
                "妥投失败 | delivery_failed",
                "未签收 | delivery_failed",
                "无人签收 | delivery_failed",
                "派件失败 | delivery_failed",
                "Delivery attempted | delivery_failed",
                "收件人拒绝签收 | delivery_failed",
                "客户拒收 | delivery_failed",
                "客户拒收，已退回寄件人 | return_to_sender",
                "Refused by recipient | delivery_failed",
                "Refused by recipient, returned to sender | return_to_sender",
                "Picked up | picked_up",
                "Arrived at hub | in_transit",
            })
    void a_scan_without_a_code_is_what_its_words_say(String words, String status) {
        YUN.tracking =
                number -> YunExpressServer.result("{\"waybill_number\":\"YT1\",\"track_info\":[{\"track_events\":["
                        + "{\"description\":\"" + words + "\",\"event_date\":\"2026-03-10 14:30:00\"}]}]}");
        assertThat(((Tracks) carrier()).track(List.of("YT1")))
                .extracting(Tracks.Event::status)
                .containsExactly(status);
    }

    @Test
    void a_number_nobody_knows_has_no_events_and_silence_is_told() {
        assertThat(((Tracks) carrier()).track(List.of("YT404"))).isEmpty();
        YUN.tracking = number -> YunExpressServer.refusal("1", "系统繁忙");
        assertThatThrownBy(() -> ((Tracks) carrier()).track(List.of("YT404"))).hasMessageContaining("YT404");
    }

    // ---- prices

    @Test
    void a_quote_has_the_fees_of_each_product_in_the_currency_of_the_account() {
        YUN.rates = YunExpressServer.result("["
                + "{\"product_code\":\"BKZXR\",\"fee_name\":\"E1\",\"calculate_amount\":8,\"currency\":\"RMB\",\"interval_day\":\"3-8\",\"convert_currency\":\"RMB\",\"rate\":1,\"convert_amount\":8},"
                + "{\"product_code\":\"BKZXR\",\"fee_name\":\"燃油附加费\",\"calculate_amount\":\"0.50\",\"currency\":\"USD\",\"interval_day\":\"3-8\",\"convert_currency\":\"RMB\",\"convert_amount\":\"3.55\"},"
                + "{\"product_code\":\"S1\",\"fee_name\":\"X9\",\"calculate_amount\":1.2,\"currency\":\"USD\",\"interval_day\":\"\"},"
                + "{\"product_code\":\"S2\",\"fee_name\":\"E1\"}]");
        List<Rates.Rate> rates = ((Rates) carrier()).rates(shipment(PDF));
        assertThat(rates)
                .extracting(rate -> rate.service() + " " + rate.total() + " " + rate.days())
                .containsExactly("global_registered_express 11.55 CNY 8", "S1 1.2 USD null", "S2 null null");
        assertThat(parts(rates.get(0).charges())).containsExactly("E1 shipping 8 CNY", "燃油附加费 fuel_charge 3.55 CNY");
        assertThat(parts(rates.get(1).charges())).containsExactly("X9 uncategorized 1.2 USD");
        assertThat(rates.get(2).excluded()).isNotBlank();
        assertThat(last("/v1/price-trial").request().getUrl())
                .isEqualTo(
                        "/v1/price-trial/get?country_code=US&weight=1.200&weight_unit=KG&package_type=C&postal_code=78701"
                                + "&pieces=1&length=30.0&width=20.0&height=10.0&size_unit=CM");
    }

    @Test
    void a_quote_that_is_refused_says_why() {
        YUN.rates = YunExpressServer.refusal("1", "国家不支持");
        assertThat(((Rates) carrier()).rates(shipment(PDF)))
                .singleElement()
                .satisfies(rate -> assertThat(rate.excluded()).isEqualTo("国家不支持"));
    }

    @Test
    void what_was_deducted_is_told_fee_by_fee_and_sums_up() {
        YUN.fees = YunExpressServer.result(
                "{\"waybill_number\":\"YT1\",\"total_amount\":45.5,\"currency\":\"RMB\",\"fee_details\":["
                        + "{\"fee_name\":\"运费\",\"amount\":6,\"currency\":\"USD\",\"rate\":7,\"deduction_currency\":\"RMB\",\"deduction_amount\":42},"
                        + "{\"fee_name\":\"挂号费\",\"amount\":\"3.00\",\"currency\":\"RMB\"},"
                        + "{\"fee_name\":\"退款\",\"amount\":-1,\"currency\":\"RMB\"}]}");
        assertThat(parts(fees().orElseThrow()))
                .containsExactly(
                        "运费 shipping 42 CNY",
                        "挂号费 additional_fees 3.00 CNY",
                        "退款 uncategorized -1 CNY",
                        "null uncategorized 1.50 CNY");
        YUN.fees =
                YunExpressServer.result("{\"fee_details\":[{\"fee_name\":\"运费\",\"amount\":6,\"currency\":\"USD\"}]}");
        assertThat(parts(fees().orElseThrow())).containsExactly("运费 shipping 6 USD");
        YUN.fees = YunExpressServer.result("{\"total_amount\":\"1,012.50\",\"currency\":\"RMB\",\"fee_details\":["
                + "{\"fee_name\":\"运费\",\"amount\":\"￥1,010.50\",\"currency\":\"rmb\"}]}");
        assertThat(parts(fees().orElseThrow()))
                .containsExactly("运费 shipping 1010.50 CNY", "null uncategorized 2.00 CNY");
        YUN.fees = YunExpressServer.result("{\"total_amount\":12,\"currency\":\"RMB\"}");
        assertThat(parts(fees().orElseThrow())).containsExactly("null shipping 12 CNY");
    }

    @Test
    void a_fee_that_names_no_currency_is_in_that_of_the_answer_and_is_never_left_out_where_there_is_none() {
        YUN.fees = YunExpressServer.result(
                "{\"currency\":\"RMB\",\"fee_details\":[{\"fee_name\":\"运费\",\"amount\":42},"
                        + "{\"fee_name\":\"挂号费\",\"amount\":\"3.00\",\"currency\":\"RMB\"},{\"fee_name\":\"退款\",\"amount\":0}]}");
        assertThat(parts(fees().orElseThrow())).containsExactly("运费 shipping 42 CNY", "挂号费 additional_fees 3.00 CNY");
        YUN.fees = YunExpressServer.result("{\"fee_details\":[{\"fee_name\":\"运费\",\"amount\":42},"
                + "{\"fee_name\":\"挂号费\",\"amount\":\"3.00\",\"currency\":\"RMB\"}]}");
        assertThatThrownBy(this::fees).hasMessageContaining("a fee has no currency: 运费 42");
        YUN.fees = YunExpressServer.result(
                "{\"currency\":\"USD\",\"fee_details\":[{\"fee_name\":\"运费\",\"deduction_amount\":36,"
                        + "\"amount\":5,\"currency\":\"USD\"}]}");
        assertThat(parts(fees().orElseThrow())).containsExactly("运费 shipping 5 USD");
    }

    /** What is refused may be bought again under another number, so a no needs a reason. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"success\": false}",
                "{\"success\": 0, \"code\": \"0000\", \"msg\": \"\", \"result\": null}",
                "{\"success\": \"false\", \"code\": null, \"result\": {}}"
            })
    void a_no_without_a_reason_is_unknown(String body) {
        Prepared prepared = carrier().prepare(shipment(Samples.PDF), Samples.ref());

        assertThat(atStub(WireMock.aResponse().withStatus(200).withBody(body)).buy(prepared))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void nothing_booked_is_no_fee_and_silence_is_told() {
        for (String none : List.of(
                YunExpressServer.result("null"),
                YunExpressServer.result("{\"total_amount\":0,\"currency\":\"RMB\",\"fee_details\":[]}"),
                YunExpressServer.refusal("1", "未查询到数据"))) {
            YUN.fees = none;
            assertThat(fees()).isEmpty();
        }
        YUN.fees = YunExpressServer.refusal("1", "系统繁忙");
        assertThatThrownBy(this::fees).hasMessageContaining("YT1");
    }

    private Optional<List<Charge>> fees() {
        return ((Fees) carrier()).fees(new ShipmentId("YT1"), Samples.ref());
    }

    // ---- helpers

    private static String node(String code, String utc) {
        return "[{\"package_status\":\"T\",\"track_Info\":{\"waybill_number\":\"YT1\",\"track_events\":[{\"process_utc_time\":\""
                + utc
                + "\",\"process_content\":\"…\",\"process_country\":\"CN\",\"process_city\":\"深圳\",\"process_location\":\"\",\"track_node_code\":\""
                + code + "\"}]}}]";
    }

    private static List<String> parts(List<Charge> charges) {
        return charges.stream()
                .map(charge -> charge.code() + " " + charge.type() + " " + charge.amount())
                .toList();
    }

    private static List<String> kinds(List<ExternalNumber> numbers) {
        return numbers.stream()
                .map(one -> one.kind() + " " + one.parcel() + " " + one.value().substring(0, 2))
                .toList();
    }

    private YunExpressServer.Call last(String path) {
        List<YunExpressServer.Call> calls = YUN.calls(path);
        return calls.get(calls.size() - 1);
    }

    private Outcome buy(Shipment shipment) {
        Carrier carrier = carrier();
        return carrier.buy(carrier.prepare(shipment, Samples.ref()));
    }

    static Shipment to(String name, LabelRequest label) {
        Order order = new Order(
                "SO-1001",
                "acme",
                null,
                null,
                List.of(),
                Samples.WAREHOUSE,
                Samples.home(name),
                "BKZXR",
                null,
                null,
                Samples.shipment().parcels(),
                List.of(SHIRT),
                null,
                null,
                null,
                null,
                Map.of());
        return new Shipment(order, 1, "BKZXR", Samples.WAREHOUSE, order.parcels(), label);
    }

    /** Later settings go before earlier ones. */
    private static Carrier open(String... more) {
        Map<String, String> settings = Stream.concat(
                        Stream.of(
                                "adapter=yunexpress",
                                "mode=test",
                                "appId=" + YunExpressServer.ID,
                                "appSecret=" + YunExpressServer.SECRET,
                                "sourceKey=" + YunExpressServer.KEY),
                        Stream.of(more))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(line -> line[0], line -> line[1], (earlier, later) -> later));
        Map<String, String> environment = new java.util.HashMap<>();
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> {
            boolean isSecret = List.of("appId", "appSecret", "sourceKey").contains(key) && !value.isEmpty();
            environment.put("YUN_" + key, value);
            text.append("account.yun." + key + "=" + (isSecret ? "env:YUN_" + key : value) + "\n");
        });
        return new Carriers()
                .open(
                        "yun",
                        Settings.of(text.toString(), environment)
                                .section("account")
                                .section("yun"));
    }
}
