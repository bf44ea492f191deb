package io.waybill.carrier.fedex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.LabelsByAddress;
import io.waybill.carrier.Manifests;
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
import io.waybill.order.Address;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One account at FedEx. */
final class FedexCarrier implements Carrier, Rates, Voids, Tracks, Webhooks, Manifests, LabelsByAddress {
    private static final String CLOSE = "/ship/v1/endofday/";

    private final FedexSettings settings;
    private final Downloads documents;
    private final AccountLine ship;
    private final AccountLine track;

    FedexCarrier(FedexSettings settings) {
        this.settings = settings;
        this.documents = new Downloads(settings.calls(), "FedEx", List.of("fedex.com"));
        CarrierHttp http = new CarrierHttp(settings.calls());
        this.ship = line(http, settings, settings.ship());
        this.track = settings.track().equals(settings.ship()) ? ship : line(http, settings, settings.track());
    }

    /** FedEx takes the keys in the form, and each project has its own. */
    private static AccountLine line(CarrierHttp http, FedexSettings settings, FedexSettings.Keys keys) {
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "client_id", keys.id(), "client_secret", keys.secret());
        return new AccountLine(http, Tokens.oauth(http, "/oauth/token", Map.of(), form), settings.calls());
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.B;
    }

    @Override
    public Services services() {
        return FedexServices.ALL;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return FedexShipRequest.MOST_PARCELS;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, FedexShipRequest.of(shipment, ref, settings));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Reply request = Reply.of(prepared.bytes());
        Downloads inTime = documents.ofPurchase();
        return ship.buy("/ship/v1/shipments", headers(prepared.ref()), prepared.bytes())
                .outcome(answer -> FedexSale.outcome(answer, request, inTime));
    }

    @Override
    public Found find(Ref ref) {
        byte[] body = FedexLookUp.request(ref, settings.number(), LocalDate.now(ZoneOffset.UTC));
        return track.ask("/track/v1/referencenumbers", headers(), body)
                .read(answer -> FedexLookUp.found(answer, ref), Found.Unreachable::new);
    }

    /** Only what FedEx makes later comes later. */
    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        if (!FedexJobs.isJob(id)) {
            return new Fetched.Gone("FedEx prints no label twice");
        }
        return made(id, 0, request);
    }

    /** A job is asked how many parcels it made of those that were bought. */
    @Override
    public Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, LabelRequest wanted) {
        return FedexJobs.isJob(id)
                ? Optional.of(made(id, FedexShipRequest.parcelsOf(Reply.of(request)), wanted))
                : FedexSale.reread(id, request, answer, documents);
    }

    /** @param parcels how many were bought, or 0 where that is not known */
    private Fetched made(ShipmentId job, int parcels, LabelRequest wanted) {
        return results(job)
                .read(answer -> FedexJobs.fetched(answer, job, parcels, wanted, documents), Fetched.NotYet::new);
    }

    private Answer results(ShipmentId job) {
        return ship.ask("/ship/v1/shipments/results", headers(), FedexJobs.request(job, settings.number()));
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        Optional<ShipmentId> master = FedexJobs.isJob(id)
                ? results(id).read(FedexJobs::master, silence -> Optional.<ShipmentId>empty())
                : Optional.of(id);
        return master.isEmpty()
                ? new Voided.Unknown("the job is not done, and has no number to cancel it by")
                : ship.change(
                                "PUT",
                                "/ship/v1/shipments/cancel",
                                headers(ref),
                                FedexVoid.request(master.get(), settings.number()))
                        .read(FedexVoid::voided, Voided.Unknown::new);
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return ship.ask("/rate/v1/rates/quotes", headers(), FedexRateRequest.of(shipment, settings))
                .read(answer -> FedexRates.rates(answer, shipment.order()), Rate::none);
    }

    @Override
    public int most() {
        return FedexTrackRequest.MOST;
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (int from = 0; from < trackingNumbers.size(); from += FedexTrackRequest.MOST) {
            int to = Math.min(from + FedexTrackRequest.MOST, trackingNumbers.size());
            List<FedexTrackRequest.Wanted> wanted = trackingNumbers.subList(from, to).stream()
                    .map(FedexTrackRequest.Wanted::new)
                    .toList();
            FedexTrackRequest.Told told = ask(wanted);
            events.addAll(told.events());
            if (!told.again().isEmpty()) {
                events.addAll(ask(told.again()).events());
            }
        }
        return events;
    }

    private FedexTrackRequest.Told ask(List<FedexTrackRequest.Wanted> parcels) {
        return track.ask("/track/v1/trackingnumbers", headers(), FedexTrackRequest.request(parcels))
                .readOrThrow(
                        FedexTrackRequest::told,
                        "FedEx tells nothing of " + parcels.get(0).number() + " and " + (parcels.size() - 1)
                                + " others");
    }

    @Override
    public boolean isOn() {
        return settings.webhook().isOn();
    }

    @Override
    public String prove(Delivery delivery) {
        List<byte[]> keys = settings.webhook().required().stream()
                .map(token -> token.getBytes(UTF_8))
                .toList();
        HookProof.requireHmac(keys, delivery.body(), delivery.header("fdx-signature"));
        return HookProof.nameOf(delivery.body());
    }

    @Override
    public List<Event> read(byte[] body) {
        return FedexTracking.pushed(body);
    }

    @Override
    public int mostInOne() {
        return FedexClose.MOST;
    }

    @Override
    public boolean takes(String service) {
        return FedexClose.isGround(FedexServices.ALL.code(service));
    }

    @Override
    public boolean closesAll() {
        return true;
    }

    @Override
    public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
        return ship.change("PUT", CLOSE, headers(), FedexClose.request(settings.number(), day))
                .read(
                        answer -> FedexClose.closed(
                                answer,
                                shipments,
                                () -> ship.ask(CLOSE, headers(), FedexClose.again(settings.number(), day))),
                        Closed.Unknown::new);
    }

    private Map<String, String> headers() {
        return Map.of("Content-Type", "application/json", "Accept", "application/json", "x-locale", settings.locale());
    }

    /** FedEx sends the ref back, and finds the call by it. */
    private Map<String, String> headers(Ref ref) {
        return Map.of(
                "Content-Type",
                "application/json",
                "Accept",
                "application/json",
                "x-locale",
                settings.locale(),
                "x-customer-transaction-id",
                ref.value());
    }
}
