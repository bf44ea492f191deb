package io.waybill.ledger;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A statement's text as drivers take it. What it means is found out once in a process.
 *
 * @param plain with a question mark for each place of a parameter
 * @param generic the same for PostgreSQL, which is not to plan anew {@linkplain #UNKNOWN_LIST for each list}
 * @param names of its parameters, each once
 * @param places for each question mark the parameter that stands there
 * @param rows of an insert, or of an update whose only WHERE is its own: the same for any number of rows, which come as one
 *     array for each parameter; null of anything else
 */
record SqlText(
        String plain,
        String generic,
        List<String> names,
        int[] places,
        @Nullable String rows) {
    private static final Map<String, SqlText> KNOWN = new ConcurrentHashMap<>();
    private static final Pattern PARAMETER = Pattern.compile("(?<!:):([A-Za-z]\\w*)");

    /**
     * PostgreSQL would plan anew for each list it is told, and that takes longer than to look the list up; of one that comes out of a
     * question it knows nothing, so it keeps its plan. An insert's plan is the same for any list.
     */
    private static final String UNKNOWN_LIST = "ARRAY(SELECT UNNEST(?))";

    private static final Pattern LIST = Pattern.compile("(?<=ANY\\()\\?(?=\\))|CAST\\(\\? AS VARCHAR ARRAY\\)");
    private static final Pattern INSERT =
            Pattern.compile("(INSERT INTO \\w+ \\([^)]*\\))\\s*VALUES \\((.*)\\)\\s*", Pattern.DOTALL);
    private static final Pattern UPDATE =
            Pattern.compile("(UPDATE (?:(?!WHERE).)*)(WHERE (?:(?!WHERE).)*)", Pattern.DOTALL);

    /** @param text with {@code :name} for each parameter, and no colon otherwise; the same constant every time */
    static SqlText of(String text) {
        return KNOWN.computeIfAbsent(text, SqlText::read);
    }

    /** {@link #rows} that tell of each row that did something this parameter of it. */
    String rowsReturning(String name) {
        return rows + "\nRETURNING given." + column(names.indexOf(name));
    }

    private static SqlText read(String text) {
        List<String> names = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        String plain = PARAMETER.matcher(text).replaceAll(found -> {
            places.add(place(names, found.group(1)));
            return "?";
        });
        return new SqlText(
                plain,
                LIST.matcher(plain).replaceAll(UNKNOWN_LIST.replace("?", "$0")),
                List.copyOf(names),
                places.stream().mapToInt(Integer::intValue).toArray(),
                rows(text, names));
    }

    private static @Nullable String rows(String text, List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        Matcher insert = INSERT.matcher(text);
        if (insert.matches()) {
            return insert.group(1) + "\nSELECT " + asGiven(insert.group(2), names) + from(names, "?");
        }
        Matcher update = UPDATE.matcher(text);
        return update.matches()
                ? asGiven(update.group(1), names) + from(names, UNKNOWN_LIST) + "\n" + asGiven(update.group(2), names)
                : null;
    }

    private static String asGiven(String text, List<String> names) {
        return PARAMETER.matcher(text).replaceAll(found -> "given." + column(names.indexOf(found.group(1))));
    }

    private static String from(List<String> names, String list) {
        String given =
                IntStream.range(0, names.size()).mapToObj(SqlText::column).collect(Collectors.joining(", "));
        return "\nFROM UNNEST(" + String.join(", ", Collections.nCopies(names.size(), list)) + ") AS given(" + given
                + ")";
    }

    private static int place(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    private static String column(int parameter) {
        return "p" + parameter;
    }
}
