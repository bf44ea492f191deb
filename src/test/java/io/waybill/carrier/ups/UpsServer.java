package io.waybill.carrier.ups;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.carrier.CarrierStub;
import io.waybill.carrier.LabelImagesTest;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * UPS, played from its documents: sells what it is asked for, remembers it by its references, and can be told to answer
 * in the odd ways it is known for. The name of the recipient says what goes wrong: {@code REFUSE}, {@code LOSE}.
 */
public final class UpsServer extends CarrierStub {
    public static final String ID = "hub-client";
    public static final String SECRET = "canary-ups-s3cr3t";
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString((ID + ":" + SECRET).getBytes(UTF_8));
    private static final byte[] GIF = LabelImagesTest.picture("gif", 20);
    private static final byte[] ZPL = "^XA^FO30,30^A0N,40^FDUPS GROUND^FS^XZ".getBytes(US_ASCII);
    private static final byte[] EPL = "\nN\nq812\nA30,30,0,4,1,1,N,\"UPS GROUND\"\nP1\n".getBytes(US_ASCII);

    private final Map<String, List<String>> sold = new ConcurrentHashMap<>();
    private final Set<String> voided = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger(1000);

    /** Bearer tokens that are refused from now on. */
    final Set<String> endedTokens = ConcurrentHashMap.newKeySet();

    /** What becomes of the answer to a purchase before it is sent. */
    public volatile UnaryOperator<ObjectNode> sale = UnaryOperator.identity();
    /** Answers everything but tokens, when it is not null. */
    volatile @Nullable ResponseDefinitionBuilder instead;
    /** The answer to a void. */
    volatile ResponseDefinitionBuilder voidAnswer;
    /** The answer to a look-up or a reprint. */
    volatile ResponseDefinitionBuilder recoveryAnswer;
    /** The packages whose labels are printed when one of these numbers is asked for, in ZPL; as they were sold when it is null. */
    volatile @Nullable Function<String, List<String>> recovered;
    /** The answer to a question about rates, about a parcel. */
    volatile String rates = "{}";

    volatile ResponseDefinitionBuilder tracking;

    public UpsServer() {
        on("POST", "/security/v1/oauth/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("x-merchant-id", "[0-9A-Z]{6}")
                .answers(this::token);
        called("POST", "/api/shipments/v2409/ship")
                .body(UpsServer.class, "ship-request.schema.json")
                .answers(this::ship);
        called("DELETE", "/api/shipments/v2409/void/cancel/([0-9A-Z]{18})").answers(this::giveBack);
        called("POST", "/api/labels/v1/recovery")
                .body(UpsServer.class, "recovery-request.schema.json")
                .answers(this::recover);
        called("POST", "/api/rating/v2409/Shop")
                .body(UpsServer.class, "rate-request.schema.json")
                .answers(call -> authorized(call, json(200, rates(call))));
        called("GET", "/api/track/v1/details/([^/]+)").answers(call -> authorized(call, tracking));
    }

    /** As new, but for the numbers and tokens it gave out. */
    @Override
    protected void reset() {
        sale = UnaryOperator.identity();
        instead = null;
        voidAnswer = null;
        recoveryAnswer = null;
        recovered = null;
        rates = "{}";
        tracking = null;
        endedTokens.clear();
    }

    private Operation called(String method, String path) {
        return on(method, path)
                .header("Authorization", "Bearer T\\d+")
                .header("transId", "[0-9a-f]{32}")
                .header("transactionSrc", "waybill");
    }

    static ResponseDefinitionBuilder error(int status, String code, String words) {
        return json(status, "{\"response\":{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + words + "\"}]}}");
    }

    static ResponseDefinitionBuilder of(int status, String body) {
        return json(status, body);
    }

    private ResponseDefinitionBuilder token(Call call) {
        if (!call.header("Authorization").equals(BASIC) || !call.text().equals("grant_type=client_credentials")) {
            return error(401, "10401", "ClientId is Invalid");
        }
        String token = "T" + calls("/security").size();
        return json(
                200,
                "{\"token_type\":\"Bearer\",\"issued_at\":\"1764000000000\",\"client_id\":\"" + ID
                        + "\",\"access_token\":\"" + token + "\",\"expires_in\":\"14399\",\"status\":\"approved\"}");
    }

    private ResponseDefinitionBuilder authorized(Call call, ResponseDefinitionBuilder answer) {
        if (endedTokens.contains(call.header("Authorization").replace("Bearer ", ""))) {
            return error(401, "250002", "Invalid Authentication Information.");
        }
        return instead == null ? answer : instead;
    }

    private ResponseDefinitionBuilder ship(Call call) {
        JsonNode asked = call.json().path("ShipmentRequest");
        String name = asked.path("Shipment").path("ShipTo").path("Name").asText();
        if (name.startsWith("REFUSE")) {
            return authorized(call, error(400, "120207", "The postal code 00000 is invalid for TX United States"));
        }
        ResponseDefinitionBuilder early = authorized(call, null);
        if (early != null) {
            return early;
        }
        List<String> tracking = new ArrayList<>();
        asked.path("Shipment")
                .path("Package")
                .forEach(one -> tracking.add("1ZX123450" + "30000" + numbers.incrementAndGet()));
        references(asked.path("Shipment")).forEach(reference -> sold.put(reference, tracking));
        sold.put(tracking.get(0), tracking);
        if (name.startsWith("LOSE")) {
            return silence();
        }
        return json(200, taxed(asked, sale.apply(sold(asked, tracking))).toString());
    }

    /** Taxes are told only to who asks for them. */
    private static JsonNode taxed(JsonNode asked, JsonNode answer) {
        if (!asked.path("Shipment").has("TaxInformationIndicator")) {
            for (String field : List.of("TaxCharges", "TotalChargesWithTaxes")) {
                answer.findParents(field).forEach(parent -> ((ObjectNode) parent).remove(field));
            }
        }
        return answer;
    }

    private String rates(Call call) {
        try {
            return taxed(call.json().path("RateRequest"), JSON.readTree(rates)).toString();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> references(JsonNode shipment) {
        List<String> references = new ArrayList<>();
        shipment.path("ReferenceNumber")
                .forEach(one -> references.add(one.path("Value").asText()));
        shipment.path("Package")
                .path(0)
                .path("ReferenceNumber")
                .forEach(one -> references.add(one.path("Value").asText()));
        return references.size() > 1 ? references.subList(1, 2) : List.of();
    }

    /** List price 20.00, negotiated 12.34: base left to be reckoned, fuel 1.11, residential 2.00 at the package. */
    private ObjectNode sold(JsonNode asked, List<String> tracking) {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode response = answer.putObject("ShipmentResponse");
        response.putObject("Response")
                .putObject("ResponseStatus")
                .put("Code", "1")
                .put("Description", "Success");
        ObjectNode results = response.putObject("ShipmentResults");
        ObjectNode charges = results.putObject("ShipmentCharges");
        charges.set("TransportationCharges", money("18.00"));
        charges.set("ServiceOptionsCharges", money("2.00"));
        charges.set("TotalCharges", money("20.00"));
        ObjectNode agreed = results.putObject("NegotiatedRateCharges");
        agreed.putArray("ItemizedCharges").add(money("1.11").put("Code", "375"));
        agreed.set("TotalCharge", money("12.34"));
        results.put("ShipmentIdentificationNumber", tracking.get(0));
        ArrayNode packages = results.putArray("PackageResults");
        String format = asked.path("LabelSpecification")
                .path("LabelImageFormat")
                .path("Code")
                .asText();
        for (int i = 0; i < tracking.size(); i++) {
            ObjectNode one = packages.addObject().put("TrackingNumber", tracking.get(i));
            if (i == 0) {
                one.putObject("NegotiatedCharges")
                        .putArray("ItemizedCharges")
                        .add(money("2.00").put("Code", "270"));
            }
            ObjectNode label = one.putObject("ShippingLabel").put("GraphicImage", image(format));
            label.putObject("ImageFormat").put("Code", format);
        }
        return answer;
    }

    private static ObjectNode money(String amount) {
        return JSON.createObjectNode().put("CurrencyCode", "USD").put("MonetaryValue", amount);
    }

    private static String named(String number) {
        return Base64.getEncoder().encodeToString(("^XA^FO30,30^FD" + number + "^FS^XZ").getBytes(US_ASCII));
    }

    private static String image(String format) {
        byte[] bytes = switch (format) {
            case "ZPL" -> ZPL;
            case "EPL" -> EPL;
            default -> GIF;
        };
        return Base64.getEncoder().encodeToString(bytes);
    }

    private ResponseDefinitionBuilder recover(Call call) {
        JsonNode asked = call.json().path("LabelRecoveryRequest");
        ResponseDefinitionBuilder early = authorized(call, recoveryAnswer);
        if (early != null) {
            return early;
        }
        String key = asked.path("TrackingNumber")
                .asText(asked.path("ReferenceValues")
                        .path("ReferenceNumber")
                        .path("Value")
                        .asText());
        List<String> tracking = recovered == null ? sold.get(key) : recovered.apply(key);
        if (tracking == null) {
            return error(400, "300007", "The shipment for the requested tracking number could not be found.");
        }
        if (voided.contains(tracking.get(0))) {
            return error(400, "300033", "The shipment has been voided.");
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode response = answer.putObject("LabelRecoveryResponse");
        response.put("ShipmentIdentificationNumber", tracking.get(0));
        String format = asked.path("LabelSpecification")
                .path("LabelImageFormat")
                .path("Code")
                .asText();
        ArrayNode results = response.putArray("LabelResults");
        tracking.forEach(number -> results.addObject()
                .put("TrackingNumber", number)
                .putObject("LabelImage")
                .put("GraphicImage", recovered == null ? image(format) : named(number)));
        if (tracking.size() == 1) {
            response.set("LabelResults", results.get(0)); // one, where a list was promised
        }
        return json(200, answer.toString());
    }

    private ResponseDefinitionBuilder giveBack(Call call) {
        ResponseDefinitionBuilder early = authorized(call, voidAnswer);
        if (early != null) {
            return early;
        }
        String number = call.path().get(1);
        if (!sold.containsKey(number)) {
            return error(400, "190102", "No shipment found within the allowed void period");
        }
        if (!voided.add(number)) {
            return error(400, "190117", "The Shipment has already been voided");
        }
        return json(
                200,
                "{\"VoidShipmentResponse\":{\"SummaryResult\":{\"Status\":{\"Code\":\"1\",\"Description\":\"Voided\"}}}}");
    }
}
