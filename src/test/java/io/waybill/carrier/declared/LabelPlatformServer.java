package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A label platform as {@code carriers/label-platform} describes it: sells one customer order number once, at once or later,
 * and can be told to be odd. The name of the recipient says what goes wrong: {@code REFUSE}, {@code LOSE}, {@code LATER}.
 */
public final class LabelPlatformServer extends CarrierStub {
    public static final String KEY = "acme-key";
    public static final String SECRET = "canary-platform-s3cr3t";
    private static final byte[] PDF = LabelImages.pdf(LabelImagesTest.picture("png", 20), "4x6");
    private static final byte[] ZPL = "^XA^FO30,30^A0N,40^FDGROUND^FS^XZ".getBytes(US_ASCII);

    private final Map<String, ObjectNode> sold = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(1000);

    /** What becomes of an order before it is told. */
    volatile UnaryOperator<ObjectNode> order = UnaryOperator.identity();
    /** What is answered to a cancel, when it is not empty. */
    volatile String cancelled = "";
    /** Every event's code. */
    volatile String code = "TRANSIT";
    /** Whether labels are told by their address instead of in bytes. */
    volatile boolean addressed;

    volatile String balance = "182.55";
    /** In how many days the economy channel says that it delivers; empty where it takes no such parcel. */
    volatile String economyDays = "";
    /** As the platform writes it. */
    volatile String currency = "USD";
    /** The pages of any day's fees; below the first nothing more. */
    volatile List<String> billed = List.of();

    /** Whether labels that come later are still in the making. */
    public volatile boolean pending;

    public LabelPlatformServer() {
        called("POST", "/v1/quotes")
                .body(LabelPlatformServer.class, "quote.schema.json")
                .answers(call -> signed(call, asked -> ok(quotes())));
        called("POST", "/v1/orders")
                .body(LabelPlatformServer.class, "order.schema.json")
                .answers(call -> signed(call, this::create));
        called("GET", "/v1/orders").answers(call -> signed(call, this::find));
        called("GET", "/v1/orders/([A-Z0-9]+)/label").answers(call -> signed(call, this::label));
        called("POST", "/v1/orders/([A-Z0-9]+)/cancel").answers(call -> signed(call, this::cancel));
        called("GET", "/v1/tracking").answers(call -> signed(call, this::track));
        called("GET", "/v1/orders/([A-Z0-9]+)/charges").answers(call -> signed(call, this::charges));
        called("GET", "/v1/charges").answers(call -> signed(call, this::billed));
        called("GET", "/v1/balance")
                .answers(call -> signed(
                        call,
                        asked -> ok(JSON.createObjectNode()
                                .put("available", balance)
                                .put("currency", currency))));
        called("GET", "/v1/channels").answers(call -> signed(call, asked -> ok(channels())));
        on("GET", "/files/([A-Z0-9]+)\\.(pdf|zpl)")
                .answers(call -> com.github.tomakehurst.wiremock.client.WireMock.aResponse()
                        .withBody(call.path().get(2).equals("pdf") ? PDF : ZPL));
    }

    @Override
    protected void reset() {
        order = UnaryOperator.identity();
        cancelled = "";
        code = "TRANSIT";
        addressed = false;
        economyDays = "";
        currency = "USD";
        balance = "182.55";
        billed = List.of();
        pending = false;
    }

    /** How many orders were sold. */
    public int sold() {
        return sold.size();
    }

    /** What is pushed when the label of an order is ready. */
    public String label(String number) {
        ObjectNode made = sold.values().stream()
                .filter(one -> one.path("orderNo").asText().equals(number))
                .findFirst()
                .orElseThrow();
        ObjectNode pushed = JSON.createObjectNode().put("type", "label");
        pushed.set("order", told(made, true));
        return pushed.toString();
    }

    private Operation called(String method, String path) {
        return on(method, path)
                .header("X-App-Key", KEY)
                .header("X-Timestamp", "\\d{13}")
                .header("X-Sign", "[0-9a-f]{64}");
    }

    private ResponseDefinitionBuilder billed(Call call) {
        int page = Integer.parseInt(call.query("page"));
        String fees = page > billed.size() ? "" : billed.get(page - 1);
        return json(
                200,
                "{\"code\":0,\"message\":\"ok\",\"data\":{\"date\":\"" + call.query("date")
                        + "\",\"currency\":\"usd\",\"fees\":[" + fees + "]}}");
    }

    private interface Answering {
        ResponseDefinitionBuilder answer(Call call);
    }

    private ResponseDefinitionBuilder signed(Call call, Answering then) {
        String text =
                call.method() + "\n" + call.path().get(0) + "\n" + call.header("X-Timestamp") + "\n" + call.text();
        return call.header("X-Sign").equals(hmac(text))
                ? then.answer(call)
                : error(401, 40101, "the signature does not match", "");
    }

    public static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static ResponseDefinitionBuilder ok(JsonNode data) {
        ObjectNode answer = JSON.createObjectNode().put("code", 0).put("message", "ok");
        answer.set("data", data);
        return json(200, answer.toString());
    }

    static ResponseDefinitionBuilder error(int status, int code, String words, String field) {
        return json(
                status,
                JSON.createObjectNode()
                        .put("code", code)
                        .put("message", words)
                        .put("field", field)
                        .toString());
    }

    private ResponseDefinitionBuilder create(Call call) {
        JsonNode asked = call.json();
        String name = asked.path("recipient").path("name").asText();
        String ours = asked.path("customerOrderNo").asText();
        if (name.startsWith("REFUSE")) {
            return error(200, 40001, "zip 00000 is not in TX", "recipient.zip");
        }
        if (sold.containsKey(ours)) {
            return error(200, 40901, "customerOrderNo exists", "customerOrderNo");
        }
        ObjectNode made = JSON.createObjectNode()
                .put("orderNo", "LP" + numbers.incrementAndGet())
                .put("customerOrderNo", ours);
        made.set("asked", asked);
        sold.put(ours, made);
        if (name.startsWith("LOSE")) {
            return silence();
        }
        return ok(order.apply(told(made, !name.startsWith("LATER"))));
    }

    private ObjectNode told(ObjectNode made, boolean ready) {
        ObjectNode told = JSON.createObjectNode();
        told.set("orderNo", made.get("orderNo"));
        told.set("customerOrderNo", made.get("customerOrderNo"));
        told.put("status", made.path("cancelled").asBoolean() ? "CANCELLED" : ready ? "READY" : "PROCESSING");
        told.put("labelStatus", ready ? 0 : 1).put("reason", ready ? "" : "waiting for the carrier");
        ArrayNode packages = told.putArray("packages");
        String id = made.path("orderNo").asText();
        for (JsonNode one : made.path("asked").path("packages")) {
            ObjectNode parcel = packages.addObject().put("seq", one.path("seq").asInt());
            parcel.put(
                    "trackingNo",
                    ready ? "9400" + id.substring(2) + one.path("seq").asInt() : "");
            if (ready) {
                label(parcel, id, made.path("asked").path("labelFormat").asText());
            }
        }
        if (ready) {
            told.put("providerNo", "PX" + id).put("totalFee", "9.42").put("currency", currency);
            told.set("feeDetails", fees());
        }
        return told;
    }

    private void label(ObjectNode parcel, String id, String format) {
        if (addressed) {
            parcel.put("labelUrl", url() + "/files/" + id + "." + format.toLowerCase(java.util.Locale.ROOT));
        } else {
            parcel.put("labelData", Base64.getEncoder().encodeToString(format.equals("PDF") ? PDF : ZPL));
        }
    }

    private static ArrayNode fees() {
        ArrayNode fees = JSON.createArrayNode();
        fees.addObject().put("feeCode", "FREIGHT").put("feeName", "Freight").put("amount", "8.20");
        fees.addObject().put("feeCode", "FUEL").put("feeName", "Fuel").put("amount", "0.90");
        return fees;
    }

    private ResponseDefinitionBuilder find(Call call) {
        ObjectNode made = sold.get(call.query("customerOrderNo"));
        return made == null ? error(404, 40401, "no such order", "") : ok(told(made, true));
    }

    private ObjectNode byNumber(Call call) {
        return sold.values().stream()
                .filter(one -> one.path("orderNo").asText().equals(call.path().get(1)))
                .findFirst()
                .orElseThrow();
    }

    private ResponseDefinitionBuilder label(Call call) {
        ObjectNode made = byNumber(call).deepCopy();
        ((ObjectNode) made.get("asked")).put("labelFormat", call.query("format"));
        return ok(order.apply(told(made, !pending)));
    }

    private ResponseDefinitionBuilder cancel(Call call) {
        ObjectNode made = byNumber(call);
        if (!cancelled.isEmpty()) {
            return json(200, cancelled);
        }
        if (made.path("cancelled").asBoolean()) {
            return error(200, 40902, "cancelled before", "");
        }
        made.put("cancelled", true);
        return ok(JSON.createObjectNode());
    }

    private ResponseDefinitionBuilder track(Call call) {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode events = data.putArray("events");
        for (String number : call.query("numbers").split(",")) {
            events.addObject()
                    .put("trackingNo", number)
                    .put("code", code)
                    .put("description", "Left the facility")
                    .put("city", "Dallas")
                    .put("state", "TX")
                    .put("time", LocalDate.now(ZoneOffset.UTC).minusDays(1) + "T08:30:00-06:00");
        }
        return ok(data);
    }

    private ResponseDefinitionBuilder charges(Call call) {
        ObjectNode data = JSON.createObjectNode().put("currency", currency);
        ArrayNode fees = fees();
        fees.addObject()
                .put("feeCode", "ADJUST")
                .put("feeName", "Weight corrected")
                .put("amount", "2.30");
        data.set("feeDetails", fees);
        return ok(data);
    }

    private static ObjectNode channels() {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode channels = data.putArray("channels");
        channels.addObject().put("channelCode", "US-GROUND").put("channelName", "Ground");
        channels.addObject().put("channelCode", "US-NIGHT").put("channelName", "Over night");
        return data;
    }

    private ObjectNode quotes() {
        ObjectNode data = JSON.createObjectNode();
        ArrayNode quotes = data.putArray("quotes");
        quotes.addObject()
                .put("channelCode", "US-GROUND")
                .put("totalFee", "9.42")
                .put("currency", currency)
                .put("days", 4)
                .set("feeDetails", fees());
        ObjectNode economy = quotes.addObject().put("channelCode", "US-ECO");
        if (economyDays.isEmpty()) {
            economy.put("unavailable", "too heavy for this channel");
        } else {
            economy.put("totalFee", "5.10").put("currency", currency).put("days", economyDays);
        }
        return data;
    }
}
