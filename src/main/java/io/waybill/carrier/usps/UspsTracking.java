package io.waybill.carrier.usps;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Offset;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code TrackingDetails} of Tracking 3.2.6. */
final class UspsTracking {
    private static final ScanTime TIMES = ScanTime.ofTheUs("usps");
    private static final String UNKNOWN = "unknown";
    private static final CodeTable STATUSES = CodeTable.read(UspsTracking.class, "statuses.csv", UNKNOWN);
    /** What came back is delivered too, by its code; and why it was not handed over has a code, whether it is sent back or not. */
    private static final Pattern BACK = Pattern.compile("\\bdelivered\\b.*\\bto (the )?(original )?sender\\b"
            + "|(?<!\\bbe )\\breturn(ed|ing)? to (the )?(original )?sender\\b");

    private static final List<String> NOTHING_YET =
            List.of("not found", "not yet available", "no record", "no status", "not available");

    private UspsTracking() {}

    /** A number USPS does not know, or knows nothing of yet, has no events. */
    static List<Event> events(Answer.Read answer, String number) {
        if (!answer.ok() || UspsErrors.isToldInSuccess(answer)) {
            String words = UspsErrors.of(answer).words();
            boolean isUnknown = answer.status() == 404 || (!UspsErrors.isAboutTheCaller(answer) && saysNothing(words));
            if (isUnknown && !UspsErrors.isOfTheGateway(answer)) {
                return List.of();
            }
            throw new IllegalArgumentException(words);
        }
        List<Event> events = new ArrayList<>();
        for (Reply parcel : Reply.of(answer.body()).list()) {
            String told = parcel.text("trackingNumber");
            if (told.isEmpty() || UspsNumbers.isSame(told, number)) {
                events(parcel, number, events);
            }
        }
        return events;
    }

    private static boolean saysNothing(String words) {
        String small = words.toLowerCase(Locale.ROOT);
        return NOTHING_YET.stream().anyMatch(small::contains);
    }

    /** The parcel's own category is that of its latest event, which comes first. */
    private static void events(Reply parcel, String number, List<Event> events) {
        List<Reply> told = parcel.list("trackingEvents");
        for (int i = 0; i < told.size(); i++) {
            Reply event = told.get(i);
            String category = i == 0 ? parcel.text("statusCategory") + " " + parcel.text("status") : "";
            time(event).ifPresent(at -> events.add(event(event, number, category, at)));
        }
    }

    private static Event event(Reply event, String number, String category, OffsetDateTime at) {
        String text = event.text("eventType");
        String code = Stream.of(event.text("eventCode"), event.text("actionCode"), event.text("reasonCode"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return new Event(
                number,
                word(event.text("eventCode").toUpperCase(Locale.ROOT), text, category),
                code.isEmpty() ? text : code,
                text.isEmpty() ? null : text,
                place(event),
                at);
    }

    /** By the code; else by the words, of the event and of the parcel, and the code is counted. */
    private static String word(String code, String text, String category) {
        if (BACK.matcher(text.toLowerCase(Locale.ROOT)).find()) {
            return "return_to_sender";
        }
        if (!code.isEmpty() && STATUSES.codes().contains(code)) {
            return STATUSES.word(code);
        }
        String counted = code.isEmpty() ? UNKNOWN : STATUSES.word(code);
        return STATUSES.wordWithin(text)
                .or(() -> STATUSES.wordWithin(category))
                .orElseGet(() -> code.isEmpty() ? STATUSES.word(text) : counted);
    }

    private static @Nullable String place(Reply event) {
        String place = Stream.of(event.text("eventCity"), event.text("eventState"), event.text("eventCountry"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }

    /** By the hours of Greenwich where they are told; else the local time, with its offset or as if it were Greenwich's. */
    private static Optional<OffsetDateTime> time(Reply event) {
        ZoneOffset offset = Offset.of(event.text("GMTOffset"));
        String local = event.text("eventTimestamp");
        return TIMES.read(event.text("GMTTimestamp"), local, offset);
    }
}
