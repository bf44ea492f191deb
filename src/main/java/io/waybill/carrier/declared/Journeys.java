package io.waybill.carrier.declared;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Tracks;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events, from {@code events/1} and {@code push/1}. */
final class Journeys {
    private Journeys() {}

    /** @param asked the numbers that were asked for: the one of them where an event names none; none of what is pushed */
    static List<Tracks.Event> events(Reply answer, CodeTable statuses, List<String> asked) {
        List<Tracks.Event> events = new ArrayList<>();
        for (Reply event : answer.list("events")) {
            String code = event.required("code");
            events.add(new Tracks.Event(
                    number(event.text("trackingNumber"), asked),
                    statuses.word(code),
                    code,
                    orNull(event.text("text")),
                    orNull(event.text("place")),
                    OffsetDateTime.parse(event.required("at"))));
        }
        return events;
    }

    /** As it was asked for, where it is told with other blanks or letters of another case. */
    private static String number(String told, List<String> asked) {
        if (told.isEmpty()) {
            if (asked.size() != 1) {
                throw new IllegalArgumentException("an event of nobody knows which parcel");
            }
            return asked.get(0);
        }
        return NumberText.among(asked, told).orElse(told);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
