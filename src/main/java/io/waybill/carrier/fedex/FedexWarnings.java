package io.waybill.carrier.fedex;

import io.waybill.carrier.Reply;
import java.util.List;
import java.util.stream.Stream;

/** What FedEx warns of though it sold: of the call, the shipment, its documents, and of goods that may not go there. */
final class FedexWarnings {
    private FedexWarnings() {}

    /** In FedEx's words; not its notes, which say that all is well. */
    static Stream<String> ofCall(Reply output) {
        return alerts(Stream.of(output));
    }

    /** Of what was sold, in order: the shipment, its documents, its goods. */
    static Stream<String> of(Reply shipment) {
        Stream<Reply> documents = Stream.concat(
                shipment.list("pieceResponses").stream().flatMap(piece -> piece.list("packageDocuments").stream()),
                shipment.list("shipmentDocuments").stream());
        return Stream.concat(alerts(Stream.concat(Stream.of(shipment), documents)), prohibitions(shipment));
    }

    /** Of what FedEx tells beside the first shipment, which alone is the purchase's and is what a void cancels. */
    static Stream<String> ofOthers(List<Reply> shipments) {
        List<String> own = shipments.stream()
                .limit(1)
                .flatMap(first -> FedexSale.names(first).stream())
                .toList();
        List<String> others = shipments.stream()
                .skip(1)
                .flatMap(other -> FedexSale.names(other).stream())
                .filter(number -> !own.contains(number))
                .distinct()
                .toList();
        return others.isEmpty()
                ? Stream.empty()
                : Stream.of("FedEx tells of another shipment beside this one, which is no part of this label: "
                        + String.join(", ", others) + ". Look at FedEx whether it is wanted");
    }

    private static Stream<String> alerts(Stream<Reply> places) {
        return places.flatMap(place -> place.list("alerts").stream())
                .filter(alert -> !alert.text("alertType").equalsIgnoreCase("NOTE"))
                .map(alert -> FedexErrors.error(alert).told());
    }

    private static Stream<String> prohibitions(Reply shipment) {
        return shipment.list("shipmentAdvisoryDetails", "regulatoryAdvisory", "prohibitions").stream()
                .map(one -> one.at("advisory"))
                .map(advisory -> first(advisory.text("localizedText"), advisory.text("text"), advisory.text("code")));
    }

    private static String first(String... texts) {
        return List.of(texts).stream()
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
