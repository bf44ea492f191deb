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
    private static final Pattern LINE = Pattern.compile("(?i)(\"?)sep=([^A-Za-z0-9\"\r\n])\\1(\r\n|\r(?!$)|\n)");

    static SepLine of(Reader text, char given) throws IOException {
        char[] head = new char[LONGEST];
        int length = Math.max(0, text.read(head, 0, LONGEST));
        Matcher line = LINE.matcher(new String(head, 0, length));
        boolean there = line.lookingAt();
        int from = there ? line.end() : 0;
        PushbackReader rest = new PushbackReader(text, LONGEST);
        rest.unread(head, from, length - from);
        return new SepLine(there, there ? line.group(2).charAt(0) : given, rest);
    }
}
