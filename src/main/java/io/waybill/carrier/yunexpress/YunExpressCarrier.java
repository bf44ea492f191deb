package io.waybill.carrier.yunexpress;

import io.waybill.carrier.AccountLine;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierHttp;
import io.waybill.carrier.Charge;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Found;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Prepared;
import io.waybill.carrier.Rates;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Services;
import io.waybill.carrier.Shipment;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Tracks;
import io.waybill.carrier.Voids;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One account at YunExpress. */
final class YunExpressCarrier implements Carrier, Rates, Voids, Tracks, Fees {
    private final YunExpressSettings settings;
    private final Downloads downloads;
    private final AccountLine line;

    YunExpressCarrier(YunExpressSettings settings) {
        this.settings = settings;
        this.downloads = new Downloads(
                settings.calls(),
                "YunExpress",
                Stream.concat(Stream.of("yunexpress.cn", "yunexpress.com"), settings.labelHosts().stream())
                        .toList());
        CarrierHttp http = new CarrierHttp(settings.calls());
        this.line = new AccountLine(
                http, YunExpressSignature.signed(settings, http), settings.calls(), YunExpressError::isTokenRefused);
    }

    @Override
    public IdempotencyClass idempotency() {
        return settings.duplicateProven() ? IdempotencyClass.A : IdempotencyClass.B;
    }

    @Override
    public Services services() {
        return YunExpressFactory.SERVICES;
    }

    @Override
    public int parcelsPerPurchase(Shipment shipment) {
        return YunExpressOrder.MOST_PARCELS;
    }

    @Override
    public Prepared prepare(Shipment shipment, Ref ref) {
        return new Prepared(ref, YunExpressOrder.of(shipment, ref, settings));
    }

    /** What was sold under this ref before is this purchase, and is looked up. */
    @Override
    public Outcome buy(Prepared prepared) {
        return line.buy("/v1/order/package/create", headers(settings), prepared.bytes())
                .outcome(answer -> YunExpressSale.outcome(answer, () -> find(prepared.ref())));
    }

    @Override
    public Found find(Ref ref) {
        return info(ref.value()).read(answer -> YunExpressSale.found(answer, ref), Found.Unreachable::new);
    }

    private Answer info(String number) {
        return get("/v1/order/info/get?order_number=" + UrlPart.of(number));
    }

    private Answer get(String path) {
        return line.read(path, headers(settings));
    }

    /** The numbers first: each asking for the label counts as a printing with YunExpress. */
    @Override
    public Fetched fetch(ShipmentId id, LabelRequest request) {
        return info(id.value())
                .read(
                        answer -> YunExpressLabels.fetched(
                                YunExpressSale.numbersWithLabel(answer), () -> label(id), request, downloads),
                        Fetched.NotYet::new);
    }

    private Answer label(ShipmentId id) {
        return get("/v1/order/label/get?order_number=" + UrlPart.of(id.value()));
    }

    @Override
    public Voided cancel(ShipmentId id, Ref ref) {
        Answer answer = line.change(
                "POST",
                "/v1/order/cancel",
                headers(settings),
                YunExpressVoid.request(waybill(id, ref).value()));
        return answer.read(said -> YunExpressVoid.voided(said, () -> info(id.value())), Voided.Unknown::new);
    }

    /** Our ref stands for an order that had no waybill yet when it was sold. */
    private ShipmentId waybill(ShipmentId id, Ref ref) {
        return id.value().equalsIgnoreCase(ref.value()) && find(ref) instanceof Found.Sold sold
                ? sold.bought().id()
                : id;
    }

    @Override
    public List<Rate> rates(Shipment shipment) {
        return get("/v1/price-trial/get?" + YunExpressRates.query(shipment, settings))
                .read(YunExpressRates::rates, Rate::none);
    }

    @Override
    public List<Event> track(List<String> trackingNumbers) {
        List<Event> events = new ArrayList<>();
        for (String number : trackingNumbers) {
            events.addAll(get("/v1/track-service/info/get?order_number=" + UrlPart.of(number))
                    .readOrThrow(
                            answer -> YunExpressTracking.events(answer, number),
                            "YunExpress tells nothing of " + number));
        }
        return events;
    }

    @Override
    public boolean areTheBill() {
        return true;
    }

    @Override
    public Optional<List<Charge>> fees(ShipmentId id, Ref ref) {
        String waybill = waybill(id, ref).value();
        return get("/v1/order/fee-details/get?waybill_number=" + UrlPart.of(waybill))
                .readOrThrow(YunExpressFees::charges, "YunExpress tells no fees of " + waybill);
    }

    static Map<String, String> headers(YunExpressSettings settings) {
        return Map.of(
                "Content-Type",
                "application/json;charset=utf-8",
                "Accept",
                "application/json",
                "Accept-Language",
                settings.language());
    }
}
