package io.waybill;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words a POSIX shell makes of a line: single quotes keep everything, outside of them {@code $NAME} is its value. */
final class ShellWords {
    private static final Pattern PIECE = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\\\(.)|(\\s+)|([^\\s'\"\\\\]+)");
    private static final Pattern NAME = Pattern.compile("\\$([A-Z_]+)");

    private ShellWords() {}

    static List<String> of(String line, Map<String, String> values) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Matcher piece = PIECE.matcher(line);
        while (piece.find()) {
            if (piece.group(4) != null) {
                words.add(word.toString());
                word.setLength(0);
            } else if (piece.group(1) != null) {
                word.append(piece.group(1));
            } else if (piece.group(3) != null) {
                word.append(piece.group(3));
            } else {
                word.append(filled(piece.group(2) == null ? piece.group(5) : piece.group(2), values));
            }
        }
        words.add(word.toString());
        return words;
    }

    private static String filled(String text, Map<String, String> values) {
        return NAME.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new AssertionError("nothing was kept as $" + found.group(1) + " for " + text);
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
