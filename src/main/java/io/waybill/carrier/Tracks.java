package io.waybill.carrier;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a parcel is. */
public interface Tracks {
    /**
     * Everything the carrier tells of these tracking numbers; a number it does not know has no events.
     *
     * @throws RuntimeException when it cannot be asked now
     */
    List<Event> track(List<String> trackingNumbers);

    /** How many numbers are asked for in one call; {@link #track} takes any number all the same. */
    default int most() {
        return 1;
    }

    /**
     * @param status one of the twelve canonical words
     * @param code the carrier's own code, always kept
     */
    record Event(
            String trackingNumber,
            String status,
            String code,
            @Nullable String text,
            @Nullable String place,
            OffsetDateTime at) {
        /** The same, of a number as it is known here. */
        public Event of(String number) {
            return new Event(number, status, code, text, place, at);
        }
    }
}
