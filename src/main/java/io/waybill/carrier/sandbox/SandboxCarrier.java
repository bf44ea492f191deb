package io.waybill.carrier.sandbox;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One account at the sandbox. */
final class SandboxCarrier implements Carrier, Rates, Voids, Tracks {
    private static final int NUMBERS_A_CALL = 100;

    private final CarrierHttp http;
    private final Map<String, String> headers;
    private final int parcels;
    private final IdempotencyClass idempotency;

    SandboxCarrier(SandboxSettings settings) {
        this.http = new CarrierHttp(settings.baseUrl(), settings.connectTimeout(), settings.answerTimeout());
        this.parcels = settings.parcels();
        this.idempotency = settings.idempotency();
        this.headers = Map.of(
                "Authorization", "Bearer " + settings.token(),
                "Content-Type", "application/json",
                "Accept", "application/json");
    }

    @Override
    public IdempotencyClass idempotency() {
        return idempotency;
    }

    @Override
    public Services services() {
        return SandboxLimits.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return parcels;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        Refusals.requireParcels(shipment, parcels);
        SandboxLimits.requireSold(shipment);
        return new Prepared(ref, SandboxRequests.purchase(shipment, ref));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Map<String, String> keyed = new HashMap<>(headers);
        keyed.put("Idempotency-Key", key(prepared.ref()));
        return http.buy("/v1/shipments", keyed, prepared.bytes())
                .outcome(answer -> SandboxReplies.outcome(answer, prepared.ref()));
    }

    /** One for a purchase, or one for each try of it. */
    private String key(Ref ref) {
        return idempotency == IdempotencyClass.A ? ref.purchaseKey().toString() : ref.value();
    }

    @Override
    public Found find(Ref ref) {
        return http.get("/v1/shipments?reference=" + UrlPart.of(ref.value()), headers)
                .read(
                        answer -> answer.ok() ? SandboxReplies.found(answer, ref) : unreachable(answer),
                        Found.Unreachable::new);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        String path = "/v1/shipments/" + UrlPart.of(id.value()) + "/label?format=" + UrlPart.of(request.format())
                + "&size=" + UrlPart.of(request.size()) + "&dpi=" + request.dpi();
        return http.get(path, headers).read(SandboxReplies::fetched, Fetched.NotYet::new);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return http.post("/v1/shipments/" + UrlPart.of(id.value()) + "/void", headers, new byte[0])
                .read(SandboxReplies::voided, Voided.Unknown::new);
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return http.post("/v1/rates", headers, SandboxRequests.rates(shipment)).read(SandboxReplies::rates, Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < trackingNumbers.size(); from += NUMBERS_A_CALL) {
            List<String> some = trackingNumbers.subList(from, Math.min(from + NUMBERS_A_CALL, trackingNumbers.size()));
            events.addAll(http.get("/v1/tracking?numbers=" + UrlPart.of(String.join(",", some)), headers)
                    .readOrThrow(SandboxReplies::events, "the sandbox tells nothing of " + some));
        }
        return events;
    }

    private static Found unreachable(Answer.Read answer) {
        return new Found.Unreachable("HTTP " + answer.status());
    }
}
