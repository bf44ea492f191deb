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

/** Reads {@code ShipmentResponse}. */
final class UpsSale {
    private static final Reply NOTHING = new Reply(MissingNode.getInstance());

    private UpsSale() {}

    /** @param request the {@code ShipmentRequest} it answers */
    static Outcome outcome(Answer.Read answer, Reply request) {
        Reply results = answer.ok() ? Reply.of(answer.body()).at("ShipmentResponse", "ShipmentResults") : NOTHING;
        if (!results.isPresent()) {
            return UpsErrors.outcome(answer);
        }
        List<Reply> packages = results.list("PackageResults");
        ShipmentId id = id(results, packages);
        List<String> tracking = packages.isEmpty()
                ? List.of(id.value())
                : packages.stream().map(one -> tracking(one, packages, id)).toList();
        List<Charge> charges =
                UpsShipRequest.isPaidByAccount(request) ? UpsCharges.ofSale(results, packages) : List.of();
        Optional<Label> label = label(results, packages, UpsShipRequest.labelOf(request));
        return new Outcome.Bought(id, numbers(id, tracking), charges, label, answer.body());
    }

    /** What has any number was sold. */
    private static ShipmentId id(Reply results, List<Reply> packages) {
        boolean isLed = packages.isEmpty()
                || !results.text("ShipmentIdentificationNumber").isEmpty();
        return new ShipmentId(
                isLed
                        ? results.required("ShipmentIdentificationNumber")
                        : packages.get(0).required("TrackingNumber"));
    }

    /** The first package, and the only one, has the shipment's. */
    private static String tracking(Reply one, List<Reply> packages, ShipmentId id) {
        String own = one.text("TrackingNumber");
        return own.isEmpty() && one.equals(packages.get(0)) ? id.value() : one.required("TrackingNumber");
    }

    /** The shipment's number is that of its first package, and is told once. */
    static List<ExternalNumber> numbers(ShipmentId id, List<String> tracking) {
        List<ExternalNumber> numbers = new ArrayList<>();
        if (!tracking.contains(id.value())) {
            numbers.add(new ExternalNumber("shipment", 0, id.value()));
        }
        for (int i = 0; i < tracking.size(); i++) {
            numbers.add(new ExternalNumber("tracking", i + 1, tracking.get(i)));
        }
        return numbers;
    }

    /** What cannot be read now is asked for again later: the label is sold whatever its picture. */
    private static Optional<Label> label(Reply results, List<Reply> packages, LabelRequest wanted) {
        List<Reply> images =
                packages.stream().map(one -> one.at("ShippingLabel")).toList();
        return UpsLabels.of(images, wanted).map(label -> withForms(label, results));
    }

    private static Label withForms(Label label, Reply results) {
        List<Label.Document> papers = new ArrayList<>(label.documents());
        for (Reply form : results.list("Form")) {
            UpsLabels.form(form.at("Image")).ifPresent(papers::add);
        }
        return new Label(papers);
    }
}
