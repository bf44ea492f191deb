package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.Found;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.Ref;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ShipmentId;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code POST /track/v1/referencenumbers}: what was sold under a ref. It tells numbers, no label and no price. */
final class FedexLookUp {
    private static final String CANCELLED = "CA";
    private static final String MASTER = "STANDARD_MPS";
    private static final int DAYS_BACK = 40;

    /** A shipment may be dated ten days ahead. */
    private static final int DAYS_AHEAD = 10;

    private FedexLookUp() {}

    /** The last day is asked for by both names FedEx's pages have for it. */
    static byte[] request(Ref ref, String number, LocalDate today) {
        ObjectNode out = RequestJson.object().put("includeDetailedScans", false);
        String last = today.plusDays(DAYS_AHEAD).toString();
        out.putObject("referencesInformation")
                .put("type", "INVOICE")
                .put("value", ref.value())
                .put("accountNumber", number)
                .put("shipDateBegin", today.minusDays(DAYS_BACK).toString())
                .put("shipDateEnd", last)
                .put("shipDateEndDate", last);
        return RequestJson.bytes(out);
    }

    /** What was cancelled was not sold, as far as the hub is concerned. */
    static Found found(Answer.Read answer, Ref ref) {
        if (!answer.ok()) {
            FedexErrors errors = FedexErrors.of(answer);
            return !FedexErrors.isAboutTheCaller(answer) && errors.isNothingFound()
                    ? new Found.Nothing()
                    : new Found.Unreachable(errors.words());
        }
        Reply json = Reply.of(answer.body());
        List<Reply> results = results(json);
        if (results.isEmpty()) {
            requireNothing(json, answer);
            return new Found.Nothing();
        }
        Optional<FedexErrors.Fault> trouble = results.stream()
                .map(one -> FedexErrors.error(one.at("error")))
                .filter(error -> !error.told().isEmpty() && !FedexErrors.isNotFound(error.code()))
                .findFirst();
        if (trouble.isPresent()) {
            return new Found.Unreachable(trouble.get().told());
        }
        List<Reply> live = results.stream()
                .filter(one -> FedexErrors.error(one.at("error")).told().isEmpty() && !isCancelled(one))
                .toList();
        List<Reply> ours = live.stream().filter(one -> isUnder(one, ref)).toList();
        if (!ours.isEmpty()) {
            return sold(ours, answer.body());
        }
        return live.isEmpty() ? new Found.Nothing() : new Found.Unreachable(others(live));
    }

    /** Found under our ref, and told by the number of an invoice of the goods: it may be ours, and a person sees. */
    private static String others(List<Reply> live) {
        return live.stream()
                .map(one -> one.text("trackingNumberInfo", "trackingNumber") + " under "
                        + String.join(", ", identifiers(one, "INVOICE")))
                .collect(Collectors.joining("; ", "FedEx tells other invoices alone: ", ""));
    }

    private static List<Reply> results(Reply json) {
        return json.list("output", "completeTrackResults").stream()
                .flatMap(one -> one.list("trackResults").stream())
                .toList();
    }

    /** An answer without results has to say so. */
    private static void requireNothing(Reply json, Answer.Read answer) {
        boolean said = json.list("output", "alerts").stream()
                        .map(alert -> alert.text("code"))
                        .anyMatch(FedexErrors::isNotFound)
                || isEmptyList(json.at("output", "completeTrackResults").json());
        if (!said && !FedexErrors.of(answer).isNothingFound()) {
            throw new IllegalArgumentException("it has no completeTrackResults");
        }
    }

    /** One that names a parcel and tells no more of it says anything but no. */
    private static boolean isEmptyList(JsonNode results) {
        return results.isArray() && results.isEmpty();
    }

    private static Found sold(List<Reply> live, byte[] body) {
        Set<String> named = live.stream()
                .flatMap(one -> identifiers(one, MASTER).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String rest = named.stream()
                .findFirst()
                .orElseGet(() -> live.stream()
                        .filter(one -> master(one, named).isEmpty())
                        .map(FedexLookUp::number)
                        .findFirst()
                        .orElse(""));
        Map<String, List<String>> parcels = live.stream()
                .collect(Collectors.groupingBy(
                        one -> master(one, named).orElse(rest),
                        LinkedHashMap::new,
                        Collectors.mapping(FedexLookUp::number, Collectors.toList())));
        List<Outcome.Bought> sales = parcels.entrySet().stream()
                .map(one -> sold(new ShipmentId(one.getKey()), one.getValue(), body))
                .toList();
        return sales.size() > 1 ? Found.Untold.several(sales) : new Found.Sold(sales.get(0));
    }

    private static Outcome.Bought sold(ShipmentId id, List<String> tracking, byte[] body) {
        List<String> parcels = tracking.stream().distinct().toList();
        return new Outcome.Bought(id, ExternalNumber.ofParcels(id, parcels), List.of(), Optional.empty(), body);
    }

    /** The number of the shipment a parcel is of: the one it names, or its own where others name that, or it says that it is alone. */
    private static Optional<String> master(Reply parcel, Set<String> named) {
        return identifiers(parcel, MASTER).stream()
                .findFirst()
                .or(() -> Optional.of(number(parcel))
                        .filter(own -> named.contains(own)
                                || parcel.text("packageDetails", "count").equals("1")));
    }

    private static String number(Reply parcel) {
        return parcel.required("trackingNumberInfo", "trackingNumber");
    }

    private static boolean isCancelled(Reply result) {
        Reply latest = result.at("latestStatusDetail");
        return latest.text("code").equals(CANCELLED)
                || latest.text("derivedCode").equals(CANCELLED);
    }

    /** Where FedEx tells the invoice numbers, ours is among them. */
    private static boolean isUnder(Reply result, Ref ref) {
        List<String> invoices = identifiers(result, "INVOICE");
        return invoices.isEmpty() || invoices.stream().anyMatch(ref.value()::equalsIgnoreCase);
    }

    private static List<String> identifiers(Reply result, String type) {
        return result.list("additionalTrackingInfo", "packageIdentifiers").stream()
                .filter(one -> one.text("type").equals(type))
                .flatMap(one -> one.list("values").isEmpty() ? one.list("value").stream() : one.list("values").stream())
                .map(value -> value.json().asText().strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
