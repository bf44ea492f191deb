package io.waybill.carrier.yunexpress;

import static io.waybill.carrier.yunexpress.YunExpressAnswer.at;
import static io.waybill.carrier.yunexpress.YunExpressAnswer.list;
import static io.waybill.carrier.yunexpress.YunExpressAnswer.text;

import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Offset;
import io.waybill.carrier.Reply;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code GET /v1/track-service/info/get}, whose events come in two shapes: with a node's code and the time in Greenwich, or
 * with a description, a local time and its zone.
 */
final class YunExpressTracking {
    private static final ScanTime TIMES = ScanTime.by("yunexpress");
    private static final CodeTable STATUSES = CodeTable.read(YunExpressTracking.class, "statuses.csv", "unknown");

    private YunExpressTracking() {}

    static List<Event> events(Answer.Read answer, String number) {
        YunExpressAnswer said = YunExpressAnswer.of(answer);
        if (said.isRefusal() || !answer.ok()) {
            YunExpressError error = YunExpressError.of(answer);
            if (error.isAbsent()) {
                return List.of();
            }
            throw new IllegalArgumentException(error.told());
        }
        List<Event> events = new ArrayList<>();
        for (Reply parcel : said.results()) {
            List<Reply> infos = list(parcel, "track_info");
            for (Reply info : infos.isEmpty() ? List.of(parcel) : infos) {
                list(info, "track_events").forEach(one -> event(one, number).ifPresent(events::add));
            }
        }
        return events;
    }

    private static Optional<Event> event(Reply event, String number) {
        String node = text(event, "track_node_code");
        String words = first(event, "process_content", "description", "track_node_description");
        if (node.isEmpty() && words.isEmpty()) {
            return Optional.empty();
        }
        return time(event)
                .map(at -> new Event(
                        number,
                        node.isEmpty() ? byWords(words) : STATUSES.word(node.toUpperCase(Locale.ROOT)),
                        node.isEmpty() ? words : node,
                        words.isEmpty() ? null : words,
                        place(event),
                        at));
    }

    /** An event without a code: by the phrase of the table that stands in its words; one nobody knows is counted. */
    private static String byWords(String words) {
        String said = words.toLowerCase(Locale.ROOT).replaceAll("\\b(the|an?|our) +", "");
        return STATUSES.codes().stream()
                .filter(phrase -> !phrase.equals(phrase.toUpperCase(Locale.ROOT)) || phrase.matches("\\P{ASCII}+"))
                .filter(said::contains)
                .map(STATUSES::word)
                .findFirst()
                .orElseGet(() -> STATUSES.word(words));
    }

    private static String first(Reply event, String... fields) {
        return Stream.of(fields)
                .map(field -> text(event, field))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static @Nullable String place(Reply event) {
        String location = first(event, "process_location", "location");
        if (!location.isEmpty()) {
            return location;
        }
        String place = Stream.of("process_city", "process_province", "process_country")
                .map(field -> text(event, field))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }

    private static Optional<OffsetDateTime> time(Reply event) {
        String local = first(event, "process_time", "event_date");
        return TIMES.read(
                text(event, "process_utc_time"),
                local,
                Offset.of(at(event, "time_zone").text()));
    }
}
