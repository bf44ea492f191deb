package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Charge;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code ShipmentResponse}. */
final class UpsSale {
    private static final Reply NOTHING = new Reply(MissingNode.getInstance());

    private UpsSale() {}

    /** @param request the {@code ShipmentRequest} it answers */
    static Outcome outcome(Answer.Read answer, Reply request) {
        Reply response = answer.ok() ? Reply.of(answer.body()).at("ShipmentResponse") : NOTHING;
        Reply results = response.at("ShipmentResults");
        if (!results.isPresent()) {
            return UpsErrors.outcome(answer, request);
        }
        List<Reply> packages = results.list("PackageResults");
        ShipmentId id = id(results, packages);
        List<Charge> charges =
                UpsShipRequest.isPaidByAccount(request) ? UpsCharges.ofSale(results, packages) : List.of();
        boolean isWhole = packages.size() == request.list("Shipment", "Package").size();
        Optional<Label> label = isWhole ? label(results, packages, UpsShipRequest.labelOf(request)) : Optional.empty();
        return new Outcome.Bought(id, numbers(id, packages), charges, label, answer.body())
                .warned(Stream.concat(response.list("Response", "Alert").stream(), results.list("Disclaimer").stream())
                        .map(alert -> (alert.text("Code") + " " + alert.text("Description")).strip()));
    }

    /** Of a kept answer; nothing where it is another, as one to a look-up is. */
    static Reply results(byte[] answer) {
        try {
            return Reply.of(answer).at("ShipmentResponse", "ShipmentResults");
        } catch (RuntimeException noSale) {
            return NOTHING;
        }
    }

    /** With those of a last mile by the post. */
    private static List<ExternalNumber> numbers(ShipmentId id, List<Reply> packages) {
        List<String> tracking =
                packages.stream().map(one -> one.text("TrackingNumber")).toList();
        List<ExternalNumber> numbers = new ArrayList<>(ExternalNumber.ofParcels(id, tracking));
        for (int i = 0; i < packages.size(); i++) {
            String atThePost = packages.get(i).text("USPSPICNumber");
            if (!atThePost.isEmpty() && !tracking.contains(atThePost)) {
                numbers.add(new ExternalNumber("last_mile", i + 1, atThePost));
            }
        }
        return numbers;
    }

    /** What has any number was sold. */
    private static ShipmentId id(Reply results, List<Reply> packages) {
        String lead = results.text("ShipmentIdentificationNumber");
        return new ShipmentId(
                lead.isEmpty()
                        ? packages.stream()
                                .map(one -> one.text("TrackingNumber"))
                                .filter(own -> !own.isEmpty())
                                .findFirst()
                                .orElseThrow(
                                        () -> new IllegalArgumentException("it has no ShipmentIdentificationNumber"))
                        : lead);
    }

    /** What cannot be read now, or is told of some packages alone, is asked for again later: the label is sold whatever its picture. */
    private static Optional<Label> label(Reply results, List<Reply> packages, LabelRequest wanted) {
        List<Reply> images =
                packages.stream().map(one -> one.at("ShippingLabel")).toList();
        return UpsLabels.of(images, wanted).map(label -> UpsLabels.withPapers(label, results, wanted));
    }
}
