package io.waybill.carrier.dhl_parcel_de;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * DHL Parcel DE, played from its document: sells what it is asked for, prints it again, takes it back, and closes the day. The
 * consignee's first name line says what goes wrong: {@code REFUSE} all of it, {@code HALF} the second parcel, {@code LOSE} the answer.
 */
public final class PaketServer extends CarrierStub {
    public static final String USER = "user-valid";
    public static final String SECRET = "canary-paket-s3cr3t";
    public static final String KEY = "app-key";
    public static final String APP_SECRET = "canary-paket-app";
    static final String PDF =
            Base64.getEncoder().encodeToString(LabelImages.pdf(LabelImagesTest.picture("gif", 20), "4x6"));
    private static final String ZPL = "^XA^FO30,30^A0N,40^FDDHL PAKET^FS^XZ\n";

    private final Map<String, JsonNode> sold = new ConcurrentHashMap<>();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger(1000);

    /** What becomes of the answer to a purchase before it is sent. */
    volatile UnaryOperator<ObjectNode> sale = UnaryOperator.identity();
    /** Answers purchases, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder instead;

    volatile @Nullable ResponseDefinitionBuilder voidAnswer;
    volatile @Nullable ResponseDefinitionBuilder printAnswer;
    volatile @Nullable ResponseDefinitionBuilder closeAnswer;
    volatile @Nullable ResponseDefinitionBuilder paperAnswer;
    volatile ResponseDefinitionBuilder tracking;

    public PaketServer() {
        on("POST", "/parcel/de/account/auth/ropc/v1/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .answers(this::token);
        called("POST", "/parcel/de/shipping/v2/orders")
                .body(PaketServer.class, "order-request.schema.json")
                .answers(call -> authorized(call, instead == null ? order(call) : instead));
        called("GET", "/parcel/de/shipping/v2/orders").answers(call -> authorized(call, print(call)));
        called("DELETE", "/parcel/de/shipping/v2/orders").answers(call -> authorized(call, delete(call)));
        called("POST", "/parcel/de/shipping/v2/manifests")
                .body(PaketServer.class, "manifest-request.schema.json")
                .answers(call -> authorized(call, close(call)));
        called("GET", "/parcel/de/shipping/v2/manifests")
                .answers(call -> authorized(
                        call,
                        paperAnswer == null
                                ? json(200, "{\"manifest\":[{\"b64\":\"" + PDF + "\",\"fileFormat\":\"PDF\"}]}")
                                : paperAnswer));
        on("GET", "/label/(.*)")
                .header("Authorization", "null")
                .answers(call -> status(200).withBody(Base64.getDecoder().decode(PDF)));
        on("GET", "/slow/(.*)").answers(call -> status(200).withFixedDelay(2_000));
        on("GET", "/parcel/de/tracking/v0/shipments")
                .header("dhl-api-key", KEY)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((KEY + ":" + APP_SECRET).getBytes(UTF_8)))
                .answers(call -> tracking);
    }

    private Operation called(String method, String path) {
        return on(method, path).header("Accept-Language", "en-US").header("Accept", "application/json");
    }

    /** As new, but for the numbers it gave out. */
    @Override
    protected void reset() {
        sale = UnaryOperator.identity();
        instead = null;
        voidAnswer = null;
        printAnswer = null;
        closeAnswer = null;
        paperAnswer = null;
        tracking = null;
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    private ResponseDefinitionBuilder token(Call call) {
        boolean known = call.text().contains("grant_type=password")
                && call.text().contains("username=" + USER)
                && call.text().contains("password=" + SECRET)
                && call.text().contains("client_id=" + KEY)
                && call.text().contains("client_secret=" + APP_SECRET);
        return known
                ? json(200, "{\"access_token\":\"T1\",\"token_type\":\"Bearer\",\"expires_in\":1799}")
                : json(
                        401,
                        "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid resource owner credentials\"}");
    }

    /** What it answers to the daily close, to the end of the test. */
    public void closes(int status, String body) {
        closeAnswer = json(status, body);
    }

    private static ResponseDefinitionBuilder authorized(Call call, ResponseDefinitionBuilder answer) {
        String basic = "Basic " + Base64.getEncoder().encodeToString((USER + ":" + SECRET).getBytes(UTF_8));
        boolean byToken = call.header("Authorization").equals("Bearer T1");
        boolean byKey = call.header("Authorization").equals(basic)
                && call.header("dhl-api-key").equals(KEY);
        return byToken || byKey
                ? answer
                : json(
                        401,
                        "{\"title\":\"Unauthorized\",\"statusCode\":401,\"detail\":\"Unauthorized for given resource.\"}");
    }

    private ResponseDefinitionBuilder order(Call call) {
        JsonNode asked = call.json().path("shipments");
        String name = asked.at("/0/consignee/name1").asText();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < asked.size(); i++) {
            boolean refused = name.startsWith("REFUSE") || (name.startsWith("HALF") && i == 1);
            items.add(
                    refused
                            ? refused("consignee.postalCode", "The postal code cannot be encoded.")
                            : sold(call, asked.get(i)));
        }
        if (name.startsWith("LOSE")) {
            return silence();
        }
        boolean several = asked.size() > 1;
        answer.putObject("status").put("title", "ok").put("statusCode", name.startsWith("REFUSE") ? 400 : 200);
        return json(
                name.startsWith("REFUSE") ? 400 : several ? 207 : 200,
                sale.apply(answer).toString());
    }

    static ObjectNode refused(String property, String words) {
        ObjectNode item = JSON.createObjectNode();
        item.putObject("sstatus")
                .put("title", "Bad Request")
                .put("statusCode", 400)
                .put("status", 400);
        item.putArray("validationMessages")
                .addObject()
                .put("property", property)
                .put("validationMessage", words)
                .put("validationState", "Error");
        return item;
    }

    private ObjectNode sold(Call call, JsonNode shipment) {
        String number = "0034043433330004" + numbers.incrementAndGet();
        sold.put(number, shipment);
        ObjectNode item = printed(call, number, shipment);
        item.put("routingCode", "40327653113+99000943058020");
        if (shipment.at("/services/dhlRetoure").isObject()) {
            item.put("returnShipmentNo", "99990000" + number.substring(16));
        }
        return item;
    }

    private static ObjectNode printed(Call call, String number, JsonNode shipment) {
        ObjectNode item = JSON.createObjectNode().put("shipmentNo", number);
        item.putObject("sstatus").put("title", "OK").put("statusCode", 200).put("status", 200);
        item.set("label", document(call));
        if (shipment.at("/services/dhlRetoure").isObject()) {
            item.set("returnLabel", document(call));
        }
        if (shipment.has("customs")) {
            item.putObject("customsDoc").put("b64", PDF).put("fileFormat", "PDF");
        }
        return item;
    }

    private static ObjectNode document(Call call) {
        boolean zpl = call.query("docFormat").equals("ZPL2");
        ObjectNode document = JSON.createObjectNode().put("fileFormat", zpl ? "ZPL2" : "PDF");
        return zpl ? document.put("zpl2", ZPL) : document.put("b64", PDF);
    }

    private static List<String> asked(Call call) {
        return call.request().queryParameter("shipment").values();
    }

    private ResponseDefinitionBuilder print(Call call) {
        if (printAnswer != null) {
            return printAnswer;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        asked(call).forEach(number -> items.add(printed(call, number, sold.get(number))));
        return json(200, answer.toString());
    }

    private ResponseDefinitionBuilder delete(Call call) {
        if (voidAnswer != null) {
            return voidAnswer;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        for (String number : asked(call)) {
            ObjectNode item = items.addObject().put("shipmentNo", number);
            boolean done = call.query("profile").equals("STANDARD_GRUPPENPROFIL")
                    && sold.containsKey(number)
                    && deleted.add(number);
            item.putObject("sstatus")
                    .put("title", done ? "OK" : "Bad Request")
                    .put("statusCode", done ? 200 : 400)
                    .put("detail", done ? "deleted" : "The shipment does not exist or was already deleted.");
        }
        return json(asked(call).size() > 1 ? 207 : 200, answer.toString());
    }

    private ResponseDefinitionBuilder close(Call call) {
        if (closeAnswer != null) {
            return closeAnswer;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        call.json().path("shipmentNumbers").forEach(number -> {
            boolean known = sold.containsKey(number.asText());
            items.addObject()
                    .put("shipmentNo", number.asText())
                    .putObject("sstatus")
                    .put("title", known ? "OK" : "Bad Request")
                    .put("statusCode", known ? 200 : 400)
                    .put("detail", known ? "The shipment was closed." : "Unknown shipment number.");
        });
        return json(207, answer.toString());
    }
}
