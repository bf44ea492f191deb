package io.waybill.carrier.dhl_express;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * DHL Express, played from its document: sells what it is asked for, remembers it by its references, and can be told to
 * answer in the odd ways it is known for. The name of the receiver says what goes wrong: {@code REFUSE}, {@code LOSE}.
 */
public final class ExpressServer extends CarrierStub {
    public static final String USER = "acmeEX";
    public static final String SECRET = "canary-dhl-s3cr3t";
    static final byte[] PDF = LabelImages.pdf(LabelImagesTest.picture("gif", 20), "4x6");
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString((USER + ":" + SECRET).getBytes(UTF_8));
    private static final byte[] ZPL = "^XA^FO30,30^A0N,40^FDEXPRESS^FS^XZ".getBytes(US_ASCII);
    private static final byte[] EPL = "\nN\nq812\nA30,30,0,4,1,1,N,\"EXPRESS\"\nP1\n".getBytes(US_ASCII);

    private final Map<String, ObjectNode> sold = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(1000);

    /** What becomes of the answer to a purchase before it is sent. */
    volatile UnaryOperator<ObjectNode> sale = UnaryOperator.identity();
    /** Answers everything, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder instead;
    /** The views of tracking that know of a purchase by its reference. */
    volatile String knownIn = "all-checkpoints";

    volatile String rates = "{}";
    volatile ResponseDefinitionBuilder tracking;
    volatile Map<String, ResponseDefinitionBuilder> images = Map.of();

    public ExpressServer() {
        called("POST", "/shipments")
                .body(ExpressServer.class, "ship-request.schema.json")
                .answers(call -> authorized(call, () -> ship(call)));
        called("POST", "/rates")
                .body(ExpressServer.class, "rate-request.schema.json")
                .answers(call -> authorized(call, () -> json(200, rates)));
        called("GET", "/tracking").answers(call -> authorized(call, () -> track(call)));
        called("GET", "/shipments/(\\d{10})/get-image")
                .answers(call -> authorized(
                        call,
                        () -> images.getOrDefault(
                                call.query("pickupYearAndMonth"),
                                error(404, "1504: No document images found for the provided search criteria."))));
    }

    /** As new, but for the numbers it gave out. */
    @Override
    protected void reset() {
        sale = UnaryOperator.identity();
        instead = null;
        knownIn = "all-checkpoints";
        rates = "{}";
        tracking = null;
        images = Map.of();
    }

    private Operation called(String method, String path) {
        return on(method, path)
                .header("x-version", "3\\.1\\.0")
                .header("Message-Reference", "[0-9a-f-]{36}")
                .header("Accept", "application/json");
    }

    static ResponseDefinitionBuilder error(int status, String detail) {
        ObjectNode error = JSON.createObjectNode();
        error.put("instance", "/expressapi/shipments")
                .put("detail", detail)
                .put("title", "Bad request")
                .put("message", "Bad request")
                .put("status", String.valueOf(status));
        return json(status, error.toString());
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    private interface Answering {
        ResponseDefinitionBuilder answer();
    }

    private ResponseDefinitionBuilder authorized(Call call, Answering answering) {
        if (!call.header("Authorization").equals(BASIC)) {
            return json(
                    401,
                    "{\"instance\":\"/expressapi\",\"detail\":\"Unauthorized for given resource.\",\"title\":\"Unauthorized\","
                            + "\"message\":\"Invalid Credentials\",\"status\":\"401\"}");
        }
        return instead == null ? answering.answer() : instead;
    }

    private ResponseDefinitionBuilder ship(Call call) {
        JsonNode asked = call.json();
        String name = asked.at("/customerDetails/receiverDetails/contactInformation/fullName")
                .asText();
        if (name.startsWith("REFUSE")) {
            return error(
                    400,
                    "3006: The postal code at #/customerDetails/receiverDetails/postalAddress/postalCode is invalid.");
        }
        ObjectNode answer = sold(asked);
        asked.path("customerReferences")
                .forEach(reference -> sold.put(reference.path("value").asText(), answer));
        return name.startsWith("LOSE")
                ? silence()
                : json(201, sale.apply(answer.deepCopy()).toString());
    }

    /** 49.90 EUR billed: 40.00 for the product, 7.90 fuel, 2.00 insurance. */
    private ObjectNode sold(JsonNode asked) {
        int number = numbers.incrementAndGet();
        ObjectNode answer = JSON.createObjectNode().put("shipmentTrackingNumber", "123456" + number);
        ArrayNode packages = answer.putArray("packages");
        ArrayNode documents = answer.putArray("documents");
        JsonNode output = asked.path("outputImageProperties");
        String format = output.path("encodingFormat").asText();
        int parcels = asked.at("/content/packages").size();
        for (int i = 1; i <= parcels; i++) {
            packages.addObject().put("referenceNumber", i).put("trackingNumber", "JD01460000" + number + "00" + i);
            ObjectNode label = document(documents, "label", format);
            if (asked.has("getAdditionalInformation")) {
                label.put("packageReferenceNumber", i);
            }
        }
        output.path("imageOptions").forEach(option -> {
            if (option.path("isRequested").asBoolean()) {
                String type = option.path("typeCode").asText();
                document(documents, type, type.equals("invoice") ? "pdf" : format);
            }
        });
        if (asked.path("getRateEstimates").asBoolean()) {
            answer.set("shipmentCharges", charges());
        }
        return answer;
    }

    static ArrayNode charges() {
        ArrayNode charges = JSON.createArrayNode();
        ObjectNode own = charges.addObject()
                .put("currencyType", "BASEC")
                .put("priceCurrency", "USD")
                .put("price", 55.5);
        own.putArray("serviceBreakdown")
                .addObject()
                .put("name", "EXPRESS WORLDWIDE")
                .put("price", 55.5);
        ObjectNode billed = charges.addObject()
                .put("currencyType", "BILLC")
                .put("priceCurrency", "EUR")
                .put("price", 49.90);
        ArrayNode parts = billed.putArray("serviceBreakdown");
        parts.addObject().put("name", "EXPRESS WORLDWIDE").put("price", 40);
        parts.addObject().put("name", "FUEL SURCHARGE").put("price", "7.90").put("typeCode", "FF");
        parts.addObject().put("name", "SHIPMENT INSURANCE").put("price", "2.00").put("typeCode", "II");
        return charges;
    }

    static ObjectNode document(ArrayNode documents, String type, String format) {
        byte[] bytes = switch (format) {
            case "zpl" -> ZPL;
            case "epl" -> EPL;
            default -> PDF;
        };
        return documents
                .addObject()
                .put("imageFormat", format.toUpperCase(java.util.Locale.ROOT))
                .put("content", Base64.getEncoder().encodeToString(bytes))
                .put("typeCode", type);
    }

    private ResponseDefinitionBuilder track(Call call) {
        if (tracking != null) {
            return tracking;
        }
        ObjectNode found =
                call.query("trackingView").equals(knownIn) ? sold.get(call.query("shipmentReference")) : null;
        if (found == null) {
            return error(404, "No Shipments Found for ReferenceID | " + call.query("shipmentReference"));
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode shipment = answer.putArray("shipments")
                .addObject()
                .put(
                        "shipmentTrackingNumber",
                        found.path("shipmentTrackingNumber").asText())
                .put("status", "Success");
        shipment.putArray("shipperReferences")
                .addObject()
                .put("value", call.query("shipmentReference"))
                .put("typeCode", "CU");
        ArrayNode pieces = shipment.putArray("pieces");
        List<JsonNode> packages = new ArrayList<>();
        found.path("packages").forEach(packages::add);
        packages.forEach(one -> pieces.addObject()
                .put("number", one.path("referenceNumber").asInt())
                .put("trackingNumber", one.path("trackingNumber").asText()));
        return json(200, answer.toString());
    }
}
