package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the answer to {@code POST /shipments}. */
final class ExpressSale {
    private ExpressSale() {}

    /** @param sent what it answers */
    static Outcome outcome(Answer.Read answer, byte[] sent, ExpressSettings settings) {
        Reply request = Reply.of(sent);
        Reply json = answer.ok()
                ? Reply.of(answer.body())
                : new Reply(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        if (!answer.ok() || (json.text("shipmentTrackingNumber").isEmpty() && ExpressErrors.isError(json))) {
            return ExpressErrors.outcome(answer, request);
        }
        ShipmentId id = new ShipmentId(json.required("shipmentTrackingNumber"));
        List<Charge> charges = settings.owns(ExpressBilling.payerOf(request)) ? ExpressPrices.ofSale(json) : List.of();
        int parcels = Math.max(1, request.list("content", "packages").size());
        return new Outcome.Bought(
                        id,
                        numbers(id, pieces(json.list("packages"), "referenceNumber")),
                        charges,
                        ExpressLabels.of(json, parcels, ExpressLabels.size(sent)),
                        answer.body())
                .warned(json.list("warnings").stream().map(Reply::text));
    }

    /**
     * By the parcels DHL names; in their order where it does not name one of its own for each.
     *
     * @param number the field that names it
     */
    static SortedMap<Integer, String> pieces(List<Reply> told, String number) {
        SortedMap<Integer, String> named = new TreeMap<>();
        told.forEach(one -> named.putIfAbsent(place(one.text(number), 0), one.text("trackingNumber")));
        if (named.size() == told.size() && !named.containsKey(0)) {
            return named;
        }
        SortedMap<Integer, String> inOrder = new TreeMap<>();
        told.stream()
                .sorted(Comparator.comparingInt(one -> place(one.text(number), told.size())))
                .forEach(one -> inOrder.put(inOrder.size() + 1, one.text("trackingNumber")));
        return inOrder;
    }

    /** Which parcel this is, counted from 1. */
    static int place(String number, int otherwise) {
        return number.matches("\\d{1,4}") ? Integer.parseInt(number) : otherwise;
    }

    /**
     * A shipment is known to everybody, invoices too, by its waybill number: that is what the first parcel is followed by, and
     * its piece's number stands beside. Further parcels have their piece's.
     */
    static List<ExternalNumber> numbers(ShipmentId id, SortedMap<Integer, String> pieces) {
        List<ExternalNumber> numbers = new ArrayList<>();
        numbers.add(new ExternalNumber("tracking", 1, id.value()));
        pieces.forEach((parcel, piece) -> {
            if (!piece.isEmpty() && !piece.equals(id.value())) {
                numbers.add(new ExternalNumber(parcel == 1 ? "piece" : "tracking", parcel, piece));
            }
        });
        return numbers;
    }
}
