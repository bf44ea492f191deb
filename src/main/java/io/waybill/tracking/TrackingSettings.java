package io.waybill.tracking;

import io.waybill.settings.Section;
import java.time.Duration;

/**
 * {@code tracking.*}.
 *
 * @param every how often a carrier is asked about a shipment that is on its way
 */
public record TrackingSettings(Duration every) {
    public static TrackingSettings read(Section section) {
        TrackingSettings settings = new TrackingSettings(section.duration("every", Duration.ofMinutes(30)));
        section.close();
        return settings;
    }
}
