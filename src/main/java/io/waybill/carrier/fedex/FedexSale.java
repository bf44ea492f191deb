package io.waybill.carrier.fedex;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Downloads;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Fetched;
import io.waybill.carrier.Label;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ShipmentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what {@code POST /ship/v1/shipments} answers: a shipment, a job, or why not. */
final class FedexSale {
    private FedexSale() {}

    /** @param request what it answers */
    static Outcome outcome(Answer.Read answer, Reply request, Downloads documents) {
        if (!answer.ok()) {
            return FedexErrors.outcome(answer);
        }
        Reply json = Reply.of(answer.body());
        Reply output = json.at("output");
        Optional<Reply> shipment = shipment(json);
        if (shipment.isPresent()) {
            return sold(shipment.get(), request, documents, answer.body())
                    .warned(Stream.concat(FedexWarnings.ofCall(output), FedexWarnings.of(shipment.get())));
        }
        String job = output.text("jobId");
        if (!job.isEmpty()) {
            ShipmentId id = FedexJobs.id(job, FedexShipRequest.isPaidByAccount(request));
            return new Outcome.Bought(id, jobOnly(id), List.of(), Optional.empty(), answer.body())
                    .warned(FedexWarnings.ofCall(output));
        }
        return FedexErrors.outcome(answer);
    }

    /** The label of this sale where it told it by its address; empty where the answer tells none so, as one to a look-up does. */
    static Optional<Fetched> reread(ShipmentId id, byte[] request, byte[] answer, Downloads documents) {
        return told(id, answer).flatMap(shipment -> {
            Reply asked = Reply.of(request);
            FedexPapers papers =
                    new FedexPapers(shipment, pieces(shipment), FedexShipRequest.labelOf(asked), documents);
            Optional<Label> label = papers.label(FedexShipRequest.parcelsOf(asked));
            return label.isPresent()
                    ? label.map(Fetched.Ready::new)
                    : papers.silence().map(Fetched.NotYet::new);
        });
    }

    private static Optional<Reply> told(ShipmentId id, byte[] answer) {
        try {
            return shipment(Reply.of(answer))
                    .filter(sold -> id(sold, pieces(sold)).equals(id));
        } catch (RuntimeException noSale) {
            return Optional.empty();
        }
    }

    private static List<ExternalNumber> jobOnly(ShipmentId job) {
        return List.of(new ExternalNumber("shipment", 0, job.value()));
    }

    /** Of {@code /shipments} and {@code /shipments/results}; one request is one shipment. */
    static Optional<Reply> shipment(Reply json) {
        return json.list("output", "transactionShipments").stream().findFirst();
    }

    private static Outcome.Bought sold(Reply shipment, Reply request, Downloads documents, byte[] body) {
        List<Reply> pieces = pieces(shipment);
        ShipmentId id = id(shipment, pieces);
        return new Outcome.Bought(
                id,
                numbers(id, shipment, pieces),
                FedexShipRequest.isPaidByAccount(request)
                        ? FedexCharges.ofSale(shipment, FedexShipRequest.currencyOf(request))
                        : List.of(),
                new FedexPapers(shipment, pieces, FedexShipRequest.labelOf(request), documents)
                        .label(FedexShipRequest.parcelsOf(request)),
                body);
    }

    /** In the order of the parcels; as they come where one of them does not say which it is. */
    static List<Reply> pieces(Reply shipment) {
        List<Reply> pieces = shipment.list("pieceResponses");
        return areNumbered(pieces, "packageSequenceNumber")
                ? pieces.stream()
                        .sorted(Comparator.comparingInt(piece -> sequence(piece, "packageSequenceNumber")))
                        .toList()
                : pieces;
    }

    /** Whether each says which parcel it is, and no two the same. */
    private static boolean areNumbered(List<Reply> parts, String field) {
        return parts.stream()
                        .mapToInt(part -> sequence(part, field))
                        .filter(number -> number > 0)
                        .distinct()
                        .count()
                == parts.size();
    }

    private static int sequence(Reply part, String field) {
        String number = part.text(field);
        return number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    }

    /** Empty where FedEx does not tell it, which undoes no sale. */
    static String ownNumber(Reply piece) {
        String own = piece.text("trackingNumber");
        return own.isEmpty() ? piece.text("packageDocuments", "trackingNumber") : own;
    }

    /** The master's number, which the whole shipment is cancelled by. */
    static ShipmentId id(Reply shipment, List<Reply> pieces) {
        return Stream.concat(
                        Stream.of(
                                shipment.text("masterTrackingNumber"),
                                shipment.text("completedShipmentDetail", "masterTrackingId", "trackingNumber")),
                        pieces.stream()
                                .flatMap(piece -> Stream.of(piece.text("masterTrackingNumber"), ownNumber(piece))))
                .filter(number -> !number.isEmpty())
                .map(ShipmentId::new)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has no masterTrackingNumber"));
    }

    /** With those of a last mile by the post. */
    static List<ExternalNumber> numbers(ShipmentId id, Reply shipment, List<Reply> pieces) {
        List<ExternalNumber> numbers = new ArrayList<>(ExternalNumber.ofParcels(
                id, pieces.stream().map(FedexSale::ownNumber).toList()));
        List<Reply> packages = shipment.list("completedShipmentDetail", "completedPackageDetails");
        boolean areNumbered = areNumbered(packages, "sequenceNumber");
        for (int i = 0; i < packages.size(); i++) {
            int parcel = areNumbered ? sequence(packages.get(i), "sequenceNumber") : i + 1;
            for (Reply one : packages.get(i).list("trackingIds")) {
                String number = one.text("trackingNumber");
                if (one.text("trackingIdType").equals("USPS") && !number.isEmpty()) {
                    numbers.add(new ExternalNumber("last_mile", parcel, number));
                }
            }
        }
        return numbers;
    }
}
