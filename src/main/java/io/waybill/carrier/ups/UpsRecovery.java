package io.waybill.carrier.ups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Found;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Label Recovery: what was sold under a reference. It tells no price. Labels are printed again by {@link UpsReprint}. */
final class UpsRecovery {
    static final String RESPONSE = "LabelRecoveryResponse";
    private static final CodeTable CODES = CodeTable.read(UpsRecovery.class, "recovery.csv", "unknown");
    private static final LabelRequest SMALL = new LabelRequest("PNG", "4x6", 203);

    private UpsRecovery() {}

    static byte[] byReference(Ref ref, String number) {
        ObjectNode out = request(SMALL);
        ObjectNode values = ((ObjectNode) out.path("LabelRecoveryRequest")).putObject("ReferenceValues");
        values.putObject("ReferenceNumber").put("Value", ref.value());
        values.put("ShipperNumber", number);
        return RequestJson.bytes(out);
    }

    static byte[] byNumber(String number, LabelRequest label) {
        ObjectNode out = request(label);
        ((ObjectNode) out.path("LabelRecoveryRequest")).put("TrackingNumber", number);
        return RequestJson.bytes(out);
    }

    private static ObjectNode request(LabelRequest label) {
        ObjectNode out = RequestJson.object();
        ObjectNode request = out.putObject("LabelRecoveryRequest");
        request.putObject("Request").put("SubVersion", "1903");
        request.set("LabelSpecification", UpsShipRequest.label(label));
        return out;
    }

    /** Where UPS knows no such shipment, or one that was given back, nothing was sold as far as the hub is concerned. */
    static Found found(Answer.Read answer) {
        if (!answer.ok() || UpsErrors.isToldInSuccess(answer, RESPONSE)) {
            return notFound(answer);
        }
        Reply response = Reply.of(answer.body()).at(RESPONSE);
        List<String> tracking = Stream.concat(
                        response.list("LabelResults").stream(), response.list("TrackingCandidate").stream())
                .map(one -> one.text("TrackingNumber"))
                .filter(number -> !number.isEmpty())
                .distinct()
                .toList();
        String lead = response.text("ShipmentIdentificationNumber");
        if (lead.isEmpty() && response.list("LabelResults").isEmpty() && tracking.size() > 1) {
            return new Found.Untold("several candidates under one reference: " + String.join(", ", tracking));
        }
        if (lead.isEmpty() && tracking.isEmpty()) {
            throw new IllegalArgumentException("it names no shipment");
        }
        ShipmentId id = new ShipmentId(lead.isEmpty() ? tracking.get(0) : lead);
        return new Found.Sold(new Outcome.Bought(
                id, ExternalNumber.ofParcels(id, tracking), List.of(), Optional.empty(), answer.body()));
    }

    private static Found notFound(Answer.Read answer) {
        UpsErrors errors = UpsErrors.of(answer);
        boolean about = UpsErrors.isAboutTheCaller(answer);
        return switch (about ? "unknown" : word(errors)) {
            case "nothing", "voided" -> new Found.Nothing();
            case "gone", "several" -> new Found.Untold(errors.words());
            default -> new Found.Unreachable(errors.words());
        };
    }

    static String word(UpsErrors errors) {
        return CODES.word(errors.code());
    }
}
