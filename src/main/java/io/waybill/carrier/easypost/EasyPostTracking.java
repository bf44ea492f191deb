package io.waybill.carrier.easypost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.Answer;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.HookProof;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import io.waybill.carrier.ScanTime;
import io.waybill.carrier.Tracks.Event;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads trackers, asked ({@code /v2/trackers}) and unasked ({@code tracker.created}, {@code tracker.updated}). */
final class EasyPostTracking {
    private static final ScanTime TIMES = ScanTime.by("easypost");
    private static final CodeTable STATUSES = CodeTable.read(EasyPostTracking.class, "statuses.csv", "unknown");
    private static final Set<String> NO_DETAIL = Set.of("", "unknown", "status_update");
    private static final int LONGEST_NAME = 200;

    private EasyPostTracking() {}

    static byte[] request(String number) {
        ObjectNode out = RequestJson.object();
        out.putObject("tracker").put("tracking_code", number);
        return RequestJson.bytes(out);
    }

    /** Whether EasyPost has no tracker of what was asked for. */
    static boolean isNone(Answer.Read answer) {
        return answer.ok()
                && Reply.of(answer.body()).json().path("trackers").isArray()
                && trackers(answer).isEmpty();
    }

    /** A list of trackers, or one. */
    private static List<Reply> trackers(Answer.Read answer) {
        Reply json = Reply.of(answer.body());
        return json.json().has("trackers") ? json.list("trackers") : List.of(json);
    }

    static List<Event> events(Answer.Read answer, String asked) {
        if (!answer.ok() || EasyPostError.isToldInSuccess(answer)) {
            EasyPostError error = EasyPostError.of(answer);
            if (answer.status() == 404 || (answer.status() == 422 && !error.isUnclear())) {
                return List.of();
            }
            throw new IllegalArgumentException(error.words());
        }
        return trackers(answer).stream()
                .filter(one ->
                        one.text("tracking_code").isEmpty() || NumberText.isSame(one.text("tracking_code"), asked))
                .flatMap(one -> events(one, asked).stream())
                .toList();
    }

    /** Every detail; where there is none, the tracker's own status. */
    private static List<Event> events(Reply tracker, String number) {
        List<Event> events = new ArrayList<>();
        for (Reply detail : tracker.list("tracking_details")) {
            time(detail.text("datetime")).ifPresent(at -> events.add(event(detail, number, at)));
        }
        if (events.isEmpty() && !Set.of("", "unknown").contains(tracker.text("status"))) {
            time(tracker.text("updated_at")).ifPresent(at -> events.add(event(tracker, number, at)));
        }
        return events;
    }

    private static Event event(Reply detail, String number, OffsetDateTime at) {
        String status = detail.text("status").toLowerCase(Locale.ROOT);
        String more = detail.text("status_detail").toLowerCase(Locale.ROOT);
        String pair = status + " " + more;
        String words = Stream.of(detail.text("message"), detail.text("description"))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(": "));
        return new Event(
                number,
                STATUSES.codes().contains(pair) ? STATUSES.word(pair) : STATUSES.word(status),
                NO_DETAIL.contains(more) ? status : pair,
                words.isEmpty() ? null : words,
                place(detail.at("tracking_location")),
                at);
    }

    private static @Nullable String place(Reply location) {
        String place = Stream.of(location.text("city"), location.text("state"), location.text("country"))
                .filter(part -> !part.isEmpty() && !part.equals("null"))
                .collect(Collectors.joining(", "));
        return place.isEmpty() ? null : place;
    }

    private static Optional<OffsetDateTime> time(String text) {
        return TIMES.read(text, ZoneOffset.UTC);
    }

    /** The event's id; it comes again under the same. */
    static String name(byte[] body) {
        try {
            String id = Reply.of(body).text("id");
            return id.isEmpty() || id.length() > LONGEST_NAME ? HookProof.nameOf(body) : id;
        } catch (RuntimeException unreadable) {
            return HookProof.nameOf(body);
        }
    }

    /** Of a tracker; what else EasyPost tells of (refunds, batches) is looked up or not ours. */
    static List<Event> pushed(Reply event) {
        if (!event.required("description").startsWith("tracker.")) {
            return List.of();
        }
        Reply tracker = event.at("result");
        return events(tracker, tracker.required("tracking_code"));
    }
}
