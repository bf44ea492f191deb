package io.waybill.text;

import java.util.OptionalInt;

/** What is in a text only where a program read it in the wrong charset. */
public final class Undecoded {
    /** What a decoder writes for bytes it cannot read. */
    private static final char REPLACEMENT = '\uFFFD';

    private Undecoded() {}

    /**
     * Where the first one is, in chars: U+FFFD, for which a letter was lost, or a control character of U+0080 to U+009F, what a byte
     * of windows-1252 becomes under ISO-8859-1. No text has one on purpose, and no label shows it; U+0085, a line's end to some, is
     * one of them.
     */
    public static OptionalInt in(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isOne(text.charAt(at))) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }

    private static boolean isOne(char c) {
        return (c >= '\u0080' && c <= '\u009F') || c == REPLACEMENT;
    }
}
