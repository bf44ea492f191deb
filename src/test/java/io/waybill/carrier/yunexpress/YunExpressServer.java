package io.waybill.carrier.yunexpress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * YunExpress, played from its document: takes an order number once, checks every signature, and can be told to answer in the odd
 * ways it is known for. The name of the recipient says what goes wrong: {@code REFUSE}, {@code LOSE} (once), {@code LATER} (neither
 * tracking number nor, when first asked for, a label).
 */
public final class YunExpressServer extends CarrierStub {
    public static final String ID = "l7hub";
    public static final String SECRET = "canary-yun-s3cr3t";
    public static final String KEY = "src-key";
    private static final Map<String, byte[]> LABELS = Map.of(
            "PDF", LabelImages.pdf(LabelImagesTest.picture("png", 20), "4x6"),
            "PNG", LabelImagesTest.picture("png", 20));

    private static final class Sold {
        private final String waybill;
        private final JsonNode order;
        private String tracking;
        private String status = "A";
        private int asked;

        private Sold(String waybill, JsonNode order, String tracking) {
            this.waybill = waybill;
            this.order = order;
            this.tracking = tracking;
        }
    }

    private final Map<String, Sold> byRef = new ConcurrentHashMap<>();
    private final Map<String, Sold> byWaybill = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final AtomicLong numbers = new AtomicLong(2611250000000001L);
    private final AtomicInteger tokens = new AtomicInteger();

    /** Tokens up to this one are not taken any more. */
    volatile int expired;
    /** What becomes of the answer to a purchase before it is sent. */
    volatile UnaryOperator<ObjectNode> sale = UnaryOperator.identity();

    volatile @Nullable ResponseDefinitionBuilder orderAnswer;
    volatile @Nullable ResponseDefinitionBuilder infoAnswer;
    volatile @Nullable ResponseDefinitionBuilder labelAnswer;
    volatile @Nullable ResponseDefinitionBuilder cancelAnswer;
    volatile String rates = "{}";
    volatile String fees = "{}";
    volatile Function<String, String> tracking = number -> refusal("02039999", "运单不存在");

    public YunExpressServer() {
        on("POST", "/openapi/oauth2/token")
                .header("Content-Type", "(?i)application/json;charset=utf-8")
                .body(YunExpressServer.class, "token-request.schema.json")
                .answers(this::token);
        called("POST", "/v1/order/package/create", this::create)
                .body(YunExpressServer.class, "create-request.schema.json");
        called("POST", "/v1/order/cancel", this::cancel).body(YunExpressServer.class, "cancel-request.schema.json");
        called("GET", "/v1/order/info/get", this::info);
        called("GET", "/v1/order/label/get", this::label);
        called("GET", "/v1/track-service/info/get", call -> json(200, tracking.apply(call.query("order_number"))));
        called("GET", "/v1/price-trial/get", call -> json(200, rates));
        called("GET", "/v1/order/fee-details/get", call -> json(200, fees));
        on("GET", "/label/(.*)")
                .header("token", "null")
                .header("sign", "null")
                .answers(call -> status(200).withBody(LABELS.get("PDF")));
    }

    /** As new, but for the numbers it gave out. */
    @Override
    protected void reset() {
        expired = 0;
        sale = UnaryOperator.identity();
        orderAnswer = null;
        infoAnswer = null;
        labelAnswer = null;
        cancelAnswer = null;
        rates = "{}";
        fees = "{}";
        tracking = number -> refusal("02039999", "运单不存在");
    }

    /** The warehouse has it. */
    void received(String waybill) {
        byWaybill.get(waybill).status = "B";
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    static String refusal(String code, String words) {
        return "{\"t\":1764064800,\"success\":false,\"code\":\"" + code + "\",\"msg\":\"" + words
                + "\",\"result\":null}";
    }

    static String result(String json) {
        return "{\"t\":\"1764064800000\",\"success\":true,\"code\":\"00000000\",\"msg\":\"处理成功\",\"result\":" + json
                + "}";
    }

    static String base64(String format) {
        return Base64.getEncoder().encodeToString(LABELS.get(format));
    }

    private Operation called(String method, String path, Function<Call, ResponseDefinitionBuilder> how) {
        return on(method, path)
                .header("token", "token-\\d+")
                .header("date", "\\d{13}")
                .header("Accept-Language", "en-US")
                .answers(call -> {
                    int token = Integer.parseInt(call.header("token").substring("token-".length()));
                    if (token <= expired) {
                        return json(200, refusal("0200401002", "accessToken is invalid or expired"));
                    }
                    return call.header("sign").equals(sign(call))
                            ? how.apply(call)
                            : json(200, refusal("0200401101", "签名错误"));
                });
    }

    private static String sign(Call call) {
        String content = (call.text().isEmpty() ? "" : "body=" + call.text() + "&") + "date=" + call.header("date")
                + "&method=" + call.method() + "&uri=" + call.path().get(0);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private ResponseDefinitionBuilder token(Call call) {
        JsonNode asked = call.json();
        boolean known = asked.path("appId").asText().equals(ID)
                && asked.path("appSecret").asText().equals(SECRET)
                && asked.path("sourceKey").asText().equals(KEY);
        return known
                ? json(200, "{\"accessToken\":\"token-" + tokens.incrementAndGet() + "\",\"expiresIn\":7200}")
                : json(200, refusal("0200401001", "应用密钥错误"));
    }

    private ResponseDefinitionBuilder create(Call call) {
        JsonNode order = call.json();
        String ref = order.path("customer_order_number").asText();
        String name = order.at("/receiver/first_name").asText();
        if (name.startsWith("REFUSE")) {
            return json(200, refusal("02030010", "收件人邮编只能是字母、数字和空格"));
        }
        if (orderAnswer != null) {
            return orderAnswer;
        }
        if (byRef.containsKey(ref)) {
            return json(200, refusal("02039066", "客户订单号重复"));
        }
        Sold sold = new Sold(
                "YT" + numbers.incrementAndGet(), order, name.startsWith("LATER") ? "" : "LE" + numbers.get() + "CN");
        byRef.put(ref, sold);
        byWaybill.put(sold.waybill, sold);
        if (name.startsWith("LOSE") && lost.add(ref)) {
            return silence();
        }
        ObjectNode answer = JSON.createObjectNode().put("t", 1764064800).put("success", true);
        answer.putObject("result")
                .put("customer_order_number", ref)
                .put("waybill_number", sold.waybill)
                .put("tracking_number", sold.tracking)
                .put("remote_area", false)
                .put("track_type", "1");
        return json(200, sale.apply(answer).toString());
    }

    private @Nullable Sold sold(String number) {
        Sold known = byWaybill.get(number);
        return known == null ? byRef.get(number) : known;
    }

    private ResponseDefinitionBuilder info(Call call) {
        if (infoAnswer != null) {
            return infoAnswer;
        }
        Sold sold = sold(call.query("order_number"));
        if (sold == null) {
            return json(200, refusal("02039999", "The order does not exist."));
        }
        ObjectNode order = JSON.createObjectNode()
                .put("waybill_number", sold.waybill)
                .put(
                        "customer_order_number",
                        sold.order.path("customer_order_number").asText())
                .put("tracking_number", sold.tracking)
                .put("status", sold.status)
                .put("chargeWeight", 0);
        return json(200, result(order.toString()));
    }

    private ResponseDefinitionBuilder label(Call call) {
        Sold sold = sold(call.query("order_number"));
        if (labelAnswer != null) {
            return labelAnswer;
        }
        if (sold == null) {
            return json(200, refusal("02039999", "The order does not exist."));
        }
        boolean isLate = sold.order.at("/receiver/first_name").asText().startsWith("LATER") && sold.asked++ == 0;
        String format = sold.order.path("label_type").asText();
        ObjectNode label = JSON.createObjectNode()
                .put("order_number", sold.waybill)
                .put("url", "")
                .put("label_type", format)
                .put("label_string", isLate ? "" : base64(format));
        return json(200, result(label.toString()));
    }

    private ResponseDefinitionBuilder cancel(Call call) {
        if (cancelAnswer != null) {
            return cancelAnswer;
        }
        Sold sold = byWaybill.get(call.json().path("waybill_number").asText());
        if (sold == null) {
            return json(200, refusal("02039998", "运单不存在"));
        }
        if (!sold.status.equals("A")) {
            return json(200, refusal("02039997", "当前状态不允许撤销"));
        }
        sold.status = "E";
        return json(200, "{\"t\":1764064800,\"success\":true,\"code\":\"00000000\",\"msg\":\"处理成功\"}");
    }
}
