package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.Tracks.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /track/v1/trackingnumbers}, thirty numbers a call. FedEx uses numbers again: of several parcels under one
 * number the latest is ours, and is asked for by its unique id where the first answer does not tell its scans.
 */
final class FedexTrackRequest {
    static final int MOST = 30;

    private static final Logger LOG = LoggerFactory.getLogger(FedexTrackRequest.class);

    private FedexTrackRequest() {}

    /**
     * A parcel.
     *
     * @param uniqueId tells it from earlier ones of the same number; empty when not known
     */
    record Wanted(String number, String uniqueId, String carrierCode) {
        Wanted(String number) {
            this(number, "", "");
        }
    }

    /** @param again those whose scans are to be asked for by their unique id */
    record Told(List<Event> events, List<Wanted> again) {}

    static byte[] request(List<Wanted> parcels) {
        ObjectNode out = RequestJson.object().put("includeDetailedScans", true);
        ArrayNode all = out.putArray("trackingInfo");
        for (Wanted parcel : parcels) {
            ObjectNode info = all.addObject().putObject("trackingNumberInfo");
            info.put("trackingNumber", parcel.number());
            RequestJson.put(info, "trackingNumberUniqueId", parcel.uniqueId());
            RequestJson.put(info, "carrierCode", parcel.carrierCode());
        }
        return RequestJson.bytes(out);
    }

    /** @throws RuntimeException when FedEx tells of none of them */
    static Told told(Answer.Read answer) {
        if (!answer.ok()) {
            FedexErrors errors = FedexErrors.of(answer);
            if (!FedexErrors.isAboutTheCaller(answer) && errors.isNothingFound()) {
                return new Told(List.of(), List.of());
            }
            throw new IllegalArgumentException(errors.words());
        }
        Reply output = Reply.of(answer.body()).at("output");
        if (!output.at("completeTrackResults").isPresent()) {
            throw new IllegalArgumentException("it has no completeTrackResults" + Reply.words(answer));
        }
        Told told = new Told(new ArrayList<>(), new ArrayList<>());
        List<String> troubles = new ArrayList<>();
        output.list("completeTrackResults").forEach(parcel -> tell(parcel, told, troubles));
        if (!troubles.isEmpty() && told.events().isEmpty() && told.again().isEmpty()) {
            throw new IllegalArgumentException(troubles.get(0));
        }
        return told;
    }

    /** @param troubles why nothing is told of a number now, though FedEx may know it */
    private static void tell(Reply parcel, Told told, List<String> troubles) {
        List<Reply> known = parcel.list("trackResults").stream()
                .filter(one -> FedexErrors.error(one.at("error")).told().isEmpty())
                .toList();
        parcel.list("trackResults").stream()
                .map(one -> FedexErrors.error(one.at("error")))
                .filter(error -> !error.told().isEmpty() && !isUnknown(error.code()))
                .forEach(error -> {
                    LOG.warn("FedEx tells nothing of {} now: {}", parcel.text("trackingNumber"), error.told());
                    troubles.add(error.told());
                });
        Optional<Reply> ours = known.stream().max(Comparator.comparing(FedexTrackRequest::age));
        if (ours.isEmpty()) {
            return;
        }
        String number = parcel.text("trackingNumber").isEmpty()
                ? FedexTracking.number(ours.get())
                : parcel.text("trackingNumber");
        String uniqueId = ours.get().text("trackingNumberInfo", "trackingNumberUniqueId");
        if (known.size() > 1
                && !uniqueId.isEmpty()
                && ours.get().list("scanEvents").isEmpty()) {
            told.again().add(new Wanted(number, uniqueId, ours.get().text("trackingNumberInfo", "carrierCode")));
        } else {
            told.events().addAll(FedexTracking.events(ours.get(), number));
        }
    }

    /** {@code NOTFOUND}, {@code INVALID}: there is no such number, as far as FedEx knows. */
    private static boolean isUnknown(String code) {
        return FedexErrors.isNotFound(code) || code.startsWith("TRACKING.TRACKINGNUMBER.");
    }

    /** When it was shipped or last seen, else when it is to be; the unique id begins with a number that grows by the day. */
    private static String age(Reply result) {
        String seen = latest(result, type -> type.equals("SHIP") || type.startsWith("ACTUAL_"))
                .or(() -> result.list("scanEvents").stream()
                        .map(one -> one.text("date"))
                        .max(Comparator.naturalOrder()))
                .or(() -> latest(result, type -> true))
                .orElse("");
        String day = result.text("trackingNumberInfo", "trackingNumberUniqueId").replaceFirst("~.*", "");
        return seen + " " + (day.length() < 20 ? "0".repeat(20 - day.length()) + day : day);
    }

    private static Optional<String> latest(Reply result, Predicate<String> type) {
        return result.list("dateAndTimes").stream()
                .filter(one -> type.test(one.text("type")))
                .map(one -> one.text("dateTime"))
                .max(Comparator.naturalOrder());
    }
}
