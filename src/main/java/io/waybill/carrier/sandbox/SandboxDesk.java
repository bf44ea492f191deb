package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.Sha256;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What the carrier does for a customer, without the HTTP: sells, finds, prints, takes back, rates and tracks. */
final class SandboxDesk {
    private static final int MAX_NUMBERS = 100;

    private final Book book;
    private final SandboxPace pace;
    private final Clock clock;
    private final Tariff tariff = new Tariff();
    private final Set<String> dropped = ConcurrentHashMap.newKeySet();

    SandboxDesk(Book book, SandboxPace pace, Clock clock) {
        this.book = book;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * Sells, or answers what was sold under this key.
     *
     * @throws Refusal when it is not sold, or something else was under this key
     */
    Book.Entry sell(String key, byte[] body) {
        ObjectNode request = Requests.read(body);
        String sha = Sha256.of(body);
        Magic magic = Magic.in(Json.text(request.path("shipTo"), "name"));
        Book.Entry entry = book.sell(key, sha, serial -> sale(serial, key, sha, request, magic));
        if (!entry.sale().bodySha256().equals(sha)) {
            throw Refusal.of(
                    409,
                    "key_reused",
                    "another shipment was bought under this key: "
                            + entry.sale().reference());
        }
        if (entry.voidedAt() != null) {
            throw Refusal.of(
                    409,
                    "voided",
                    "this shipment was bought and given back: " + entry.sale().id());
        }
        return entry;
    }

    /** Whether this request is to be lost before anything is sold: the first under its key. */
    boolean drops(String key, byte[] body) {
        return Magic.in(Json.text(Requests.read(body).path("shipTo"), "name")).is(Magic.Kind.DROP) && dropped.add(key);
    }

    ObjectNode shipment(Book.Entry entry) {
        Sale sale = entry.sale();
        ObjectNode out = ShipmentJson.of(sale);
        out.set("label", label(sale, LabelAsked.in(sale.request())));
        return out;
    }

    /** Whether the sale counts yet. */
    boolean inEffect(Book.Entry entry) {
        return entry.inEffect(clock.instant());
    }

    Duration slowAnswer(Magic magic) {
        return magic.orAfter(pace.slowAnswer());
    }

    ObjectNode find(String reference) {
        ObjectNode out = Json.object();
        ArrayNode shipments = out.putArray("shipments");
        book.byReference(reference)
                .filter(entry -> entry.live(clock.instant()))
                .ifPresent(entry -> shipments.add(shipment(entry)));
        return out;
    }

    /** {@code status} ready with documents, or pending. */
    ObjectNode label(String id, LabelAsked asked) {
        asked.check();
        return label(live(id).sale(), asked);
    }

    private ObjectNode label(Sale sale, LabelAsked asked) {
        return sale.labelAt().isAfter(clock.instant())
                ? Json.object().put("status", "pending")
                : ShipmentJson.label(sale, tariff.service(sale.service()), asked);
    }

    ObjectNode giveBack(String id) {
        Book.Entry entry = inEffect(id);
        Instant now = clock.instant();
        if (entry.voidedAt() == null && Journey.pickedUp(now, entry, pace.trackingStep())) {
            throw Refusal.of(409, "already_used", "the parcel was picked up");
        }
        if (!book.giveBack(id, now)) {
            throw Refusal.of(409, "already_voided", "this label was given back before");
        }
        ObjectNode out = Json.object().put("id", id).put("status", "voided");
        out.putObject("refund")
                .put("amount", entry.sale().total().toPlainString())
                .put("currency", "USD");
        return out;
    }

    ObjectNode rates(byte[] body) {
        ObjectNode request = Requests.read(body);
        ObjectNode out = Json.object();
        ArrayNode rates = out.putArray("rates");
        for (Tariff.Service service : tariff.services()) {
            ObjectNode rate = rates.addObject().put("service", service.code()).put("days", service.days());
            try {
                rate.set("price", ShipmentJson.price(tariff.price(service, request)));
                rate.put("promised", promised(service.days()).toString());
            } catch (Refusal excluded) {
                rate.put("excluded", excluded.getMessage());
            }
        }
        return out;
    }

    ObjectNode track(List<String> numbers) {
        if (numbers.size() > MAX_NUMBERS) {
            throw Refusal.field("too_many", "at most " + MAX_NUMBERS + " numbers at a time", "numbers");
        }
        Instant now = clock.instant();
        ObjectNode out = Json.object();
        ArrayNode parcels = out.putArray("parcels");
        for (String number : numbers) {
            ObjectNode parcel = parcels.addObject().put("trackingNumber", number);
            ArrayNode events = parcel.putArray("events");
            book.byNumber(number)
                    .filter(entry -> entry.inEffect(now))
                    .ifPresent(entry -> Journey.upTo(now, entry, pace.trackingStep())
                            .forEach(event -> events.addObject()
                                    .put("code", event.code())
                                    .put("text", event.text())
                                    .put("place", event.place())
                                    .put("at", event.at().toString())));
        }
        return out;
    }

    ObjectNode audit() {
        return Audit.of(book, clock.instant());
    }

    private Sale sale(long serial, String key, String sha, ObjectNode request, Magic magic) {
        if (magic.is(Magic.Kind.REFUSE)) {
            throw Refusal.field("refused", "the sandbox was told to refuse this recipient", "shipTo");
        }
        Tariff.Service service = tariff.service(Requests.text(request, "service"));
        LabelAsked.in(request).check();
        int parcels = request.path("parcels").size();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < parcels; i++) {
            numbers.add(TrackingNumber.of(service.digits(), serial + i));
        }
        Instant now = clock.instant();
        Instant effective = magic.is(Magic.Kind.LATE) ? now.plus(magic.orAfter(pace.lateEffect())) : now;
        Instant labelAt = magic.is(Magic.Kind.LABEL_LATER) ? now.plus(magic.orAfter(pace.labelDelay())) : effective;
        return new Sale(
                String.format("SBX%011d", serial),
                key,
                Requests.text(request, "reference"),
                Requests.text(request, "orderNumber"),
                sha,
                now,
                effective,
                labelAt,
                numbers,
                tariff.price(service, request),
                request);
    }

    private Book.Entry inEffect(String id) {
        return book.byId(id)
                .filter(entry -> entry.inEffect(clock.instant()))
                .orElseThrow(() -> Refusal.of(404, "not_found", "no shipment " + id));
    }

    private Book.Entry live(String id) {
        Book.Entry entry = inEffect(id);
        if (entry.voidedAt() != null) {
            throw Refusal.of(404, "voided", "the label was given back");
        }
        return entry;
    }

    /** Working days from today; the sandbox rests on Saturday and Sunday. */
    private LocalDate promised(int days) {
        LocalDate date = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (int left = days; left > 0; ) {
            date = date.plusDays(1);
            if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return date;
    }
}
