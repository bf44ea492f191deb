package io.waybill.carrier;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** When something happened to a parcel, as a carrier writes it. */
public final class ScanTime {
    /** Seconds or milliseconds since 1970, from 2001 to 2033: no day of ours begins so. */
    private static final Pattern EPOCH = Pattern.compile("1\\d{9}(\\d{3})?");

    private static final long FIRST_OF_MILLIS = 100_000_000_000L;

    private final String carrier;
    private final ScanZone zones;

    private ScanTime(String carrier, ScanZone zones) {
        this.carrier = carrier;
        this.zones = zones;
    }

    /** Of a carrier whose month or day may stand first, and whose {@code CST} may be China's. */
    public static ScanTime by(String carrier) {
        return new ScanTime(carrier, ScanZone.ANYWHERE);
    }

    /** Of an American carrier that scans abroad too: {@code 11/12/2026} is in November, {@code EST} its own; {@code CST} may be China's. */
    public static ScanTime american(String carrier) {
        return new ScanTime(carrier, ScanZone.AMERICAN);
    }

    /** Of an American carrier that scans at home: {@code CST} is its own too. */
    public static ScanTime ofTheUs(String carrier) {
        return new ScanTime(carrier, ScanZone.OF_THE_US);
    }

    /**
     * Reads {@code 2026-11-24T10:00:00Z}, {@code 2026-11-24 10:00}, {@code 20261124T100000+0100}, {@code 2026/1/5}, {@code 24.11.2026 10:00},
     * {@code 11/24/2026 04:52 PM EST}, {@code 1795510805} (seconds since 1970, or milliseconds) and their like. A day whose time cannot be read, or is not told, is its midnight: an event is not lost
     * over it. A zone whose name may mean several, or none, is counted and logged, and the time is told by the other clocks.
     *
     * @param otherwise the clocks it is told by where it does not say so itself
     * @return empty when there is no day that can be read: the scan cannot be told, is counted and logged
     */
    public Optional<OffsetDateTime> read(String told, ZoneId otherwise) {
        return at(told, otherwise).or(() -> untold(told));
    }

    /** {@link #read} of what is no scan: nothing is counted where there is no day. */
    public Optional<OffsetDateTime> at(String told, ZoneId otherwise) {
        return moment(told, otherwise).or(() -> otherwise(told, otherwise)).or(() -> midnight(told, otherwise));
    }

    /**
     * The same of what is told by Greenwich's clocks and by those of the place, either of which may be missing: the one whose time can be
     * read, Greenwich's first.
     *
     * @param offset the place's
     */
    public Optional<OffsetDateTime> read(String greenwich, String local, ZoneOffset offset) {
        return moment(greenwich, ZoneOffset.UTC)
                .map(at -> at.withOffsetSameInstant(offset))
                .or(() -> moment(local, offset))
                .or(() -> otherwise(local, offset))
                .or(() -> midnight(greenwich, ZoneOffset.UTC).map(at -> at.withOffsetSameInstant(offset)))
                .or(() -> midnight(local, offset))
                .or(() -> untold(local));
    }

    private Optional<OffsetDateTime> untold(String told) {
        UnknownCodes.time(carrier, told);
        return Optional.empty();
    }

    private Optional<OffsetDateTime> midnight(String told, ZoneId otherwise) {
        return day(told).map(day -> day.date().atStartOfDay(otherwise).toOffsetDateTime());
    }

    private Optional<OffsetDateTime> moment(String told, ZoneId otherwise) {
        if (EPOCH.matcher(told.strip()).matches()) {
            long count = Long.parseLong(told.strip());
            Instant at = count < FIRST_OF_MILLIS ? Instant.ofEpochSecond(count) : Instant.ofEpochMilli(count);
            return Optional.of(at.atZone(otherwise).toOffsetDateTime());
        }
        return clock(told)
                .flatMap(clock -> zone(clock.zone(), otherwise)
                        .map(zone -> clock.at().atZone(zone).toOffsetDateTime()));
    }

    private Optional<OffsetDateTime> otherwise(String told, ZoneId otherwise) {
        return clock(told).filter(clock -> ScanZone.isName(clock.zone())).map(clock -> {
            UnknownCodes.zone(carrier, clock.zone().strip());
            return clock.at().atZone(otherwise).toOffsetDateTime();
        });
    }

    private Optional<ScanClock> clock(String told) {
        return day(told).flatMap(day -> ScanClock.of(day.date(), day.rest()));
    }

    private Optional<ScanDay> day(String told) {
        return ScanDay.of(told, zones != ScanZone.ANYWHERE);
    }

    private Optional<ZoneId> zone(String told, ZoneId otherwise) {
        return told.isBlank() ? Optional.of(otherwise) : zones.of(told);
    }
}
