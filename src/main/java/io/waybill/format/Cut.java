package io.waybill.format;

import java.nio.charset.Charset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A line as fields are cut from it, counted in characters (of UTF-16, as SAP and Java count) or in the bytes it has in its
 * file.
 */
final class Cut {
    private final String text;
    private final int @Nullable [] starts;

    private Cut(String text, int @Nullable [] starts) {
        this.text = text;
        this.starts = starts;
    }

    /** @param bytes the charset to count bytes in, or null to count characters */
    static Cut of(String text, @Nullable Charset bytes) {
        return new Cut(text, bytes == null || ascii(text) ? null : starts(text, bytes));
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                return false;
            }
        }
        return true;
    }

    /** At which byte each character begins, and where the last ends; the second half of a pair begins nowhere. */
    private static int[] starts(String text, Charset charset) {
        int[] starts = new int[text.length() + 1];
        int at = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int end = i + Character.charCount(text.codePointAt(i));
            starts[i] = at;
            at += text.substring(i, end).getBytes(charset).length;
            Arrays.fill(starts, i + 1, end, at - 1);
        }
        starts[text.length()] = at;
        return starts;
    }

    int length() {
        return starts == null ? text.length() : starts[text.length()];
    }

    /** What stands from this place on, counted from 1; what is behind the end is empty. Null where it would split a character. */
    @Nullable
    String at(int from, int length) {
        int begin = index(Math.min(from - 1, length()));
        int end = index(Math.min(from - 1 + length, length()));
        return begin < 0 || end < 0 || split(begin) || split(end) ? null : text.substring(begin, end);
    }

    /** All that stands from this place on. */
    String rest(int from) {
        int begin = index(Math.min(from - 1, length()));
        return begin < 0 ? "" : text.substring(begin);
    }

    private int index(int place) {
        return starts == null ? place : Arrays.binarySearch(starts, place);
    }

    private boolean split(int index) {
        return index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
