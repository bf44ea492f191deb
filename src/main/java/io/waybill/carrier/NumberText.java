package io.waybill.carrier;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tracking numbers as carriers write them: with blanks or hyphens between their parts, in letters of either case. */
public final class NumberText {
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\p{Z}\\p{Pd}\\p{Cf}]");

    private NumberText() {}

    /** Without what stands between its parts, in capitals. */
    public static String plain(String number) {
        return BETWEEN.matcher(number).replaceAll("").toUpperCase(Locale.ROOT);
    }

    /** Whether both are the same but for how they are written; what says nothing is no number. */
    public static boolean isSame(String one, String other) {
        String plain = plain(one);
        return !plain.isEmpty() && plain.equals(plain(other));
    }

    /** Which of these is told: the one that is written so, else the only one that is the same but for how it is written. */
    public static Optional<String> among(Collection<String> numbers, String told) {
        if (numbers.contains(told)) {
            return Optional.of(told);
        }
        List<String> same = numbers.stream()
                .distinct()
                .filter(number -> isSame(number, told))
                .toList();
        return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
    }
}
