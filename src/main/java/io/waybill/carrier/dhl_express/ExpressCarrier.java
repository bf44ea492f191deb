package io.waybill.carrier.dhl_express;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Documents;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One account at DHL Express. */
final class ExpressCarrier implements Carrier, Rates, Tracks, Documents {
    /** What the document says to send, in its version 3.1.1. */
    private static final String VERSION = "3.1.0";

    private final ExpressSettings settings;
    private final Clock clock;
    private final AccountLine line;

    ExpressCarrier(ExpressSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.line = new AccountLine(
                new CarrierHttp(settings.calls()),
                Authorization.basic(settings.username(), settings.password()),
                settings.calls());
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.B;
    }

    @Override
    public Services services() {
        return ExpressFactory.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return ExpressShipRequest.MOST_PARCELS;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, ExpressShipRequest.of(shipment, ref, settings, tender()));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        return line.buy("/shipments", headers(prepared.ref().purchaseKey()), prepared.bytes())
                .outcome(answer -> ExpressSale.outcome(answer, prepared.bytes(), settings));
    }

    /** What has not been scanned yet stands in another view than what has. */
    @Override
    public Found find(Ref ref) {
        Found scanned = look(ref, "all-checkpoints");
        return scanned instanceof Found.Nothing ? look(ref, "advance-shipment") : scanned;
    }

    private Found look(Ref ref, String view) {
        LocalDate today = LocalDate.now(clock.withZone(settings.zone()));
        String path = ExpressLookUp.path(ref, settings.number(), today, view);
        return line.read(path, headers(UUID.randomUUID()))
                .<Found>read(answer -> ExpressLookUp.found(answer, ref), Found.Unreachable::new);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return new Fetched.Gone("DHL Express prints no transport label again");
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return line.ask("/rates", headers(UUID.randomUUID()), ExpressRateRequest.of(shipment, settings, tender()))
                .read(ExpressRates::rates, Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (ExpressTracking.Question question : ExpressTracking.questions(trackingNumbers)) {
            events.addAll(line.read(question.path(), headers(UUID.randomUUID()))
                    .readOrThrow(
                            answer -> ExpressTracking.events(answer, question.numbers()),
                            "DHL Express tells nothing of " + question.numbers()));
        }
        return events;
    }

    @Override
    public int most() {
        return ExpressTracking.AT_ONCE;
    }

    /** DHL asks for the month of the pickup: this one is asked for, then the last. */
    @Override
    public List<Label.Document> documents(ShipmentId id) {
        YearMonth month = YearMonth.now(clock.withZone(settings.zone()));
        List<Label.Document> papers = papers(id, month);
        return papers.isEmpty() ? papers(id, month.minusMonths(1)) : papers;
    }

    private List<Label.Document> papers(ShipmentId id, YearMonth month) {
        return line.read(ExpressPapers.path(id, settings.number(), month), headers(UUID.randomUUID()))
                .readOrThrow(ExpressPapers::papers, "DHL Express tells nothing of " + id.value());
    }

    private Tender tender() {
        return new Tender(settings.zone(), settings.shipTime(), clock);
    }

    /** The message reference helps DHL to find the call. */
    private static Map<String, String> headers(UUID message) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
        headers.put("Accept-Language", "eng");
        headers.put("Message-Reference", message.toString());
        headers.put("x-version", VERSION);
        return headers;
    }
}
