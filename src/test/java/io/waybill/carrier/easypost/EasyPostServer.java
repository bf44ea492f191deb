package io.waybill.carrier.easypost;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * EasyPost, played from its documents: makes shipments for nothing, sells each once, and can be told to answer in the odd ways it is
 * known for. The name of the recipient says what goes wrong at the purchase: {@code REFUSE}, {@code LOSE} (once).
 */
public final class EasyPostServer extends CarrierStub {
    public static final String KEY = "EZTKcanary-easypost";
    private static final Map<String, byte[]> LABELS = Map.of(
            "PDF", LabelImages.pdf(LabelImagesTest.picture("png", 20), "4x6"),
            "PNG", LabelImagesTest.picture("png", 20),
            "ZPL", "^XA^PW800^FO30,30^FDEASYPOST^FS^XZ".getBytes(US_ASCII),
            "EPL2", "\nN\nq812\nA30,30,0,4,1,1,N,\"EASYPOST\"\nP1\n".getBytes(US_ASCII));
    private static final Map<String, String> TYPES =
            Map.of("PDF", "application/pdf", "PNG", "image/png", "ZPL", "application/zpl", "EPL2", "application/epl2");

    private final Map<String, ObjectNode> byId = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> byReference = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();

    /** What becomes of a shipment that was just made. */
    volatile Consumer<ObjectNode> draft = shipment -> {};

    /** What becomes of a shipment whose prices are asked for once more. */
    volatile Consumer<ObjectNode> rerated = shipment -> {};

    volatile @Nullable ResponseDefinitionBuilder createAnswer;
    volatile @Nullable ResponseDefinitionBuilder buyAnswer;
    volatile @Nullable ResponseDefinitionBuilder readAnswer;
    volatile @Nullable ResponseDefinitionBuilder refundAnswer;
    volatile Function<String, String> trackers = number -> "{\"trackers\":[]}";
    volatile String newTracker = "{}";

    public EasyPostServer() {
        called("POST", "/v2/shipments", this::create).body(EasyPostServer.class, "create-request.schema.json");
        called("POST", "/v2/shipments/([^/]+)/buy", this::buy).body(EasyPostServer.class, "buy-request.schema.json");
        called("POST", "/v2/shipments/([^/]+)/rerate", this::rerate);
        called("POST", "/v2/shipments/([^/]+)/refund", this::refund);
        called("GET", "/v2/shipments/([^/]+)/label", this::convert);
        called("GET", "/v2/shipments/([^/]+)", this::read);
        called("GET", "/v2/trackers", call -> json(200, trackers.apply(call.query("tracking_code"))));
        called("POST", "/v2/trackers", call -> json(201, newTracker))
                .body(EasyPostServer.class, "tracker-request.schema.json");
        on("GET", "/file/(.*)")
                .header("Authorization", "null")
                .answers(call -> status(200).withBody(LABELS.get(call.path().get(1))));
    }

    /** As new, but for what it sold. */
    @Override
    protected void reset() {
        draft = shipment -> {};
        rerated = shipment -> {};
        createAnswer = null;
        buyAnswer = null;
        readAnswer = null;
        refundAnswer = null;
        trackers = number -> "{\"trackers\":[]}";
        newTracker = "{}";
    }

    ObjectNode shipment(String id) {
        return byId.get(id);
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    static ResponseDefinitionBuilder error(int status, String code, String words) {
        return json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + words + "\",\"errors\":[]}}");
    }

    private Operation called(String method, String path, Function<Call, ResponseDefinitionBuilder> how) {
        return on(method, path)
                .header("Authorization", "Basic .+")
                .answers(call -> call.header("Authorization").equals(Authorization.basicHeader(KEY, ""))
                        ? how.apply(call)
                        : error(401, "UNAUTHORIZED", "The API key is not valid."));
    }

    private ResponseDefinitionBuilder create(Call call) {
        if (createAnswer != null) {
            return createAnswer;
        }
        int number = numbers.incrementAndGet();
        String id = "shp_" + number;
        ObjectNode shipment = call.json().path("shipment").deepCopy();
        shipment.remove("carrier_accounts");
        shipment.put("id", id).put("object", "Shipment").put("mode", "test").putNull("refund_status");
        shipment.putNull("postage_label").putNull("tracking_code").putNull("selected_rate");
        shipment.putArray("fees");
        ArrayNode rates = shipment.putArray("rates");
        rates.add(rate(number, id, "USPS", "Express", "33.10", "33.10"));
        rates.add(rate(number, id, "USPS", "GroundAdvantage", "6.03", "6.40"));
        rates.add(rate(number, id, "USPS", "GroundAdvantage", "5.93", "6.40").put("id", "rate_" + number + "_best"));
        shipment.putArray("messages")
                .addObject()
                .put("carrier", "UPS")
                .put("type", "rate_error")
                .put("message", "Invalid Access License number");
        draft.accept(shipment);
        byId.put(id, shipment);
        String reference = shipment.path("reference").asText("");
        if (!reference.isEmpty()) {
            byReference.put(reference, shipment);
        }
        return json(201, shipment.toString());
    }

    static ObjectNode rate(int number, String shipment, String carrier, String service, String rate, String list) {
        return JSON.createObjectNode()
                .put("id", "rate_" + number + "_" + service)
                .put("shipment_id", shipment)
                .put("carrier", carrier)
                .put("service", service)
                .put("rate", rate)
                .put("currency", "USD")
                .put("list_rate", list)
                .put("list_currency", "USD")
                .putNull("delivery_date")
                .putNull("delivery_days")
                .put("est_delivery_days", 3.0);
    }

    private @Nullable ObjectNode known(String name) {
        return byId.containsKey(name) ? byId.get(name) : byReference.get(name);
    }

    private ResponseDefinitionBuilder read(Call call) {
        if (readAnswer != null) {
            return readAnswer;
        }
        ObjectNode shipment = known(call.path().get(1));
        return shipment == null
                ? error(404, "NOT_FOUND", "The requested resource could not be found.")
                : json(200, shipment.toString());
    }

    private ResponseDefinitionBuilder rerate(Call call) {
        ObjectNode shipment = byId.get(call.path().get(1));
        if (shipment == null) {
            return error(404, "NOT_FOUND", "The requested resource could not be found.");
        }
        rerated.accept(shipment);
        ObjectNode answer = JSON.createObjectNode();
        answer.set("rates", shipment.path("rates"));
        return json(200, answer.toString());
    }

    private ResponseDefinitionBuilder buy(Call call) {
        ObjectNode shipment = byId.get(call.path().get(1));
        if (buyAnswer != null) {
            return buyAnswer;
        }
        String name = shipment.at("/to_address/name").asText();
        if (name.startsWith("REFUSE")) {
            return json(
                    422,
                    "{\"error\":{\"code\":\"SHIPMENT.POSTAGE.FAILURE\",\"message\":\"Unable to buy postage\",\"errors\":["
                            + "{\"field\":\"to_address.zip\",\"message\":\"The ZIP code cannot be used\",\"suggestion\":null}]}}");
        }
        if (EasyPostSale.isBought(new io.waybill.carrier.Reply(shipment))) {
            return error(422, "SHIPMENT.POSTAGE.EXISTS", "Postage already exists for this shipment.");
        }
        sell(
                shipment,
                call.json().path("insurance").asText(""),
                call.json().at("/rate/id").asText());
        return name.startsWith("LOSE") && lost.add(shipment.path("id").asText())
                ? silence()
                : json(200, shipment.toString());
    }

    private void sell(ObjectNode shipment, String insurance, String rate) {
        shipment.path("rates").forEach(one -> {
            if (one.path("id").asText().equals(rate)) {
                shipment.set("selected_rate", one);
            }
        });
        String format = shipment.at("/options/label_format").asText("PNG");
        shipment.put("tracking_code", "94001" + shipment.path("id").asText().substring(4));
        ObjectNode label = shipment.putObject("postage_label").put("object", "PostageLabel");
        label.put("label_url", url() + "/file/" + format).put("label_file_type", TYPES.get(format));
        label.putNull("label_pdf_url").putNull("label_zpl_url").putNull("label_epl2_url");
        ArrayNode fees = shipment.putArray("fees");
        fees.add(fee("LabelFee", "0.01000"));
        fees.add(fee("PostageFee", shipment.at("/selected_rate/rate").asText() + "000"));
        if (!insurance.isEmpty()) {
            fees.add(fee("InsuranceFee", "0.50"));
        }
    }

    static ObjectNode fee(String type, String amount) {
        return JSON.createObjectNode()
                .put("object", "Fee")
                .put("type", type)
                .put("amount", amount)
                .put("charged", true)
                .put("refunded", false);
    }

    private ResponseDefinitionBuilder convert(Call call) {
        ObjectNode shipment = byId.get(call.path().get(1));
        String format = call.query("file_format");
        if (!LABELS.containsKey(format)) {
            return error(422, "SHIPMENT.LABEL.FORMAT", "Cannot convert to " + format);
        }
        ((ObjectNode) shipment.path("postage_label"))
                .put("label_" + format.toLowerCase(java.util.Locale.ROOT) + "_url", url() + "/file/" + format);
        return json(200, shipment.toString());
    }

    private ResponseDefinitionBuilder refund(Call call) {
        if (refundAnswer != null) {
            return refundAnswer;
        }
        ObjectNode shipment = known(call.path().get(1));
        if (shipment == null) {
            return error(404, "NOT_FOUND", "The requested resource could not be found.");
        }
        return json(200, shipment.put("refund_status", "submitted").toString());
    }
}
