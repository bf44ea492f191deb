package io.waybill.text;

/** A text that has to fit: a column, a line, a file's name. */
public final class Shortened {
    private Shortened() {}

    /** At most so many characters, and the rest is lost without a sign. */
    public static String to(int most, String text) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** So many characters, and a {@code …} where there were more. */
    public static String openly(int most, String text) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
