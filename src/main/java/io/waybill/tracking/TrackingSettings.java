package io.waybill.tracking;

import io.waybill.settings.Section;
import java.time.Duration;

/**
 * {@code tracking.*}.
 *
 * @param every how often a carrier is asked about a parcel that is out for delivery; others are asked for more rarely ({@link Pace}), and a
 *     new label first after this long: nobody can have scanned it before, and a carrier may not know it yet
 * @param still after how long without any movement a person is told
 * @param until after how long without any movement the carrier is not asked any more
 * @param atOnce how many questions an account may have open at once
 */
public record TrackingSettings(Duration every, Duration still, Duration until, int atOnce) {

    /** As the settings say, and the rest as usual. */
    public TrackingSettings(Duration every) {
        this(every, Duration.ofDays(5), Duration.ofDays(60), 4);
    }

    public static TrackingSettings read(Section section) {
        TrackingSettings usual = new TrackingSettings(Duration.ofMinutes(30));
        TrackingSettings settings = new TrackingSettings(
                lasting(section, "every", usual.every),
                section.duration("still", usual.still),
                lasting(section, "until", usual.until),
                section.number("atOnce", usual.atOnce));
        if (settings.atOnce < 1) {
            throw section.bad("atOnce", section.required("atOnce"), "a whole number, more than 0");
        }
        section.close();
        return settings;
    }

    private static Duration lasting(Section section, String key, Duration usual) {
        Duration said = section.duration(key, usual);
        if (said.isZero() || said.isNegative()) {
            throw section.bad(key, section.required(key), "a duration of more than 0, such as 30m or 60d");
        }
        return said;
    }
}
