package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Manifests;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tokens;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.order.Address;
import io.waybill.text.UrlPart;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One account at DHL Parcel DE. */
final class PaketCarrier implements Carrier, Voids, Tracks, Manifests {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String SHIPPING = "/parcel/de/shipping/v2";
    private static final String TOKEN = "/parcel/de/account/auth/ropc/v1/token";
    private static final Map<String, String> JSON =
            Map.of("Content-Type", "application/json", "Accept", "application/json", "Accept-Language", "en-US");

    private final PaketSettings settings;
    private final Clock clock;
    private final AccountLine shipping;
    private final PaketTracking tracking;
    private final Downloads downloads;

    PaketCarrier(PaketSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        CarrierHttp http = new CarrierHttp(settings.calls());
        this.shipping = new AccountLine(http, authorization(http, settings), settings.calls());
        this.downloads = new Downloads(settings.calls(), "DHL", List.of("dhl.com", "dhl.de", "deutschepost.de"));
        this.tracking = new PaketTracking(http, settings);
    }

    /** A token by the password grant; without the application's secret the key and HTTP Basic. */
    private static Authorization authorization(CarrierHttp http, PaketSettings settings) {
        return settings.apiSecret()
                .<Authorization>map(secret -> Tokens.oauth(
                        http,
                        TOKEN,
                        Map.of(),
                        Map.of(
                                "grant_type", "password",
                                "username", settings.username(),
                                "password", settings.password(),
                                "client_id", settings.apiKey(),
                                "client_secret", secret)))
                .orElseGet(() -> Authorization.basic(settings.username(), settings.password())
                        .and(Authorization.fixed(Map.of("dhl-api-key", settings.apiKey()))));
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.C;
    }

    @Override
    public Services services() {
        return PaketFactory.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return PaketRequest.mostParcels(shipment);
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        PaketPrint print = PaketPrint.of(shipment.label());
        LocalDate today = LocalDate.now(clock.withZone(BERLIN));
        return new Prepared(ref, print.mark(PaketRequest.of(shipment, ref, settings, today)));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        PaketPrint print = PaketPrint.of(prepared.bytes());
        String path = SHIPPING + "/orders?mustEncode=" + settings.mustEncode() + "&" + print.query();
        Downloads inTime = downloads.ofPurchase();
        return shipping.buy(path, JSON, prepared.bytes())
                .outcome(answer ->
                        PaketSale.outcome(answer, PaketSale.parcels(prepared.bytes()), print, inTime, this::delete));
    }

    @Override
    public Found find(Ref ref) {
        return new Found.Impossible();
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        PaketPrint print = PaketPrint.of(request);
        List<String> numbers = PaketNumbers.of(id);
        return shipping.read(SHIPPING + "/orders?" + shipments(numbers) + "&" + print.query(), JSON)
                .<Fetched>read(answer -> PaketLabels.fetched(answer, numbers, print, downloads), Fetched.NotYet::new);
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        List<String> numbers = PaketNumbers.of(id);
        return delete(numbers).<Voided>read(answer -> PaketVoid.voided(answer, numbers), Voided.Unknown::new);
    }

    private Answer delete(List<String> numbers) {
        String path = SHIPPING + "/orders?profile=" + UrlPart.of(settings.profile()) + "&" + shipments(numbers);
        return shipping.change("DELETE", path, JSON, new byte[0]);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        return tracking.track(trackingNumbers);
    }

    @Override
    public int most() {
        return PaketTracking.MOST;
    }

    @Override
    public int mostInOne() {
        return PaketManifest.MOST;
    }

    @Override
    public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
        return shipping.change(
                        "POST", SHIPPING + "/manifests", JSON, PaketManifest.request(shipments, settings.profile()))
                .<Closed>read(
                        answer -> PaketManifest.closed(answer, shipments, () -> paper(day), downloads),
                        Closed.Unknown::new);
    }

    private Answer paper(LocalDate day) {
        return shipping.read(SHIPPING + "/manifests?includeDocs=include&date=" + day, JSON);
    }

    private static String shipments(List<String> numbers) {
        return numbers.stream().map(number -> "shipment=" + UrlPart.of(number)).collect(Collectors.joining("&"));
    }
}
