package io.waybill.carrier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Things by country and by the beginning of a postal code, the longest beginning first. {@code *} is every country without
 * an entry that fits.
 */
final class Postal<T> {
    private static final String EVERYWHERE = "*";
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})-(\\d{1,9})");
    private static final int LONGEST_RANGE = 10_000;

    private final Map<String, List<T>> entries = new HashMap<>();

    /** The beginnings that a cell names, {@code 967 968} or {@code 004-005}; the empty one when it is blank; none when it is wrong. */
    static List<String> beginnings(String cell) {
        if (cell.isBlank()) {
            return List.of("");
        }
        List<String> all = new ArrayList<>();
        for (String part : cell.strip().split("[\\s;]+", 0)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                all.add(plain(part));
            } else if (!expand(range.group(1), range.group(2), all)) {
                return List.of();
            }
        }
        return all;
    }

    private static boolean expand(String first, String last, List<String> into) {
        int from = Integer.parseInt(first);
        int to = Integer.parseInt(last);
        if (first.length() != last.length() || to < from || to - from > LONGEST_RANGE) {
            return false;
        }
        for (int code = from; code <= to; code++) {
            into.add(String.format(Locale.ROOT, "%0" + first.length() + "d", code));
        }
        return true;
    }

    void put(String country, Collection<String> beginnings, T thing) {
        beginnings.forEach(beginning -> entries.computeIfAbsent(key(country, beginning), key -> new ArrayList<>())
                .add(thing));
    }

    /** Everything that is entered for a place, the most particular first. */
    List<T> at(String country, @Nullable String postalCode) {
        return Stream.concat(ranked(country, postalCode).stream(), elsewhere().stream())
                .flatMap(List::stream)
                .toList();
    }

    /** What is entered for every country without an entry that fits. */
    List<List<T>> elsewhere() {
        return List.of(entries.getOrDefault(key(EVERYWHERE, ""), List.of()));
    }

    /** What is entered for a country of its own, what is entered under one beginning together, the longest first. */
    List<List<T>> ranked(String country, @Nullable String postalCode) {
        List<List<T>> found = new ArrayList<>();
        String code = postalCode == null ? "" : plain(postalCode);
        for (int length = code.length(); length >= 0; length--) {
            found.add(entries.getOrDefault(key(country, code.substring(0, length)), List.of()));
        }
        return found;
    }

    static String plain(String postalCode) {
        return postalCode.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
    }

    private static String key(String country, String beginning) {
        return country.toUpperCase(Locale.ROOT) + ' ' + beginning;
    }
}
