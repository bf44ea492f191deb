package io.waybill.text;

import java.util.OptionalInt;

/** What is in a text only where a file was read in the wrong charset. */
public final class Undecoded {
    private Undecoded() {}

    /**
     * Where the first control character of U+0080 to U+009F is, in chars: what a byte of windows-1252 becomes under ISO-8859-1. No
     * text has one on purpose, and no label shows it; U+0085, a line's end to some, is one of them.
     */
    public static OptionalInt in(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) >= '\u0080' && text.charAt(at) <= '\u009F') {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }
}
