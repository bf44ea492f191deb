package io.waybill.text;

/** A text as whoever typed or copied it meant it: what looks the same is the same. */
public final class Meant {
    private Meant() {}

    /** Without outer spaces, full-width as ASCII; the same text where nothing changes. */
    public static String of(String text) {
        return plainly(text) ? text : ascii(strip(text));
    }

    /** ASCII without outer spaces, as almost every text is. */
    private static boolean plainly(String text) {
        int length = text.length();
        if (length > 0 && (text.charAt(0) <= ' ' || text.charAt(length - 1) <= ' ')) {
            return false;
        }
        int all = 0;
        for (int i = 0; i < length; i++) {
            all |= text.charAt(i);
        }
        return all < 0x80;
    }

    /** Whether it is nothing but spaces of any kind. */
    public static boolean isBlank(String text) {
        int at = 0;
        while (at < text.length() && space(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    /** Without outer spaces of any kind, a no-break space and a byte order mark among them. */
    public static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && space(text.charAt(from))) {
            from++;
        }
        while (to > from && space(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Without outer spaces, and with one plain space where it is parted, by line breaks or spaces of any kind. */
    public static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean parted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!space(c)) {
                line.append(parted && !line.isEmpty() ? " " : "").append(c);
            }
            parted = space(c);
        }
        return line.toString();
    }

    /** １２３ becomes 123 when the whole text is full-width or ASCII; text with other letters keeps its punctuation. */
    public static String ascii(String text) {
        boolean wide = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fullWidth = c >= '！' && c <= '～';
            if (c > 0x7F && !fullWidth && c != '\u3000') {
                return text;
            }
            wide |= c > 0x7F;
        }
        return wide ? narrow(text) : text;
    }

    /** Full-width letters, digits and signs as ASCII, whatever else is there. */
    public static String narrow(String text) {
        return plainly(text) ? text : narrowed(text);
    }

    private static String narrowed(String text) {
        StringBuilder narrow = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            narrow.append(c == '\u3000' ? ' ' : c >= '！' && c <= '～' ? (char) (c - 0xFEE0) : c);
        }
        return narrow.toString();
    }

    private static boolean space(char c) {
        if (c > ' ' && c < 0x7F) {
            return false;
        }
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF' || c == '\u200B';
    }
}
