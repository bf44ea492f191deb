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
import java.util.Set;
import java.util.stream.Stream;

/** Reads what {@code POST /ship/v1/shipments} answers: a shipment, a job, or why not. */
final class FedexSale {
    private static final String POST = "USPS";
    private static final Set<String> NOT_OWN = Set.of(POST, "INTERNAL");

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
            Stream<String> warnings = Stream.concat(FedexWarnings.ofCall(output), FedexWarnings.of(shipment.get()));
            return sold(shipment.get(), request, documents, answer.body())
                    .warned(Stream.concat(warnings, FedexWarnings.ofOthers(output.list("transactionShipments"))));
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

    /** Of {@code /shipments} and {@code /shipments/results}; one request is one shipment, and what stands behind it is warned of. */
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
        return inOrder(shipment.list("pieceResponses"), "packageSequenceNumber");
    }

    private static List<Reply> inOrder(List<Reply> parts, String field) {
        return areNumbered(parts, field)
                ? parts.stream()
                        .sorted(Comparator.comparingInt(part -> sequence(part, field)))
                        .toList()
                : parts;
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

    private static List<Reply> packages(Reply shipment) {
        return shipment.list("completedShipmentDetail", "completedPackageDetails");
    }

    /** In the order of the parcels, where they say it; a package's own is neither that of a last mile by the post nor FedEx's alone. */
    private static List<String> ofPackages(List<Reply> packages) {
        return inOrder(packages, "sequenceNumber").stream()
                .map(one -> one.list("trackingIds").stream()
                        .filter(id -> !NOT_OWN.contains(id.text("trackingIdType")))
                        .map(id -> id.text("trackingNumber"))
                        .filter(number -> !number.isEmpty())
                        .findFirst()
                        .orElse(""))
                .toList();
    }

    /** Of each parcel: those of the pieces, whose labels they stand on; where pieces are missing, or tell none, those of the packages. */
    private static List<String> tracking(List<Reply> pieces, List<Reply> packages) {
        List<String> own = pieces.stream().map(FedexSale::ownNumber).toList();
        List<String> told = ofPackages(packages);
        if (own.size() >= told.size() && !own.contains("")) {
            return own;
        }
        boolean tellsAll = told.size() > own.size()
                && !told.contains("")
                && told.containsAll(
                        own.stream().filter(number -> !number.isEmpty()).toList());
        return tellsAll ? told : filled(own, told);
    }

    /** What no piece tells stands where its piece tells none, else in the first gap, else behind them. */
    private static List<String> filled(List<String> own, List<String> told) {
        List<String> all = new ArrayList<>(own);
        while (all.size() < told.size()) {
            all.add("");
        }
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            String number = told.get(i);
            if (!number.isEmpty() && !all.contains(number)) {
                if (all.get(i).isEmpty()) {
                    all.set(i, number);
                } else {
                    rest.add(number);
                }
            }
        }
        for (String number : rest) {
            int gap = all.indexOf("");
            all.set(gap < 0 ? grown(all) : gap, number);
        }
        return all;
    }

    private static int grown(List<String> all) {
        all.add("");
        return all.size() - 1;
    }

    /** The master's number, which the whole shipment is cancelled by. */
    static ShipmentId id(Reply shipment, List<Reply> pieces) {
        return ids(shipment, pieces)
                .map(ShipmentId::new)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("it has no masterTrackingNumber"));
    }

    /** What a person finds a shipment by: its master's number and those of its pieces. */
    static List<String> names(Reply shipment) {
        return ids(shipment, pieces(shipment)).distinct().toList();
    }

    private static Stream<String> ids(Reply shipment, List<Reply> pieces) {
        return Stream.of(
                        Stream.of(
                                shipment.text("masterTrackingNumber"),
                                shipment.text("completedShipmentDetail", "masterTrackingId", "trackingNumber")),
                        pieces.stream()
                                .flatMap(piece -> Stream.of(piece.text("masterTrackingNumber"), ownNumber(piece))),
                        ofPackages(packages(shipment)).stream())
                .flatMap(numbers -> numbers)
                .filter(number -> !number.isEmpty());
    }

    /** With those of a last mile by the post. */
    static List<ExternalNumber> numbers(ShipmentId id, Reply shipment, List<Reply> pieces) {
        List<Reply> packages = packages(shipment);
        List<ExternalNumber> numbers = new ArrayList<>(ExternalNumber.ofParcels(id, tracking(pieces, packages)));
        boolean areNumbered = areNumbered(packages, "sequenceNumber");
        for (int i = 0; i < packages.size(); i++) {
            int parcel = areNumbered ? sequence(packages.get(i), "sequenceNumber") : i + 1;
            for (Reply one : packages.get(i).list("trackingIds")) {
                String number = one.text("trackingNumber");
                if (one.text("trackingIdType").equals(POST) && !number.isEmpty()) {
                    numbers.add(new ExternalNumber("last_mile", parcel, number));
                }
            }
        }
        return numbers;
    }
}
