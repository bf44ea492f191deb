package io.waybill.format;

import java.util.List;

/** What parts the names of a header: a spreadsheet saves a table with the delimiter of its country, {@code ;} where the comma is in numbers. */
final class HeaderDelimiter {
    private static final List<Character> OTHERS = List.of(';', '\t');

    private HeaderDelimiter() {}

    /** The given one where the first line has it, and where it has none. */
    static char in(String text, char given) {
        String header = header(text);
        if (header.indexOf(given) < 0) {
            for (char other : OTHERS) {
                if (header.indexOf(other) >= 0) {
                    return other;
                }
            }
        }
        return given;
    }

    /** The first line that is not blank, without what stands in quotes. */
    private static String header(String text) {
        StringBuilder header = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            boolean ends = !quoted && (c == '\n' || c == '\r');
            if (ends && !header.toString().isBlank()) {
                break;
            }
            if (!quoted && !ends) {
                header.append(c);
            }
        }
        return header.toString();
    }
}
