package io.waybill.carrier;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The day of a scan.
 *
 * @param rest what stands behind it
 */
record ScanDay(LocalDate date, String rest) {
    /** Where something stands between them, month and day may lack the zeros they begin with. */
    private static final List<Pattern> YEAR_FIRST = Stream.of(
                    "(?<month>\\d{2})(?<day>\\d{2})", "([-/.])(?<month>\\d{1,2})\\2(?<day>\\d{1,2})")
            .map(day -> Pattern.compile("(?<year>(?:19|20)\\d{2})" + day + "(?<rest>.*)", Pattern.DOTALL))
            .toList();

    private static final Pattern POINTS = Pattern.compile("(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})(.*)", Pattern.DOTALL);
    private static final Pattern SLASHES =
            Pattern.compile("(\\d{1,2})/(\\d{1,2})/((?:19|20)\\d{2})(?!\\d)(.*)", Pattern.DOTALL);
    private static final int MONTHS = 12;

    /** @param monthFirst whether the month stands before the day where slashes stand between them; else that must show by itself */
    static Optional<ScanDay> of(String told, boolean monthFirst) {
        String text = told.strip();
        for (Pattern yearFirst : YEAR_FIRST) {
            Matcher year = yearFirst.matcher(text);
            if (year.matches()) {
                return day(year.group("year"), year.group("month"), year.group("day"), year.group("rest"));
            }
        }
        Matcher points = POINTS.matcher(text);
        if (points.matches()) {
            return day(points.group(3), points.group(2), points.group(1), points.group(4));
        }
        Matcher slashes = SLASHES.matcher(text);
        return slashes.matches() ? slashed(slashes, monthFirst) : Optional.empty();
    }

    private static Optional<ScanDay> slashed(Matcher said, boolean monthFirst) {
        int first = Integer.parseInt(said.group(1));
        int second = Integer.parseInt(said.group(2));
        if (monthFirst || second > MONTHS || first == second) {
            return day(said.group(3), said.group(1), said.group(2), said.group(4));
        }
        return first > MONTHS ? day(said.group(3), said.group(2), said.group(1), said.group(4)) : Optional.empty();
    }

    private static Optional<ScanDay> day(String year, String month, String day, String rest) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            return Optional.of(new ScanDay(date, rest));
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
