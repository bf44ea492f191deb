package io.waybill.carrier.fedex;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImages;
import io.waybill.carrier.LabelImagesTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * FedEx, played from its documents: sells what it is asked for, remembers it by the invoice number, and can be told to answer
 * in the odd ways it is known for. The name of the recipient says what goes wrong: {@code REFUSE}, {@code LOSE} (once), {@code LATER} (a job).
 */
public final class FedexServer extends CarrierStub {
    public static final String ID = "l7hub-client";
    public static final String SECRET = "canary-fedex-s3cr3t";
    static final String TRACK_ID = "l7hub-track";
    static final String TRACK_SECRET = "canary-fedex-tr4ck";
    private static final Map<String, byte[]> LABELS = Map.of(
            "PDF", LabelImages.pdf(LabelImagesTest.picture("png", 20), "4x6"),
            "PNG", LabelImagesTest.picture("png", 20),
            "ZPLII", "^XA^CF,0,0,0^PR12^MD30^PW800^FO30,30^FDFEDEX^FS^XZ".getBytes(US_ASCII),
            "EPL2", "\nN\nq812\nA30,30,0,4,1,1,N,\"FEDEX\"\nP1\n".getBytes(US_ASCII));

    private record Sold(String ref, List<String> tracking) {}

    private final Map<String, Sold> sold = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong(794953535000L);

    /** What becomes of the answer to a purchase before it is sent. */
    volatile UnaryOperator<ObjectNode> sale = UnaryOperator.identity();
    /** Answers everything but tokens, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder instead;

    volatile @Nullable ResponseDefinitionBuilder cancelAnswer;
    volatile @Nullable ResponseDefinitionBuilder referenceAnswer;
    volatile @Nullable ResponseDefinitionBuilder resultsAnswer;
    /** What comes from the address of a document, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder documentAnswer;

    volatile ResponseDefinitionBuilder close = nothingToClose();
    volatile ResponseDefinitionBuilder manifests = nothingToClose();
    volatile String rates = "{}";
    volatile java.util.function.Function<JsonNode, String> tracking = asked -> "{}";

    public FedexServer() {
        on("POST", "/oauth/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "null")
                .answers(this::token);
        called("POST", "/ship/v1/shipments", "SHIP", "ship-request.schema.json")
                .header("x-customer-transaction-id", "[0-9A-Z-]+")
                .answers(this::ship);
        called("PUT", "/ship/v1/shipments/cancel", "SHIP", "cancel-request.schema.json")
                .answers(this::cancel);
        called("POST", "/ship/v1/shipments/results", "SHIP", "results-request.schema.json")
                .answers(call -> either(resultsAnswer == null ? made(call) : resultsAnswer, call));
        called("POST", "/rate/v1/rates/quotes", "SHIP", "rate-request.schema.json")
                .answers(call -> either(json(200, rates), call));
        called("POST", "/track/v1/trackingnumbers", "(SHIP|TRACK)", "track-request.schema.json")
                .answers(call -> either(json(200, tracking.apply(call.json())), call));
        called("POST", "/track/v1/referencenumbers", "(SHIP|TRACK)", "reference-request.schema.json")
                .answers(this::reference);
        called("PUT", "/ship/v1/endofday/", "SHIP", "close-request.schema.json").answers(call -> either(close, call));
        called("POST", "/ship/v1/endofday/", "SHIP", "close-request.schema.json")
                .answers(call -> either(manifests, call));
        on("GET", "/document/(.*)")
                .header("Authorization", "null")
                .answers(call -> documentAnswer == null ? status(200).withBody(LABELS.get("PDF")) : documentAnswer);
    }

    /** As new, but for the numbers it gave out. */
    @Override
    protected void reset() {
        lost.clear();
        sale = UnaryOperator.identity();
        instead = null;
        cancelAnswer = null;
        referenceAnswer = null;
        resultsAnswer = null;
        documentAnswer = null;
        close = nothingToClose();
        manifests = nothingToClose();
        rates = "{}";
        tracking = asked -> "{}";
    }

    private Operation called(String method, String path, String project, String schema) {
        return on(method, path)
                .header("Authorization", "Bearer " + project + "-token")
                .header("Content-Type", "application/json")
                .header("x-locale", "en_US")
                .body(FedexServer.class, schema);
    }

    static ResponseDefinitionBuilder error(int status, String code, String words) {
        return json(
                status,
                "{\"transactionId\":\"t-1\",\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}");
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    static ResponseDefinitionBuilder nothingToClose() {
        return error(400, "CLOSE.NO.SHIPMENTS", "There are no shipments to close.");
    }

    /** The manifest is a text, in parts. */
    static ResponseDefinitionBuilder manifest(String... parts) {
        ObjectNode answer = JSON.createObjectNode().put("transactionId", "t-1");
        ObjectNode document =
                answer.putObject("output").putArray("closeDocuments").addObject();
        document.put("type", "MANIFEST")
                .put("shippingCycle", "1003234523333204")
                .put("copiesToPrint", 1);
        for (int i = 0; i < parts.length; i++) {
            byte[] text = parts[i].getBytes(US_ASCII);
            document.withArray("parts")
                    .addObject()
                    .put("documentPartSequenceNumber", i + 1)
                    .put("image", Base64.getEncoder().encodeToString(text));
        }
        return json(200, answer.toString());
    }

    static ResponseDefinitionBuilder zipped(String body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return json(200, "").withHeader("Content-Encoding", "gzip").withBody(out.toByteArray());
    }

    private ResponseDefinitionBuilder either(@Nullable ResponseDefinitionBuilder answer, Call call) {
        return instead == null ? (answer == null ? status(501) : answer) : instead;
    }

    private ResponseDefinitionBuilder made(Call call) {
        String answer = jobs.get(call.json().path("jobId").asText());
        return answer == null ? error(400, "JOB.NOT.KNOWN", "No such job.") : json(200, answer);
    }

    private ResponseDefinitionBuilder token(Call call) {
        if (isForm(call.text(), ID, SECRET)) {
            return json(
                    200,
                    "{\"access_token\":\"SHIP-token\",\"token_type\":\"bearer\",\"expires_in\":3599,\"scope\":\"CXS\"}");
        }
        if (isForm(call.text(), TRACK_ID, TRACK_SECRET)) {
            return json(200, "{\"access_token\":\"TRACK-token\",\"token_type\":\"bearer\",\"expires_in\":\"3599\"}");
        }
        return error(401, "NOT.AUTHORIZED.ERROR", "The given client credentials were not valid. Please try again.");
    }

    private static boolean isForm(String text, String id, String secret) {
        return Set.of(text.split("&"))
                .equals(Set.of(
                        "grant_type=client_credentials",
                        "client_id=" + URLEncoder.encode(id, StandardCharsets.UTF_8),
                        "client_secret=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));
    }

    private ResponseDefinitionBuilder ship(Call call) {
        JsonNode asked = call.json();
        JsonNode shipment = asked.path("requestedShipment");
        String name = shipment.at("/recipients/0/contact/personName").asText();
        if (name.startsWith("REFUSE")) {
            return error(400, "RECIPIENTCONTACT.PHONENUMBER.INVALID", "The recipient's phone number cannot be used.");
        }
        if (instead != null) {
            return instead;
        }
        List<String> tracking = new ArrayList<>();
        String ref = "";
        for (JsonNode one : shipment.path("requestedPackageLineItems")) {
            tracking.add(String.valueOf(numbers.incrementAndGet()));
            for (JsonNode reference : one.path("customerReferences")) {
                if (reference.path("customerReferenceType").asText().equals("INVOICE_NUMBER")) {
                    ref = reference.path("value").asText();
                }
            }
        }
        sold.put(tracking.get(0), new Sold(ref, tracking));
        if (name.startsWith("LOSE") && lost.add(name)) {
            return silence();
        }
        String answer = sale.apply(sold(shipment, tracking)).toString();
        if (name.startsWith("LATER")) {
            jobs.put("J" + tracking.get(0), answer);
            return json(200, "{\"output\":{\"jobId\":\"J" + tracking.get(0) + "\"}}");
        }
        return json(200, answer);
    }

    /** Net 11.87: base 12.00, discount 2.40, fuel 1.27, residential 1.00. */
    static ObjectNode sold(JsonNode shipment, List<String> tracking) {
        ObjectNode answer = JSON.createObjectNode().put("transactionId", "t-1");
        ObjectNode one =
                answer.putObject("output").putArray("transactionShipments").addObject();
        one.put("masterTrackingNumber", tracking.get(0));
        one.put("serviceType", shipment.path("serviceType").asText());
        String format = shipment.at("/labelSpecification/imageType").asText("PDF");
        ArrayNode pieces = one.putArray("pieceResponses");
        for (int i = 0; i < tracking.size(); i++) {
            ObjectNode piece = pieces.addObject();
            piece.put("masterTrackingNumber", tracking.get(0));
            piece.put("packageSequenceNumber", i + 1);
            piece.put("trackingNumber", tracking.get(i));
            piece.putArray("packageDocuments")
                    .addObject()
                    .put("contentType", "LABEL")
                    .put("docType", format)
                    .put("encodedLabel", label(format));
        }
        ObjectNode rating = one.putObject("completedShipmentDetail").putObject("shipmentRating");
        rating.put("actualRateType", "PAYOR_ACCOUNT_SHIPMENT");
        ArrayNode details = rating.putArray("shipmentRateDetails");
        details.addObject()
                .put("rateType", "PAYOR_LIST_SHIPMENT")
                .put("totalNetCharge", 99.99)
                .put("currency", "USD");
        ObjectNode account = details.addObject().put("rateType", "PAYOR_ACCOUNT_SHIPMENT");
        account.put("totalBaseCharge", 12.00).put("totalNetCharge", 11.87).put("currency", "USD");
        account.putArray("freightDiscounts")
                .addObject()
                .put("rateDiscountType", "VOLUME")
                .put("amount", 2.40);
        account.putArray("surcharges").add(surcharge("FUEL", 1.27)).add(surcharge("RESIDENTIAL_DELIVERY", 1.00));
        return answer;
    }

    static ObjectNode surcharge(String type, double amount) {
        return JSON.createObjectNode()
                .put("surchargeType", type)
                .put("description", "about " + type)
                .put("amount", amount);
    }

    static String label(String format) {
        return Base64.getMimeEncoder().encodeToString(LABELS.get(format));
    }

    private ResponseDefinitionBuilder cancel(Call call) {
        if (instead != null || cancelAnswer != null) {
            return either(cancelAnswer, call);
        }
        String number = call.json().path("trackingNumber").asText();
        if (!sold.containsKey(number)) {
            return error(400, "TRACKINGNUMBER.ENTERED.INVALID", "Error with the tracking number that was entered.");
        }
        return cancelled.add(number)
                ? json(
                        200,
                        "{\"output\":{\"cancelledShipment\":true,\"cancelledHistory\":true,\"message\":\"Cancelled.\"}}")
                : notCancelled("SHIPMENT.CANCEL.TWICE", "The shipment was already cancelled.");
    }

    static ResponseDefinitionBuilder notCancelled(String code, String words) {
        return json(
                200,
                "{\"output\":{\"cancelledShipment\":false,\"cancelledHistory\":false,\"alerts\":[{\"code\":\"" + code
                        + "\",\"alertType\":\"WARNING\",\"message\":\"" + words + "\"}]}}");
    }

    private ResponseDefinitionBuilder reference(Call call) {
        if (instead != null || referenceAnswer != null) {
            return either(referenceAnswer, call);
        }
        String ref = call.json().at("/referencesInformation/value").asText();
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode all = answer.putObject("output").putArray("completeTrackResults");
        for (Sold one : sold.values()) {
            if (one.ref().equals(ref)) {
                one.tracking().forEach(number -> all.add(result(number, one)));
            }
        }
        return all.isEmpty()
                ? error(400, "TRACKING.REFERENCENUMBER.NOTFOUND", "No parcel has this reference.")
                : json(200, answer.toString());
    }

    private ObjectNode result(String number, Sold shipment) {
        ObjectNode complete = JSON.createObjectNode().put("trackingNumber", number);
        ObjectNode result = complete.putArray("trackResults").addObject();
        result.putObject("trackingNumberInfo").put("trackingNumber", number).put("carrierCode", "FDXG");
        ArrayNode identifiers = result.putObject("additionalTrackingInfo").putArray("packageIdentifiers");
        identifiers.addObject().put("type", "INVOICE").putArray("values").add(shipment.ref());
        identifiers
                .addObject()
                .put("type", "STANDARD_MPS")
                .put("value", shipment.tracking().get(0));
        boolean gone = cancelled.contains(shipment.tracking().get(0));
        result.putObject("latestStatusDetail").put("code", gone ? "CA" : "OC").put("description", "told by code");
        return complete;
    }
}
