package io.waybill.carrier;

import io.waybill.order.Address;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One row of a sheet's zones: what zone a destination is in.
 *
 * @param service it holds for; empty for all
 * @param fromCountry it is sent from; empty for any
 * @param fromBeginnings of the postal code it is sent from
 */
record SheetZone(String zone, String service, String fromCountry, List<String> fromBeginnings, Validity validity) {
    private static final Comparator<SheetZone> MOST_PARTICULAR =
            Comparator.comparingInt(SheetZone::detail).reversed();

    /**
     * The zone of a way on a day.
     *
     * @param ranked the rows for its destination, those that name it more narrowly first
     */
    static Optional<String> of(List<List<SheetZone>> ranked, String service, Address from, LocalDate day) {
        return ranked.stream()
                .map(rows -> rows.stream()
                        .filter(row -> row.validity.on(day) && row.isFrom(from) && row.isFor(service))
                        .toList())
                .flatMap(rows -> nearest(rows).stream())
                .min(MOST_PARTICULAR)
                .map(SheetZone::zone);
    }

    /** Of rows for one destination the most particular, of that the newest; the first of equals, as {@code min} keeps it. */
    private static Optional<SheetZone> nearest(List<SheetZone> rows) {
        return rows.stream()
                .min(MOST_PARTICULAR)
                .flatMap(first -> rows.stream()
                        .filter(first::isOf)
                        .min(Comparator.comparing((SheetZone row) -> row.validity.begin())
                                .reversed()));
    }

    private boolean isFrom(Address from) {
        String code = from.postalCode() == null ? "" : Postal.plain(from.postalCode());
        return (fromCountry.isEmpty() || fromCountry.equals(from.country()))
                && fromBeginnings.stream().anyMatch(code::startsWith);
    }

    private boolean isFor(String wanted) {
        return service.isEmpty() || service.equals(wanted);
    }

    /** Its own service, then its own origin. */
    private int detail() {
        return (service.isEmpty() ? 0 : 4) + (fromBeginnings.contains("") ? 0 : 2) + (fromCountry.isEmpty() ? 0 : 1);
    }

    /** Whether it was written to follow another, or to be followed by it. */
    private boolean isOf(SheetZone other) {
        return service.equals(other.service)
                && fromCountry.equals(other.fromCountry)
                && fromBeginnings.equals(other.fromBeginnings);
    }
}
