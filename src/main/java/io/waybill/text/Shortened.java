package io.waybill.text;

/** A text that has to fit: a column, a line, a file's name. */
public final class Shortened {
    private Shortened() {}

    /** At most so many characters, and the rest is lost without a sign. */
    public static String to(int most, String text) {
        return text.length() <= most ? text : text.substring(0, end(most, text));
    }

    /** Before a character that would be cut into its two halves. */
    private static int end(int most, String text) {
        boolean inTwo = most > 0 && Character.isSurrogatePair(text.charAt(most - 1), text.charAt(most));
        return inTwo ? most - 1 : most;
    }

    /** As many of these from the first on, joined, as go into so many characters; none of them is cut. */
    public static String whole(int most, String between, Iterable<String> parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            String more = joined.isEmpty() ? part : between + part;
            if (joined.length() + more.length() > most) {
                break;
            }
            joined.append(more);
        }
        return joined.toString();
    }

    /** So many characters, and a {@code …} where there were more. */
    public static String openly(int most, String text) {
        return text.length() <= most ? text : text.substring(0, end(most, text)) + "…";
    }
}
