package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a parcel has been: one step after the other, each as long after the last as the pace says; a void ends it. */
final class Journey {
    private record Step(String code, String text, boolean atOrigin) {}

    private static final List<Step> START = List.of(
            new Step("LC", "Label created", true),
            new Step("PU", "Picked up", true),
            new Step("IT", "In transit", true),
            new Step("OD", "Out for delivery", false));
    private static final Step DELIVERED = new Step("DL", "Delivered", false);
    private static final Step FAILED = new Step("DF", "Delivery failed: nobody home", false);

    record Event(String code, String text, String place, Instant at) {}

    private Journey() {}

    /** The events up to now, oldest first. */
    static List<Event> upTo(Instant now, Book.Entry entry, Duration step) {
        List<Step> steps = new ArrayList<>(START);
        steps.add(entry.sale().magic().is(Magic.Kind.TRACK_FAIL) ? FAILED : DELIVERED);
        Instant voidedAt = entry.voidedAt();
        Instant end = voidedAt == null ? now : voidedAt;
        List<Event> events = new ArrayList<>();
        Instant at = entry.sale().effectiveAt();
        for (Step next : steps) {
            if (!at.isAfter(end)) {
                events.add(new Event(next.code(), next.text(), place(entry.sale(), next.atOrigin()), at));
            }
            at = at.plus(step);
        }
        if (voidedAt != null) {
            events.add(new Event("VD", "Label voided", place(entry.sale(), true), voidedAt));
        }
        return events;
    }

    static boolean pickedUp(Instant now, Book.Entry entry, Duration step) {
        return !entry.sale().effectiveAt().plus(step).isAfter(now);
    }

    private static String place(Sale sale, boolean atOrigin) {
        JsonNode address = sale.request().path(atOrigin ? "shipFrom" : "shipTo");
        return Json.text(address, "city") + " " + Json.text(address, "country");
    }
}
