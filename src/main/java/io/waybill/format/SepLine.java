package io.waybill.format;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a CSV that Excel understands: {@code sep=;} says what parts the cells and is no row of the table.
 *
 * @param there whether the file begins with one
 * @param delimiter what it says, else what was given
 * @param rest the text behind it
 */
record SepLine(boolean there, char delimiter, Reader rest) {
    private static final int LONGEST = 9;
    private static final int LONGEST_HEADER = 1 << 13;
    private static final Pattern LINE = Pattern.compile("(?i)(\"?)sep=([^A-Za-z0-9\"\r\n])\\1(\r\n|\r(?!$)|\n)");

    /** @param ofHeader whether the header says what parts the cells where nothing else does */
    static SepLine of(Reader text, char given, boolean ofHeader) throws IOException {
        char[] head = new char[ofHeader ? LONGEST_HEADER : LONGEST];
        int length = read(text, head);
        String begin = new String(head, 0, length);
        Matcher line = LINE.matcher(begin);
        boolean there = line.lookingAt();
        int from = there ? line.end() : 0;
        PushbackReader rest = new PushbackReader(text, head.length);
        rest.unread(head, from, length - from);
        char otherwise = ofHeader ? HeaderDelimiter.in(begin, given) : given;
        return new SepLine(there, there ? line.group(2).charAt(0) : otherwise, rest);
    }

    private static int read(Reader text, char[] head) throws IOException {
        int length = 0;
        for (int more = 0; more >= 0 && length < head.length; length += Math.max(0, more)) {
            more = text.read(head, length, head.length - length);
        }
        return length;
    }
}
