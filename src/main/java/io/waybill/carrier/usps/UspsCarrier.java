package io.waybill.carrier.usps;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
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
import io.waybill.order.Address;
import io.waybill.text.UrlPart;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One account at USPS. */
final class UspsCarrier implements Carrier, Rates, Voids, Tracks, Manifests {
    static final String LABELS = "/labels/v3";
    static final String LABELS_ABROAD = "/international-labels/v3";
    static final Map<String, String> JSON = Map.of("Content-Type", "application/json", "Accept", "application/json");

    /** Without it the answer comes in parts; both are read. */
    private static final String IN_ONE = "application/vnd.usps.labels+json";

    private static final String KEY = "X-Idempotency-Key";
    private static final Set<Integer> NO_RIGHT = Set.of(401, 403);

    private final UspsSettings settings;
    private final AccountLine line;
    private final Tokens payer;
    private final AccountLine paid;
    private final UspsLookUp lookUp;

    UspsCarrier(UspsSettings settings) {
        this.settings = settings;
        CarrierHttp http = new CarrierHttp(settings.calls());
        Authorization caller = UspsTokens.caller(http, settings);
        this.line = new AccountLine(http, caller, settings.calls());
        this.payer = UspsTokens.payer(line, settings);
        this.paid = new AccountLine(http, caller.and(payer), settings.calls());
        this.lookUp = new UspsLookUp(this::lookUp, System::nanoTime);
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.A;
    }

    @Override
    public Services services() {
        return UspsServices.ALL;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return UspsPackage.MOST;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, UspsLabelRequest.of(shipment, ref, settings));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        Reply request = Reply.of(prepared.bytes());
        return paid.buy(UspsLabelRequest.path(request), keyed(prepared.ref()), prepared.bytes())
                .outcome(answer -> {
                    if (UspsErrors.isAboutThePayer(answer)) {
                        UspsTokens.forget(payer);
                    }
                    return UspsSale.outcome(answer, request);
                });
    }

    @Override
    public Found find(Ref ref) {
        return lookUp.find(ref);
    }

    /** A key does not say whether the label went abroad. An account without the right to such labels has bought none. */
    private Found lookUp(Ref ref) {
        Found domestic = reprint(LABELS + "/label-reprint", ref).read(UspsReprint::found, Found.Unreachable::new);
        if (!(domestic instanceof Found.Nothing)) {
            return domestic;
        }
        Answer abroad = reprint(LABELS_ABROAD + "/international-label-reprint", ref);
        return abroad instanceof Answer.Read said && NO_RIGHT.contains(said.status()) && UspsErrors.isTold(said)
                ? domestic
                : abroad.read(UspsReprint::found, Found.Unreachable::new);
    }

    private Answer reprint(String path, Ref ref) {
        return paid.change("POST", path, keyed(ref), UspsReprint.request(UspsReprint.ANY));
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        String path = isAbroad(id) ? LABELS_ABROAD + "/international-label-reprint/" : LABELS + "/label-reprint/";
        return paid.change("POST", path + UrlPart.of(id.value()), inOne(), UspsReprint.request(request))
                .read(answer -> UspsReprint.fetched(answer, request), Fetched.NotYet::new);
    }

    /** By its number; by the key where a person, who has no number, named the hub's own reference in its place. */
    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        lookUp.forget(ref);
        if (id.value().equalsIgnoreCase(ref.value())
                || id.value().equalsIgnoreCase(ref.purchaseKey().toString())) {
            Voided domestic = cancel(LABELS + "/label", keyed(ref));
            return isUnknownThere(domestic) ? cancel(LABELS_ABROAD + "/international-label", keyed(ref)) : domestic;
        }
        String path = isAbroad(id) ? LABELS_ABROAD + "/international-label/" : LABELS + "/label/";
        return cancel(path + UrlPart.of(id.value()), JSON);
    }

    private Voided cancel(String path, Map<String, String> headers) {
        return paid.change("DELETE", path, headers, new byte[0]).read(UspsVoid::voided, Voided.Unknown::new);
    }

    private static boolean isUnknownThere(Voided answer) {
        return answer instanceof Voided.Refused no && no.reason().equals("label_not_found");
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return line.ask("/shipments/v3/options/search", JSON, UspsRateRequest.of(shipment, settings))
                .read(answer -> UspsRates.rates(answer, shipment), Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (String number : trackingNumbers) {
            String path = "/tracking/v3/tracking/" + UrlPart.of(number) + "?expand=DETAIL";
            events.addAll(line.read(path, Map.of("Accept", "application/json"))
                    .readOrThrow(answer -> UspsTracking.events(answer, number), "USPS tells nothing of " + number));
        }
        return events;
    }

    @Override
    public int mostInOne() {
        return UspsScanForm.MOST;
    }

    @Override
    public Closed close(List<ShipmentId> shipments, Address from, LocalDate day) {
        byte[] request = UspsScanForm.request(shipments, from, day, settings.checkAddresses());
        return line.change("POST", "/scan-forms/v3/scan-form", inOne(), request)
                .read(answer -> UspsScanForm.closed(answer, shipments), Closed.Unknown::new);
    }

    /** Numbers of the Universal Postal Union, {@code LZ123456789US}, are those of international labels. */
    private static boolean isAbroad(ShipmentId id) {
        return id.value().matches("[A-Z]{2}\\d{9}[A-Z]{2}");
    }

    private static Map<String, String> inOne() {
        return Map.of("Content-Type", "application/json", "Accept", IN_ONE);
    }

    private static Map<String, String> keyed(Ref ref) {
        return Map.of(
                "Content-Type",
                "application/json",
                "Accept",
                IN_ONE,
                KEY,
                ref.purchaseKey().toString());
    }
}
