package io.waybill.carrier.ups;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NumberText;
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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what UPS tells of a parcel, asked ({@code trackResponse}) and unasked (Track Alert). */
final class UpsTracking {
    private static final ScanTime TIMES = ScanTime.american("ups");
    private static final String UNKNOWN = "unknown";
    private static final CodeTable STATUSES = CodeTable.read(UpsTracking.class, "statuses.csv", UNKNOWN);
    /** What a word may be where the description says more: of a parcel that was, or waits, it says what was. */
    private static final Set<String> VAGUE = Set.of("delivered", "in_transit", UNKNOWN);

    /** Where it may have come back, too. */
    private static final Set<String> ANYWHERE = Set.of("delivered", "in_transit", "delivery_delayed", UNKNOWN);

    /** On its way back, or there; not what will be one day. */
    private static final Pattern BACK =
            Pattern.compile("(?<!\\bbe )\\breturn(ed|ing) (the package )?to (the )?(sender|shipper)\\b");

    private UpsTracking() {}

    /** An unknown number is a 404 of UPS's, or a warning in a 200: no events. */
    static List<Event> events(Answer.Read answer, String asked) {
        if (!answer.ok()) {
            UpsErrors errors = UpsErrors.of(answer);
            if (answer.status() == 404) {
                return List.of();
            }
            throw new IllegalArgumentException(errors.words());
        }
        Reply response = Reply.of(answer.body()).at("trackResponse");
        if (!response.isPresent()) {
            throw new IllegalArgumentException("it has no trackResponse" + Reply.words(answer));
        }
        List<Event> events = new ArrayList<>();
        for (Reply shipment : response.list("shipment")) {
            for (Reply parcel : shipment.list("package")) {
                if (isOf(parcel, asked)) {
                    parcel.list("activity")
                            .forEach(activity -> event(activity, asked).ifPresent(events::add));
                }
            }
        }
        return events;
    }

    /** By its own number, or by that which it has at the post. */
    private static boolean isOf(Reply parcel, String asked) {
        String number = parcel.text("trackingNumber");
        return number.isEmpty()
                || NumberText.isSame(number, asked)
                || parcel.list("alternateTrackingNumber").stream()
                        .anyMatch(other -> NumberText.isSame(other.text("number"), asked));
    }

    /** None of one whose time cannot be read. */
    private static Optional<Event> event(Reply activity, String number) {
        Reply status = activity.at("status");
        return time(activity, "gmtDate", "gmtTime", "gmtOffset", "date", "time")
                .map(at -> new Event(
                        number,
                        word(detail(status), status),
                        code(status),
                        text(words(status)),
                        place(activity.at("location", "address")),
                        at));
    }

    /** Photos and who signed are not read, nor is what says no time: UPS need not, and the parcel is asked about anyway. */
    static List<Event> pushed(byte[] body) {
        Reply event = Reply.of(body);
        Reply status = event.at("activityStatus");
        String number = event.required("trackingNumber");
        return time(event, "gmtActivityDate", "gmtActivityTime", "gmtOffset", "localActivityDate", "localActivityTime")
                .map(at -> new Event(
                        number,
                        word(detail(status), status),
                        code(status),
                        text(words(status)),
                        place(event.at("activityLocation")),
                        at))
                .stream()
                .toList();
    }

    /** From the most to the least exact: type and code, UPS's detail code, type. A detail code nobody knows is counted. */
    private static String word(String detail, Reply status) {
        String type = status.text("type");
        String pair = type + " " + status.text("code");
        if (STATUSES.codes().contains(pair)) {
            return STATUSES.word(pair);
        }
        String word = detail.isEmpty() ? UNKNOWN : STATUSES.word(detail);
        if (word.equals(UNKNOWN)) {
            word = STATUSES.word(type);
        }
        String words = words(status).toLowerCase(Locale.ROOT);
        if (ANYWHERE.contains(word) && BACK.matcher(words).find()) {
            return "return_to_sender";
        } else if (!VAGUE.contains(word)) {
            return word;
        }
        boolean loaded = words.contains("out for delivery") || words.contains("loaded on delivery vehicle");
        return loaded ? "out_for_delivery" : word;
    }

    /** The three digits of UPS's detail code, which Track Alert calls otherwise; another number there is none of them. */
    private static String detail(Reply status) {
        String asked = status.text("statusCode");
        Reply pushed = status.at("descriptionCode");
        boolean three = pushed.json().isTextual() && pushed.text().matches("\\d{3}");
        return asked.isEmpty() && three ? pushed.text() : asked;
    }

    private static String code(Reply status) {
        return Stream.of(status.text("type"), status.text("code"), detail(status))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    /** Those for everybody where UPS has no others. */
    private static String words(Reply status) {
        String words = status.text("description");
        return words.isEmpty() ? status.text("simplifiedTextDescription") : words;
    }

    private static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable String place(Reply address) {
        String country = address.text("countryCode").isEmpty() ? address.text("country") : address.text("countryCode");
        String place = Stream.of(address.text("city"), address.text("stateProvince"), country)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }

    /** By the hours of Greenwich where they are told; else the local time, taken as if it were Greenwich's. */
    private static Optional<OffsetDateTime> time(
            Reply json, String gmtDate, String gmtTime, String offset, String date, String time) {
        ZoneOffset zone = Offset.of(json.text(offset));
        String local = dateTime(json.text(date), json.text(time));
        return TIMES.read(dateTime(json.text(gmtDate), json.text(gmtTime)), local, zone);
    }

    /** The clock may lack the zeros it begins with: {@code 74700}. */
    private static String dateTime(String date, String time) {
        String clock = time.replace(":", "");
        return clock.isEmpty() ? date : date + " " + "0".repeat(Math.max(0, 6 - clock.length())) + clock;
    }
}
