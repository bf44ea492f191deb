package io.waybill.carrier.usps;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * USPS, played from its documents: sells what it is asked for once a key, remembers it by key and number, prints it three
 * times again, and can be told to answer in the odd ways it is known for. The recipient's first name says what goes wrong:
 * {@code REFUSE}, {@code LOSE}.
 */
public final class UspsServer extends CarrierStub {
    public static final String ID = "hub-client";
    public static final String SECRET = "canary-usps-s3cr3t";
    private static final String KEY = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String IN_ONE = "application/vnd\\.usps\\.labels\\+json";
    private static final byte[] PNG = LabelImagesTest.picture("png", 20);
    private static final byte[] PDF = LabelImages.pdf(PNG, "4x6");
    private static final byte[] ZPL = "^XA^FO30,30^A0N,40^FDUSPS GROUND^FS^XZ".getBytes(US_ASCII);
    private static final byte[] EPL = "\nN\nq1200\nA30,30,0,4,1,1,N,\"USPS GROUND\"\nP1\n".getBytes(US_ASCII);

    private final Map<String, Sold> byKey = new ConcurrentHashMap<>();
    private final Map<String, Sold> byNumber = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger(100);

    /** Bearer tokens that are refused from now on. */
    final Set<String> endedTokens = ConcurrentHashMap.newKeySet();

    /** What becomes of what is told of a sold label. */
    volatile UnaryOperator<ObjectNode> metadata = UnaryOperator.identity();
    /** Answers everything but tokens, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder instead;
    /** How labels are answered. */
    volatile Form form = Form.JSON;
    /** What becomes of an answer in parts. */
    volatile UnaryOperator<String> parts = UnaryOperator.identity();

    volatile ResponseDefinitionBuilder voidAnswer;
    volatile ResponseDefinitionBuilder reprintAnswer;
    volatile ResponseDefinitionBuilder reprintAbroad;
    volatile ResponseDefinitionBuilder payment;
    volatile ResponseDefinitionBuilder scanForm;
    volatile ResponseDefinitionBuilder tracking;
    volatile String options = "{}";

    enum Form {
        JSON,
        /** With base 64 nobody declared, and accents in one byte each. */
        PARTS,
        BINARY_PARTS
    }

    private static final class Sold {
        final String number;
        final ObjectNode metadata;
        boolean told;
        boolean canceled;
        int reprints;

        Sold(String number, ObjectNode metadata) {
            this.number = number;
            this.metadata = metadata;
        }
    }

    public UspsServer() {
        on("POST", "/oauth2/v3/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .answers(this::token);
        called("POST", "/payments/v3/payment-authorization")
                .body(UspsServer.class, "payment-authorization-request.schema.json")
                .answers(call -> endedOr(call, payment == null ? paymentToken() : payment));
        sells("/labels/v3/label", "label-request.schema.json", false);
        sells("/labels/v3/return-label", "return-label-request.schema.json", false);
        sells("/international-labels/v3/international-label", "international-label-request.schema.json", true);
        paid("DELETE", "/labels/v3/label/(\\d{22})").answers(call -> giveBack(call, number(call)));
        paid("DELETE", "/international-labels/v3/international-label/([A-Z]{2}\\d{9}US)")
                .answers(call -> giveBack(call, number(call)));
        paid("DELETE", "/labels/v3/label").header("X-Idempotency-Key", KEY).answers(call -> giveBackByKey(call, false));
        paid("DELETE", "/international-labels/v3/international-label")
                .header("X-Idempotency-Key", KEY)
                .answers(call -> giveBackByKey(call, true));
        reprints("/labels/v3/label-reprint/(\\d{22})").answers(call -> reprint(call, number(call)));
        reprints("/international-labels/v3/international-label-reprint/([A-Z]{2}\\d{9}US)")
                .answers(call -> reprint(call, number(call)));
        reprints("/labels/v3/label-reprint")
                .header("X-Idempotency-Key", KEY)
                .answers(call -> reprintByKey(call, false));
        reprints("/international-labels/v3/international-label-reprint")
                .header("X-Idempotency-Key", KEY)
                .answers(call -> reprintAbroad == null ? reprintByKey(call, true) : reprintAbroad);
        called("POST", "/shipments/v3/options/search")
                .body(UspsServer.class, "options-request.schema.json")
                .answers(call -> authorized(call, json(200, options)));
        called("GET", "/tracking/v3/tracking/([^/]+)").answers(call -> authorized(call, tracking));
        called("POST", "/scan-forms/v3/scan-form")
                .body(UspsServer.class, "scan-form-request.schema.json")
                .answers(call -> authorized(call, scanForm));
    }

    /** As new, but for the labels and tokens it gave out. */
    @Override
    protected void reset() {
        metadata = UnaryOperator.identity();
        parts = UnaryOperator.identity();
        form = Form.JSON;
        instead = null;
        voidAnswer = null;
        reprintAnswer = null;
        reprintAbroad = null;
        payment = null;
        scanForm = null;
        tracking = null;
        options = "{}";
        endedTokens.clear();
    }

    private Operation called(String method, String path) {
        return on(method, path).header("Authorization", "Bearer T\\d+");
    }

    private Operation paid(String method, String path) {
        return called(method, path).header("X-Payment-Authorization-Token", "P\\d+");
    }

    private void sells(String path, String schema, boolean abroad) {
        paid("POST", path)
                .header("X-Idempotency-Key", KEY)
                .header("Accept", IN_ONE)
                .body(UspsServer.class, schema)
                .answers(call -> sell(call, abroad));
    }

    private Operation reprints(String path) {
        return paid("POST", path).header("Accept", IN_ONE).body(UspsServer.class, "reprint-request.schema.json");
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    static ResponseDefinitionBuilder error(int status, String code, String detail, String parameter) {
        return json(
                status,
                "{\"apiVersion\":\"/labels/v3\",\"error\":{\"code\":\"" + status
                        + "\",\"message\":\"Bad Request\",\"errors\":[{\"title\":\"Bad Request\",\"detail\":\"" + detail
                        + "\",\"code\":\"" + code + "\",\"source\":{\"parameter\":\"" + parameter + "\"}}]}}");
    }

    private ResponseDefinitionBuilder token(Call call) {
        boolean known = call.text().contains("client_id=" + ID) && call.text().contains("client_secret=" + SECRET);
        if (!known || !call.text().contains("grant_type=client_credentials")) {
            return json(401, "{\"error\":\"invalid_client\",\"error_description\":\"Client credentials are invalid\"}");
        }
        return json(
                200,
                "{\"access_token\":\"T" + calls("/oauth2").size()
                        + "\",\"token_type\":\"Bearer\",\"issued_at\":\"1764000000000\",\"expires_in\":\"28799\","
                        + "\"status\":\"approved\",\"scope\":\"labels payments\"}");
    }

    private ResponseDefinitionBuilder paymentToken() {
        return json(
                200, "{\"paymentAuthorizationToken\":\"P" + calls("/payments").size() + "\",\"roles\":[]}");
    }

    private ResponseDefinitionBuilder endedOr(Call call, ResponseDefinitionBuilder answer) {
        return endedTokens.contains(call.header("Authorization").replace("Bearer ", ""))
                ? error(401, "401001", "Invalid or expired token", "Authorization")
                : answer;
    }

    private ResponseDefinitionBuilder authorized(Call call, ResponseDefinitionBuilder answer) {
        return endedOr(call, instead == null ? answer : instead);
    }

    private @Nullable Sold number(Call call) {
        return byNumber.get(call.path().get(1));
    }

    private ResponseDefinitionBuilder sell(Call call, boolean abroad) {
        ResponseDefinitionBuilder early = authorized(call, null);
        if (early != null) {
            return early;
        }
        JsonNode asked = call.json();
        String name = asked.path("toAddress").path("firstName").asText();
        if (name.startsWith("REFUSE")) {
            return error(400, "160115", "Address Not Found for ZIP Code 00000", "toAddress.ZIPCode");
        }
        Sold sold = byKey.computeIfAbsent(call.header("X-Idempotency-Key"), key -> sold(asked, abroad));
        byNumber.put(sold.number, sold);
        boolean back = asked.at("/packageDescription/mailClass").asText().endsWith("RETURN_SERVICE");
        if (name.startsWith("LOSE") && !sold.told) {
            sold.told = true; // the second answer arrives
            return silence();
        }
        return papers(abroad ? 201 : 200, sold.metadata, asked.path("imageInfo"), back);
    }

    /** Postage 8.40, insurance 2.75, a fee of 4.00. */
    private Sold sold(JsonNode asked, boolean abroad) {
        int next = numbers.incrementAndGet();
        String number = abroad ? "LZ123456" + next + "US" : "9234690361980900001" + next;
        ObjectNode told = JSON.createObjectNode();
        told.set("labelAddress", asked.path("toAddress"));
        told.put(abroad ? "internationalTrackingNumber" : "trackingNumber", number);
        told.put("SKU", "DUXP0XXXXC05010").put("postage", 8.4);
        told.putArray("extraServices")
                .add(item("USPS Tracking", "DXUX0XXXXXX0000", 0.0))
                .add(item("Insurance <= $500", "DXIX0XXXXCX0100", 2.75));
        told.putArray("fees").add(item("Nonstandard Length > 22", "D811XUCXXXX0000", 4.0));
        told.put("zone", "05").put("weightUOM", "LB").put("weight", 2.6456);
        return new Sold(number, metadata.apply(told));
    }

    private static ObjectNode item(String name, String sku, double price) {
        return JSON.createObjectNode().put("name", name).put("SKU", sku).put("price", price);
    }

    private ResponseDefinitionBuilder papers(int status, ObjectNode told, JsonNode imageInfo, boolean back) {
        byte[] image = image(imageInfo.path("imageType").asText());
        String name = back ? "returnLabelImage" : "labelImage";
        String base64 = Base64.getEncoder().encodeToString(image);
        if (form == Form.JSON) {
            return json(status, told.deepCopy().put(name, base64).toString());
        }
        String boundary = "FNfrpx9bbvOkzqOIlaOc8mp+";
        String json = form == Form.PARTS
                ? told.toString()
                : new String(told.toString().getBytes(UTF_8), ISO_8859_1);
        String body = "--" + boundary + "\r\nContent-Type: application/json\r\n"
                + "Content-Disposition: form-data; name=\"" + (back ? "returnLabelMetadata" : "labelMetadata")
                + "\"\r\n\r\n" + json + "\r\n--" + boundary + "\r\nContent-Type: application/pdf\r\n"
                + "Content-Disposition: form-data; filename=\"" + name + ".pdf\"; name=\"" + name + "\"\r\n\r\n"
                + (form == Form.PARTS ? base64 : new String(image, ISO_8859_1)) + "\r\n--" + boundary + "--\r\n";
        return WireMock.aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
                .withBody(parts.apply(body).getBytes(ISO_8859_1));
    }

    private static byte[] image(String type) {
        return switch (type) {
            case "PDF" -> PDF;
            case "PNG" -> PNG;
            case "EPL300DPI" -> EPL;
            default -> ZPL;
        };
    }

    private ResponseDefinitionBuilder reprintByKey(Call call, boolean abroad) {
        Sold sold = byKey.get(call.header("X-Idempotency-Key"));
        boolean here = sold != null && sold.number.startsWith("LZ") == abroad;
        return here || reprintAnswer != null
                ? reprint(call, sold)
                : error(
                        400,
                        "160412",
                        "Idempotency-Key not found for a mailing date within the last 7 days",
                        "Header: X-Idempotency-Key");
    }

    private ResponseDefinitionBuilder reprint(Call call, @Nullable Sold sold) {
        ResponseDefinitionBuilder early = authorized(call, reprintAnswer);
        if (early != null) {
            return early;
        }
        if (sold == null) {
            return error(400, "160378", "Tracking number not found", "trackingNumber");
        }
        if (sold.canceled) {
            return error(400, "160979", "Canceled labels are unavailable for reprint", "trackingNumber");
        }
        if (++sold.reprints > 3) {
            return error(400, "160980", "The reprint limit has been reached", "trackingNumber");
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.set("labelMetadata", sold.metadata);
        byte[] image = image(call.json().path("imageInfo").path("imageType").asText());
        answer.put("labelImage", Base64.getEncoder().encodeToString(image));
        answer.putObject("reprintInfo").put("reprintNumber", sold.reprints).put("reprintLimit", 3);
        return json(200, answer.toString());
    }

    private ResponseDefinitionBuilder giveBackByKey(Call call, boolean abroad) {
        Sold sold = byKey.get(call.header("X-Idempotency-Key"));
        return giveBack(call, sold != null && sold.number.startsWith("LZ") == abroad ? sold : null);
    }

    private ResponseDefinitionBuilder giveBack(Call call, @Nullable Sold sold) {
        ResponseDefinitionBuilder early = authorized(call, voidAnswer);
        if (early != null) {
            return early;
        }
        if (sold == null) {
            return error(400, "160378", "Order not found", "trackingNumber");
        }
        if (sold.canceled) {
            return error(400, "160400", "Label has already been canceled", "trackingNumber");
        }
        sold.canceled = true;
        return json(200, "{\"trackingNumber\":\"" + sold.number + "\",\"status\":\"CANCELED\"}");
    }
}
