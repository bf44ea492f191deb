package io.waybill.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what somebody probably meant. */
public final class Nearest {
    private static final int ALL_SHOWN = 12;
    private static final int SHOWN = 3;

    private static final int LOOKED_AT = 2_000;
    private static final Known NOTHING = new Known("-", false, 0);
    private static final Comparator<Known> LEAST_FAR =
            Comparator.comparing(Known::apart).thenComparing(Known::distance);

    private record Known(String word, boolean part, int distance) {
        boolean apart() {
            return !part;
        }
    }

    private Nearest() {}

    /**
     * The closest known word when one is close, else all of a few known words, or those of many that are least far; {@code -} when
     * nothing is known.
     */
    public static String to(String word, Collection<String> known) {
        List<Known> all = known.stream()
                .limit(LOOKED_AT)
                .map(candidate -> new Known(candidate, isPartOf(word, candidate), distance(word, candidate)))
                .toList();
        Known best = all.stream().min(Comparator.comparingInt(Known::distance)).orElse(NOTHING);
        if (all.isEmpty() || isClose(word, best.distance())) {
            return best.word();
        }
        return known.size() <= ALL_SHOWN
                ? String.join(", ", known)
                : all.stream().sorted(LEAST_FAR).limit(SHOWN).map(Known::word).collect(Collectors.joining(", "))
                        + ", …";
    }

    /** Those that are closest, in their order, where they are close. */
    public static List<String> all(String word, Collection<String> known) {
        int least = known.stream()
                .mapToInt(candidate -> distance(word, candidate))
                .min()
                .orElse(0);
        return known.stream()
                .filter(candidate -> distance(word, candidate) == least && isClose(word, distance(word, candidate)))
                .toList();
    }

    /** The known word of which this is a slip of the pen: one letter more, less or other, two swapped, or capitals. */
    public static Optional<String> slip(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= 1 || isSwapped(word, candidate))
                .findFirst();
    }

    private static boolean isSwapped(String word, String candidate) {
        int at = 0;
        while (at < word.length() && at < candidate.length() && word.charAt(at) == candidate.charAt(at)) {
            at++;
        }
        return at + 1 < word.length()
                && candidate.equals(
                        word.substring(0, at) + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2));
    }

    /** Those that are closest, or the same but for what stands behind: {@code Weight (kg)} of {@code Weight}. */
    static List<String> named(String word, Collection<String> known) {
        List<String> longer = known.stream()
                .filter(candidate -> goesOn(word, candidate) || goesOn(candidate, word))
                .toList();
        return longer.isEmpty() ? mostly(word, known) : longer;
    }

    /** The one that was surely meant: no other is as close, and most of its letters are there. */
    static Optional<String> meant(String word, Collection<String> known) {
        List<String> near = mostly(word, known);
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    private static List<String> mostly(String word, Collection<String> known) {
        return all(word, known).stream()
                .filter(candidate -> 2 * distance(word, candidate) < word.length())
                .toList();
    }

    private static boolean goesOn(String word, String longer) {
        return !word.isBlank()
                && longer.length() > word.length()
                && longer.regionMatches(true, 0, word, 0, word.length())
                && !Character.isLetterOrDigit(longer.codePointAt(word.length()));
    }

    /** Either in the other: {@code postcode} and {@code shipping_postcode}. */
    private static boolean isPartOf(String word, String candidate) {
        String one = word.toLowerCase(Locale.ROOT);
        String other = candidate.toLowerCase(Locale.ROOT);
        return !one.isBlank() && !other.isBlank() && (one.contains(other) || other.contains(one));
    }

    private static boolean isClose(String word, int distance) {
        return distance <= Math.max(2, word.length() / 3);
    }

    /** Levenshtein distance without regard to case; long words are far from everything. */
    private static int distance(String a, String b) {
        if (a.length() > 80 || b.length() > 80) {
            return Integer.MAX_VALUE / 2;
        }
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[right.length()];
    }
}
