package io.waybill.carrier.dhl_express;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** {@code GET /tracking} by reference: what was sold under a ref. It tells numbers, no label and no price. */
final class ExpressLookUp {
    private static final int DAYS_BACK = 40;
    private static final int DAYS_AHEAD = 10;

    private ExpressLookUp() {}

    static String path(Ref ref, String number, LocalDate today, String view) {
        return "/tracking?shipmentReference=" + URLEncoder.encode(ref.value(), UTF_8) + "&shipmentReferenceType=CU"
                + "&shipperAccountNumber=" + URLEncoder.encode(number, UTF_8)
                + "&dateRangeFrom=" + today.minusDays(DAYS_BACK)
                + "&dateRangeTo=" + today.plusDays(DAYS_AHEAD)
                + "&trackingView=" + view + "&levelOfDetail=all";
    }

    static Found found(Answer.Read answer, Ref ref) {
        if (!answer.ok()) {
            return isNotFound(answer) ? new Found.Nothing() : new Found.Unreachable(ExpressErrors.words(answer));
        }
        Reply json = Reply.of(answer.body());
        if (!json.at("shipments").isPresent()) {
            throw new IllegalArgumentException("it has no shipments");
        }
        JsonNode shipments = json.at("shipments").json();
        if (shipments.isArray() && shipments.isEmpty()) {
            return new Found.Nothing();
        }
        List<Reply> sold =
                json.list("shipments").stream().filter(one -> isUnder(one, ref)).toList();
        if (sold.isEmpty()) {
            return new Found.Unreachable("DHL tells of shipments under other references alone");
        }
        Map<ShipmentId, Outcome.Bought> sales = new LinkedHashMap<>();
        sold.stream().map(one -> sold(one, answer.body())).forEach(one -> sales.putIfAbsent(one.id(), one));
        List<Outcome.Bought> several = List.copyOf(sales.values());
        return several.size() > 1 ? Found.Untold.several(several) : new Found.Sold(several.get(0));
    }

    private static Outcome.Bought sold(Reply shipment, byte[] body) {
        ShipmentId id = new ShipmentId(shipment.required("shipmentTrackingNumber"));
        SortedMap<Integer, String> pieces = ExpressSale.pieces(shipment.list("pieces"), "number");
        return new Outcome.Bought(id, ExpressSale.numbers(id, pieces), List.of(), Optional.empty(), body);
    }

    /** Where DHL tells the shipment's references, ours is among them. */
    private static boolean isUnder(Reply shipment, Ref ref) {
        List<String> references = shipment.list("shipperReferences").stream()
                .map(one -> one.text("value"))
                .filter(value -> !value.isEmpty())
                .toList();
        return references.isEmpty() || references.stream().anyMatch(ref.value()::equalsIgnoreCase);
    }

    /** A 404 of the interface, in words; one of a gateway is none. */
    static boolean isNotFound(Answer.Read answer) {
        if (answer.status() != 404) {
            return false;
        }
        Reply json = Reply.of(answer.body());
        String words = (json.text("detail") + " " + json.text("title")).toLowerCase(Locale.ROOT);
        return !json.text("detail").isEmpty()
                && (words.contains("no data found")
                        || words.contains("not data found")
                        || words.contains("no shipments found")
                        || words.contains("no document images found"));
    }
}
