package io.waybill.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Tracks;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.TrackingBook.Key;
import io.waybill.ledger.Tx;
import io.waybill.text.Shortened;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What files tell of parcels, {@code tracking-event/1}: told on like what a carrier was asked for. */
public final class Scans {
    private Scans() {}

    /** @param news whether anything of it was not known before */
    public record Told(OrderRow order, boolean news) {}

    /**
     * Records what a checked document tells of one parcel.
     *
     * @param namespace whose parcels may be told of
     * @return empty when nobody there has this tracking number
     */
    public static Optional<Told> tell(Tx tx, String namespace, JsonNode scan) {
        String said = scan.path("trackingNumber").asText();
        Namespaces scope = Namespaces.of(Set.of(namespace));
        String number = tx.numbers().shipments(said).isEmpty() ? NumberText.plain(said) : said;
        List<ShipmentRow> shipments = tx.numbers().shipments(number).stream()
                .flatMap(id -> tx.shipments().find(id, scope).stream())
                .filter(shipment -> isOf(shipment, scan.path("carrier").asText("")))
                .toList();
        Optional<Told> told = Optional.empty();
        for (ShipmentRow shipment : shipments) {
            boolean news = told.map(Told::news).orElse(false);
            Told one = tell(tx, shipment, events(number, scan));
            told = Optional.of(new Told(one.order(), news || one.news()));
        }
        return told;
    }

    private static boolean isOf(ShipmentRow shipment, String carrier) {
        return carrier.isEmpty() || carrier.equalsIgnoreCase(shipment.carrier());
    }

    private static Told tell(Tx tx, ShipmentRow shipment, List<Tracks.Event> events) {
        OrderRow order = tx.orders().lock(shipment.orderUid(), Namespaces.ALL).orElseThrow();
        Set<Key> known = tx.tracking().known(List.of(shipment.id()));
        Moving moving = new Moving(shipment.id(), order.id(), String.valueOf(shipment.account()), null, null, 0);
        Journey.Told told = Journey.tell(tx, order, moving, events, known, "file");
        if (told.over()) {
            tx.journeys().next(shipment.id(), null);
        }
        return new Told(order, !told.news().isEmpty());
    }

    private static List<Tracks.Event> events(String number, JsonNode scan) {
        List<Tracks.Event> events = new ArrayList<>();
        if (scan.has("occurredAt")) {
            events.add(event(number, scan));
        }
        scan.path("events").forEach(one -> events.add(event(number, one)));
        return events;
    }

    private static Tracks.Event event(String number, JsonNode one) {
        String status = one.path("status").asText("unknown");
        return new Tracks.Event(
                number,
                status,
                one.path("code").asText(status),
                text(one),
                place(one.path("place")),
                OffsetDateTime.parse(one.path("occurredAt").asText()));
    }

    private static @Nullable String text(JsonNode one) {
        String text = Stream.of("description", "reason", "signedBy")
                .map(field -> one.path(field).asText(""))
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : Shortened.to(500, text);
    }

    private static @Nullable String place(JsonNode place) {
        String text = Stream.of("city", "state", "postalCode", "country")
                .map(field -> place.path(field).asText(""))
                .filter(said -> !said.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : Shortened.to(200, text);
    }
}
