package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what FedEx tells of a parcel, asked (Track API) and unasked (Advanced Integrated Visibility). */
final class FedexTracking {
    private static final ScanTime TIMES = ScanTime.american("fedex");
    private static final CodeTable STATUSES = CodeTable.read(FedexTracking.class, "statuses.csv", "unknown");
    private static final int DEEPEST = 6;

    /** What a word may be where the words say that the parcel goes back, or is there: by its code it was only not handed over. */
    private static final Set<String> ANYWHERE =
            Set.of("delivered", "in_transit", "delivery_delayed", "delivery_failed", "unknown");

    /** Not what will be one day. */
    private static final Pattern BACK =
            Pattern.compile("(?<!\\bbe )\\breturn(ed|ing) ((the )?(package|shipment) )?to (the )?(sender|shipper)\\b");

    private FedexTracking() {}

    /** Every scan of a {@code trackResult}; where there is none, its latest status. */
    static List<Event> events(Reply result, String number) {
        List<Event> events = new ArrayList<>();
        for (Reply scan : scans(result)) {
            time(scan.text("date")).ifPresent(at -> events.add(scan(scan, number, at)));
        }
        if (events.isEmpty() && result.at("latestStatusDetail").isPresent()) {
            latestTime(result).ifPresent(at -> events.add(latest(result.at("latestStatusDetail"), number, at)));
        }
        return events;
    }

    private static List<Reply> scans(Reply result) {
        List<Reply> scans = result.list("scanEvents");
        return scans.isEmpty() ? result.list("scanEvent") : scans;
    }

    /** Wherever in the body they stand, the results are those of the Track API. Photos and who signed are not read. */
    static List<Event> pushed(byte[] body) {
        List<Reply> results = new ArrayList<>();
        collect(Reply.of(body).json(), DEEPEST, results);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("it tells of no parcel");
        }
        return results.stream()
                .flatMap(one -> events(one, number(one)).stream())
                .toList();
    }

    private static void collect(JsonNode node, int depth, List<Reply> results) {
        Reply json = new Reply(node);
        boolean tells = node.has("scanEvents") || node.has("scanEvent") || node.has("latestStatusDetail");
        if (node.isObject() && tells && !number(json).isEmpty()) {
            results.add(json);
        } else if (depth > 0) {
            node.forEach(child -> collect(child, depth - 1, results));
        }
    }

    static String number(Reply result) {
        String number = result.text("trackingNumberInfo", "trackingNumber");
        return number.isEmpty() ? result.text("trackingNumber") : number;
    }

    private static Event scan(Reply scan, String number, OffsetDateTime at) {
        String type = scan.text("eventType");
        String derived = scan.text("derivedStatusCode");
        String words = words(scan.text("eventDescription"), scan.text("exceptionDescription"));
        return new Event(
                number,
                word(type, derived, words),
                code(type.isEmpty() ? derived : type, scan.text("exceptionCode")),
                text(words.isEmpty() ? scan.text("derivedStatus") : words),
                place(scan.at("scanLocation")),
                at);
    }

    private static Event latest(Reply status, String number, OffsetDateTime at) {
        String code = status.text("code");
        String derived = status.text("derivedCode");
        String told = status.text("description");
        Reply details = status.at("ancillaryDetails");
        String words = words(told.isEmpty() ? status.text("statusByLocale") : told, details.text("reasonDescription"));
        return new Event(
                number,
                word(code, derived, words(words, details.text("actionDescription"))),
                code(code.isEmpty() ? derived : code, details.text("reason")),
                text(words),
                place(status.at("scanLocation")),
                at);
    }

    private static String words(String event, String reason) {
        return Stream.of(event, reason)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(": "));
    }

    /** By the event itself; one that is in no table, by the status FedEx derives of it. Its words alone may say that it goes back. */
    private static String word(String type, String derived, String words) {
        boolean known = STATUSES.codes().contains(type);
        String word = STATUSES.word((!known && STATUSES.codes().contains(derived)) || type.isEmpty() ? derived : type);
        boolean isBack = BACK.matcher(words.toLowerCase(Locale.ROOT)).find();
        return isBack && ANYWHERE.contains(word) ? "return_to_sender" : word;
    }

    private static String code(String code, String reason) {
        return reason.isEmpty() ? code : code + " " + reason;
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    /** An address, or one within a location. */
    private static @Nullable String place(Reply location) {
        return Stream.of(location, location.at("address"), location.at("locationContactAndAddress", "address"))
                .map(address -> Stream.of(
                                address.text("city"), address.text("stateOrProvinceCode"), address.text("countryCode"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", ")))
                .filter(place -> !place.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** The latest of what has happened; what is estimated or promised has not. */
    private static Optional<OffsetDateTime> latestTime(Reply result) {
        return result.list("dateAndTimes").stream()
                .filter(one -> one.text("type").startsWith("ACTUAL_")
                        || List.of("SHIP", "ATTEMPTED_DELIVERY").contains(one.text("type")))
                .flatMap(one -> time(one.text("dateTime")).stream())
                .max(OffsetDateTime::compareTo);
    }

    /** Without an offset it is taken as if it were Greenwich's. */
    private static Optional<OffsetDateTime> time(String text) {
        return TIMES.read(text, ZoneOffset.UTC);
    }
}
