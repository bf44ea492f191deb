package io.waybill.carrier.ups;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tokens;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One account at UPS. */
final class UpsCarrier implements Carrier, Rates, Voids, Tracks, Webhooks, LabelsByAddress {
    private static final String VERSION = "v2409";

    private final UpsSettings settings;
    private final AccountLine line;

    UpsCarrier(UpsSettings settings) {
        this.settings = settings;
        CarrierHttp http = new CarrierHttp(settings.calls());
        this.line = new AccountLine(
                http,
                Tokens.clientCredentials(
                        http,
                        "/security/v1/oauth/token",
                        settings.clientId(),
                        settings.clientSecret(),
                        Map.of("x-merchant-id", settings.number())),
                settings.calls());
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.B;
    }

    @Override
    public Services services() {
        return UpsFactory.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return UpsShipRequest.mostParcels(shipment);
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, UpsShipRequest.of(shipment, ref, settings.number()));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Reply request = Reply.of(prepared.bytes()).at("ShipmentRequest");
        return line.buy("/api/shipments/" + VERSION + "/ship", headers(), prepared.bytes())
                .outcome(answer -> UpsSale.outcome(answer, request));
    }

    @Override
    public Found find(Ref ref) {
        return recover(UpsRecovery.byReference(ref, settings.number()))
                .read(UpsRecovery::found, Found.Unreachable::new);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new UpsReprint(request, number -> recover(UpsRecovery.byNumber(number, request))).fetch(id);
    }

    /** Printed again, with the papers that the answer to the sale told beside a label that could not be read. */
    @Override
    public Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted) {
        List<Label.Document> papers = UpsLabels.papers(UpsSale.results(answer), wanted);
        if (papers.isEmpty()) {
            return Optional.empty();
        }
        Fetched fetched = fetch(id, wanted);
        return Optional.of(
                fetched instanceof Fetched.Ready ready
                        ? new Fetched.Ready(
                                UpsLabels.withPapersOfSale(ready.label(), papers), ready.numbers(), ready.charges())
                        : fetched);
    }

    private Answer recover(byte[] body) {
        return line.ask("/api/labels/v1/recovery", headers(), body);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        String path = "/api/shipments/" + VERSION + "/void/cancel/" + UrlPart.of(id.value());
        return line.change("DELETE", path, headers(), new byte[0]).read(UpsVoid::voided, Voided.Unknown::new);
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        String path = "/api/rating/" + VERSION + "/Shop?additionalinfo=timeintransit";
        return line.ask(path, headers(), UpsRateRequest.of(shipment, settings.number()))
                .read(UpsRates::rates, Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (String number : trackingNumbers) {
            String path = "/api/track/v1/details/" + UrlPart.of(number) + "?locale=en_US&returnSignature=false";
            events.addAll(line.read(path, headers())
                    .readOrThrow(answer -> UpsTracking.events(answer, number), "UPS tells nothing of " + number));
        }
        return events;
    }

    @Override
    public boolean isOn() {
        return settings.webhook().isOn();
    }

    @Override
    public String prove(Delivery delivery) {
        HookProof.requireEcho(settings.webhook().required(), delivery.header("credential"));
        return HookProof.nameOf(delivery.body());
    }

    @Override
    public List<Event> read(byte[] body) {
        return UpsTracking.pushed(body);
    }

    /** Tracking requires the id of the call and who calls; elsewhere they help UPS to find it. */
    private static Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("transId", UUID.randomUUID().toString().replace("-", ""));
        headers.put("transactionSrc", "waybill");
        return headers;
    }
}
