package io.waybill.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns the rows of a query have, as far as its words tell. Where each is named plainly these are its columns; else every word of it
 * may be one. Of a query with a star, or of what is no SELECT, nothing is known before it is asked.
 *
 * @param names in lower case; none where nothing is known
 * @param plain they are its columns, each of them and no others
 */
record QueryColumns(Set<String> names, boolean plain) {
    private static final Pattern READS = Pattern.compile("(?is)\\s*(select|with)\\b.*");
    private static final Pattern SELECT = Pattern.compile("(?is)\\s*select\\s+(?:distinct\\s+(?!on\\b)|all\\s+)?(.*)");
    private static final Pattern NOT_PLAIN = Pattern.compile("(?is).*(--|/\\*|'|\"|`|\\[|::).*");
    private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\d_$]*");
    private static final Pattern NAMED =
            Pattern.compile("(?is)(?:.*\\bas\\s+|(?:[\\p{L}_][\\p{L}\\d_$]*\\.)*)([\\p{L}_][\\p{L}\\d_$]*)");
    private static final Pattern BOUNDARY = Pattern.compile("(?i)[(),]|\\bfrom\\b");

    static QueryColumns of(@Nullable String query) {
        if (query == null || query.contains("*") || !READS.matcher(query).matches()) {
            return new QueryColumns(Set.of(), false);
        }
        Set<String> plain = plain(query);
        return plain.isEmpty() ? new QueryColumns(words(query), false) : new QueryColumns(plain, true);
    }

    boolean areUnknown() {
        return names.isEmpty();
    }

    boolean lack(String column) {
        return !areUnknown() && WORD.matcher(column).matches() && !names.contains(column.toLowerCase(Locale.ROOT));
    }

    /** Whether alternatives with a slash between them are plain words: another may stand in quotes and is not looked for. */
    static boolean arePlain(String alternatives) {
        return Stream.of(alternatives.split(" / ", -1))
                .allMatch(column -> WORD.matcher(column).matches());
    }

    private static Set<String> words(String query) {
        Set<String> words = new TreeSet<>();
        Matcher word = WORD.matcher(query);
        while (word.find()) {
            words.add(word.group().toLowerCase(Locale.ROOT));
        }
        return words;
    }

    /** What stands between SELECT and FROM, where each has a name that nobody need guess. */
    private static Set<String> plain(String query) {
        Matcher select = SELECT.matcher(query);
        if (!select.matches() || NOT_PLAIN.matcher(query).matches()) {
            return Set.of();
        }
        Set<String> names = new TreeSet<>();
        for (String one : items(select.group(1))) {
            Matcher named = NAMED.matcher(one.strip());
            if (!named.matches()) {
                return Set.of();
            }
            names.add(named.group(1).toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int from = 0;
        Matcher at = BOUNDARY.matcher(list);
        while (at.find()) {
            String mark = at.group();
            depth += mark.equals("(") ? 1 : mark.equals(")") ? -1 : 0;
            if (depth == 0 && !mark.equals(")")) {
                items.add(list.substring(from, at.start()));
                from = at.end();
                if (!mark.equals(",")) {
                    return items;
                }
            }
        }
        items.add(list.substring(from));
        return items;
    }
}
