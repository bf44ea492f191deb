package io.waybill.carrier;

import io.waybill.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells the second of two rows of a file that are alike in all that decides between them: nobody could say which counts. */
final class AlikeRows {
    private final List<Problem> problems;
    private final Set<List<Object>> seen = new HashSet<>();
    private final Map<List<Object>, Map<String, String>> zones = new HashMap<>();

    /** @param problems where what is told is put */
    AlikeRows(List<Problem> problems) {
        this.problems = problems;
    }

    /**
     * Tells a row whose like was here already.
     *
     * @param what people know it by
     * @param deciding what else two rows of one such name may differ in
     */
    void once(SheetRow row, String what, Object... deciding) {
        if (!seen.add(List.of(row.file(), what, List.of(deciding)))) {
            twice(row, what);
        }
    }

    /** Tells a row that gives a place another zone than one alike gave it, from an origin they share. */
    void oneZone(SheetRow row, String country, List<String> beginnings, SheetZone zone) {
        for (String beginning : beginnings) {
            Map<String, String> origins = zones.computeIfAbsent(
                    List.of(
                            country,
                            beginning,
                            zone.service(),
                            zone.fromCountry(),
                            zone.validity().begin()),
                    place -> new HashMap<>());
            for (String origin : zone.fromBeginnings()) {
                String before = origins.putIfAbsent(origin, zone.zone());
                if (before != null && !before.equals(zone.zone())) {
                    String place = (country + ' ' + beginning).strip();
                    twice(row, origin.isEmpty() ? place : origin + " - " + place);
                    return;
                }
            }
        }
    }

    private void twice(SheetRow row, String what) {
        problems.add(
                Problem.of(CarrierCode.RATE_SHEET_ROW_TWICE, "file", row.file(), "line", row.line(), "what", what));
    }
}
