package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Label;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Manifests.Closed;
import io.waybill.carrier.Manifests.Left;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import io.waybill.order.Address;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The SCAN form (PS Form 5630): one barcode for the parcels of a day. */
final class UspsScanForm {
    static final int MOST = 10_000;

    private static final LabelRequest PAPER = new LabelRequest("PDF", "letter", 203);

    private UspsScanForm() {}

    static byte[] request(List<ShipmentId> shipments, Address from, LocalDate day, boolean checked) {
        ObjectNode out = RequestJson.object()
                .put("form", "5630")
                .put("imageType", "PDF")
                .put("labelType", "8.5x11LABEL")
                .put("mailingDate", day.toString())
                .put("overwriteMailingDate", false)
                .put("entryFacilityZIPCode", UspsParties.zipCode(from, "/shipFrom"))
                .put("destinationEntryFacilityType", "NONE");
        ArrayNode numbers = out.putObject("shipment").putArray("trackingNumbers");
        shipments.forEach(shipment -> numbers.add(shipment.value()));
        ObjectNode address = UspsParties.domestic(from, "/shipFrom", checked);
        address.remove(List.of("phone", "email"));
        out.set("fromAddress", address);
        return RequestJson.bytes(out);
    }

    static Closed closed(Answer.Read answer, List<ShipmentId> asked) {
        if (!answer.ok()) {
            UspsErrors errors = UspsErrors.of(answer);
            return UspsErrors.isAboutTheCaller(answer)
                    ? new Closed.Unknown("HTTP " + answer.status() + Reply.words(answer))
                    : new Closed.Refused(errors.words());
        }
        UspsLabelReply reply = UspsLabelReply.of(answer);
        Optional<Label.Document> paper = reply.image("SCANFormImage", "labelImage")
                .flatMap(bytes -> UspsSale.document("manifest", 0, bytes, PAPER));
        String number = reply.metadata().text("manifestNumber");
        if (number.isEmpty() && paper.isEmpty()) {
            throw new IllegalArgumentException("it has no manifestNumber");
        }
        return new Closed.Done(number, paper.stream().toList(), left(reply.metadata(), asked));
    }

    /** Where USPS lists what it took in, the rest was not. */
    private static List<Left> left(Reply metadata, List<ShipmentId> asked) {
        Set<String> taken = metadata.list("trackingNumbers").stream()
                .map(Reply::text)
                .map(UspsNumbers::own)
                .collect(Collectors.toSet());
        return taken.isEmpty()
                ? List.of()
                : asked.stream()
                        .filter(shipment -> !taken.contains(UspsNumbers.own(shipment.value())))
                        .map(shipment -> new Left(shipment, "USPS does not list it in the manifest"))
                        .toList();
    }
}
