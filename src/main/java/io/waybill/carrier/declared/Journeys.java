package io.waybill.carrier.declared;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Tracks;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events, from {@code events/1} and {@code push/1}. */
final class Journeys {
    private Journeys() {}

    /** @param asked the one number that was asked for, where an event names none; or null */
    static List<Tracks.Event> events(Reply answer, CodeTable statuses, @Nullable String asked) {
        List<Tracks.Event> events = new ArrayList<>();
        for (Reply event : answer.list("events")) {
            String number = event.text("trackingNumber");
            if (number.isEmpty() && asked == null) {
                throw new IllegalArgumentException("an event of nobody knows which parcel");
            }
            String code = event.required("code");
            events.add(new Tracks.Event(
                    number.isEmpty() ? String.valueOf(asked) : number,
                    statuses.word(code),
                    code,
                    orNull(event.text("text")),
                    orNull(event.text("place")),
                    OffsetDateTime.parse(event.required("at"))));
        }
        return events;
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
