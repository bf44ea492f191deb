package io.waybill.carrier.declared;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.NumberText;
import io.waybill.carrier.Reply;
import io.waybill.carrier.Tracks;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events, from {@code events/1} and {@code push/1}. */
final class Journeys {
    private static final Logger LOG = LoggerFactory.getLogger(Journeys.class);

    private Journeys() {}

    /**
     * An event of nobody knows which parcel costs no other.
     *
     * @param asked the numbers that were asked for: the one of them where an event names none; none of what is pushed
     * @throws IllegalArgumentException when none of the events says of which parcel it is
     */
    static List<Tracks.Event> events(Reply answer, CodeTable statuses, List<String> asked) {
        List<Reply> told = answer.list("events");
        List<Tracks.Event> events = new ArrayList<>();
        for (Reply event : told) {
            String number = number(event.text("trackingNumber"), asked);
            if (number.isEmpty()) {
                LOG.warn("an event of nobody knows which parcel is not told: {}", event.text("code"));
            } else {
                events.add(event(event, number, statuses));
            }
        }
        if (events.isEmpty() && !told.isEmpty()) {
            throw new IllegalArgumentException("an event of nobody knows which parcel");
        }
        return events;
    }

    private static Tracks.Event event(Reply event, String number, CodeTable statuses) {
        String code = event.required("code");
        return new Tracks.Event(
                number,
                statuses.word(code),
                code,
                orNull(event.text("text")),
                orNull(event.text("place")),
                OffsetDateTime.parse(event.required("at")));
    }

    /** As it was asked for, where it is told with other blanks or letters of another case; empty where none is meant. */
    private static String number(String told, List<String> asked) {
        if (told.isEmpty()) {
            return asked.size() == 1 ? asked.get(0) : "";
        }
        return NumberText.among(asked, told).orElse(told);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
