package io.waybill.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds what somebody probably meant. */
public final class Nearest {
    private static final int SHOWN = 12;

    private Nearest() {}

    /** The closest known word when one is close, else the first known words; {@code -} when nothing is known. */
    public static String to(String word, Collection<String> known) {
        String best = known.stream()
                .limit(2_000)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElse("-");
        if (isClose(word, best)) {
            return best;
        }
        String list = known.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return list.isEmpty() ? "-" : known.size() > SHOWN ? list + ", …" : list;
    }

    /** Those that are closest, in their order, where they are close. */
    public static List<String> all(String word, Collection<String> known) {
        int least = known.stream()
                .mapToInt(candidate -> distance(word, candidate))
                .min()
                .orElse(0);
        return known.stream()
                .filter(candidate -> distance(word, candidate) == least && isClose(word, candidate))
                .toList();
    }

    /** Those that are closest, or the same but for what stands behind: {@code Weight (kg)} of {@code Weight}. */
    static List<String> named(String word, Collection<String> known) {
        List<String> longer = known.stream()
                .filter(candidate -> goesOn(word, candidate) || goesOn(candidate, word))
                .toList();
        return longer.isEmpty()
                ? all(word, known).stream()
                        .filter(candidate -> 2 * distance(word, candidate) < word.length())
                        .toList()
                : longer;
    }

    private static boolean goesOn(String word, String longer) {
        return !word.isBlank()
                && longer.length() > word.length()
                && longer.regionMatches(true, 0, word, 0, word.length())
                && !Character.isLetterOrDigit(longer.codePointAt(word.length()));
    }

    private static boolean isClose(String word, String candidate) {
        return distance(word, candidate) <= Math.max(2, word.length() / 3);
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
