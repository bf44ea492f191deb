package io.waybill.carrier.easypost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Authorization;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.carrier.Webhooks;
import io.waybill.text.UrlPart;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One account at EasyPost. */
final class EasyPostCarrier implements Carrier, Rates, Voids, Tracks, Webhooks, Fees {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Accept", "application/json");
    private static final List<String> FILES = List.of(
            "easypost.com",
            "easypost-files.s3.amazonaws.com",
            "easypost-files.s3.us-west-2.amazonaws.com",
            "easypost-files.s3-us-west-2.amazonaws.com");
    private static final String PROOF = "hmac-sha256-hex=";
    private static final String SHIPMENTS = "/v2/shipments";

    private final EasyPostSettings settings;
    private final Downloads downloads;
    private final AccountLine line;
    private final EasyPostDraft draft;

    EasyPostCarrier(EasyPostSettings settings) {
        this.settings = settings;
        this.downloads = new Downloads(
                settings.calls(),
                "EasyPost",
                Stream.concat(FILES.stream(), settings.labelHosts().stream()).toList());
        this.line = new AccountLine(
                new CarrierHttp(settings.calls()), Authorization.basic(settings.apiKey(), ""), settings.calls());
        this.draft = new EasyPostDraft(this::shipment, this::rerate, this::create);
    }

    @Override
    public IdempotencyClass idempotency() {
        return IdempotencyClass.A;
    }

    @Override
    public Services services() {
        return EasyPostFactory.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return EasyPostShipment.MOST_PARCELS;
    }

    /** A shipment without a price comes first. */
    @Override
    public boolean preparesAlone() {
        return false;
    }

    /** Makes the shipment, which is free, unless one that says the same was made before and is not bought. */
    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        ObjectNode asked = EasyPostShipment.of(shipment, ref, settings);
        String service = EasyPostFactory.SERVICES.code(shipment.service());
        return new Prepared(ref, EasyPostPurchase.of(draft.of(asked, ref, service), service, shipment, settings));
    }

    @Override
    public Outcome buy(Prepared prepared) {
        String id = EasyPostPurchase.shipment(prepared.bytes());
        return line.buy(SHIPMENTS + "/" + UrlPart.of(id) + "/buy", HEADERS, prepared.bytes())
                .outcome(answer -> EasyPostSale.outcome(answer, () -> shipment(id)));
    }

    @Override
    public Found find(Ref ref) {
        return draft.find(ref);
    }

    /** By its id or its reference. */
    private Answer shipment(String id) {
        return line.read(SHIPMENTS + "/" + UrlPart.of(id), HEADERS);
    }

    private Answer rerate(String id) {
        return line.ask(SHIPMENTS + "/" + UrlPart.of(id) + "/rerate", HEADERS, new byte[0]);
    }

    private Answer create(byte[] body) {
        return line.change("POST", SHIPMENTS, HEADERS, body);
    }

    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return shipment(id.value())
                .read(
                        answer -> EasyPostLabels.fetched(
                                EasyPostSale.shipment(answer), request, format -> converted(id, format), downloads),
                        Fetched.NotYet::new);
    }

    private Answer converted(ShipmentId id, String format) {
        return line.read(SHIPMENTS + "/" + UrlPart.of(id.value()) + "/label?file_format=" + format, HEADERS);
    }

    /** What was asked back before is looked up; only what was not is asked for. */
    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        return shipment(id.value()).read(answer -> cancel(answer, id), Voided.Unknown::new);
    }

    private Voided cancel(Answer.Read known, ShipmentId id) {
        return EasyPostRefund.decided(known)
                .orElseGet(() -> line.change(
                                "POST", SHIPMENTS + "/" + UrlPart.of(id.value()) + "/refund", HEADERS, new byte[0])
                        .read(EasyPostRefund::asked, Voided.Unknown::new));
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        return shipment(id.value()).readOrThrow(EasyPostCharges::booked, "EasyPost tells no fees of " + id.value());
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return line.ask(SHIPMENTS, HEADERS, EasyPostShipment.toRate(shipment, settings))
                .read(EasyPostRates::rates, Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (String number : trackingNumbers) {
            events.addAll(tracker(number)
                    .readOrThrow(
                            answer -> EasyPostTracking.events(answer, number), "EasyPost tells nothing of " + number));
        }
        return events;
    }

    /** A bought label has a tracker; of a number without one, one is made, which EasyPost may charge for. */
    private Answer tracker(String number) {
        Answer known = line.read("/v2/trackers?tracking_code=" + UrlPart.of(number), HEADERS);
        boolean isNone = known.read(EasyPostTracking::isNone, silence -> false);
        return isNone ? line.ask("/v2/trackers", HEADERS, EasyPostTracking.request(number)) : known;
    }

    @Override
    public boolean isOn() {
        return settings.webhook().isOn();
    }

    /** The key is normalised (NFKD), and the signature is over the bytes as they came. */
    @Override
    public String prove(Delivery delivery) {
        List<byte[]> keys = settings.webhook().required().stream()
                .map(secret ->
                        Normalizer.normalize(secret, Normalizer.Form.NFKD).getBytes(UTF_8))
                .toList();
        String given = delivery.header("X-Hmac-Signature");
        HookProof.requireHmac(
                keys,
                delivery.body(),
                given != null && given.startsWith(PROOF) ? given.substring(PROOF.length()) : null);
        return EasyPostTracking.name(delivery.body());
    }

    @Override
    public List<Event> read(byte[] body) {
        return EasyPostTracking.pushed(Reply.of(body));
    }
}
