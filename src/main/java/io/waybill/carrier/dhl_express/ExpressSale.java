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

/** Reads the answer to {@code POST /shipments}. */
final class ExpressSale {
    private ExpressSale() {}

    /** @param request what it answers */
    static Outcome outcome(Answer.Read answer, Reply request, ExpressSettings settings) {
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
                        numbers(id, pieces(json.list("packages"))),
                        charges,
                        ExpressLabels.of(json, parcels, ExpressLabels.size(request)),
                        answer.body())
                .warned(json.list("warnings").stream().map(Reply::text));
    }

    /** In the order of the parcels. */
    private static List<String> pieces(List<Reply> packages) {
        return packages.stream()
                .sorted(Comparator.comparingInt(one -> place(one.text("referenceNumber"), packages.size())))
                .map(one -> one.text("trackingNumber"))
                .toList();
    }

    /** Which parcel this is, counted from 1. */
    static int place(String number, int otherwise) {
        return number.matches("\\d{1,4}") ? Integer.parseInt(number) : otherwise;
    }

    /**
     * A shipment is known to everybody, invoices too, by its waybill number: that is what the first parcel is followed by, and
     * its piece's number stands beside. Further parcels have their piece's.
     */
    static List<ExternalNumber> numbers(ShipmentId id, List<String> pieces) {
        List<ExternalNumber> numbers = new ArrayList<>();
        numbers.add(new ExternalNumber("tracking", 1, id.value()));
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            if (!piece.isEmpty() && !piece.equals(id.value())) {
                numbers.add(new ExternalNumber(i == 0 ? "piece" : "tracking", i + 1, piece));
            }
        }
        return numbers;
    }
}
