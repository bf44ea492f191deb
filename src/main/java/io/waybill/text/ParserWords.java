package io.waybill.text;

import java.util.regex.Pattern;

/** What a parser says of a text, without what it says of itself: settings of a library and names of its classes. */
public final class ParserWords {
    private static final Pattern OWN = Pattern.compile("[:,;]?\\s*(\\(bound as |\\(not recognized as one since "
            + "|\\(start marker at |from `|enable `|as per `).*");

    private ParserWords() {}

    /** The first line of it; empty for nothing. */
    public static String plain(String message) {
        String first = message.lines().findFirst().orElse("");
        String plain = OWN.matcher(first).replaceFirst("");
        boolean isOpen = plain.chars().filter(sign -> sign == '(').count()
                > plain.chars().filter(sign -> sign == ')').count();
        return (isOpen ? plain + ")" : plain).strip();
    }
}
