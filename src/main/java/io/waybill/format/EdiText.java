package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of an EDI file, strictly decoded, as bytes of UTF-8 from its first header on: what stands before it is passed
 * over; of line ends in a row the first is left, so that a blank line is no segment, and the last line has one; a no-break
 * space, as files copied from a page have them, is a space.
 */
final class EdiText extends InputStream {
    private static final int HEAD = 1 << 10;
    /** How many letters ISA has, and how many UNA: they say what parts elements and segments. */
    private static final int ISA = 106;

    private static final int UNA = 9;

    private static final Pattern SYNTAX = Pattern.compile("UNB.(UNO[A-Z])?", Pattern.DOTALL);
    private static final Map<String, Charset> CHARSETS = Map.of(
            "UNOC", StandardCharsets.ISO_8859_1,
            "UNOD", Charset.forName("ISO-8859-2"),
            "UNOE", Charset.forName("ISO-8859-5"),
            "UNOF", Charset.forName("ISO-8859-7"),
            "UNOG", Charset.forName("ISO-8859-3"),
            "UNOH", Charset.forName("ISO-8859-4"),
            "UNOJ", Charset.forName("ISO-8859-8"),
            "UNOK", Charset.forName("ISO-8859-9"),
            "UNOW", StandardCharsets.UTF_8,
            "UNOY", StandardCharsets.UTF_8);
    /** Their letters are in any charset; what else stands there is read as in any file. */
    private static final List<String> PLAIN = List.of("UNOA", "UNOB");

    private final EdiBytes source;
    private final String file;
    private final Reading reading;
    private StrictReader text;
    private final char[] chars = new char[1 << 13];
    private byte[] bytes = new byte[0];
    private int at;
    private boolean begun;
    private final boolean edifact;
    private int header;
    private final EdiSigns signs = new EdiSigns();
    private boolean tabParts;
    private boolean isGap;
    private char lineEnd = '\n';
    private boolean afterLineEnd;
    private boolean ended;
    private char high;

    EdiText(InputStream in, String file, Reading reading) {
        this.edifact = reading.format() == Format.EDIFACT;
        this.header = edifact ? UNA : ISA;
        try {
            this.source = new EdiBytes(in);
            this.file = file;
            this.reading = reading;
            this.text = interchange();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }

    /** The next interchange, by itself unless the mapping says what all are written in. */
    private StrictReader interchange() throws IOException {
        Reading said = charset(source.head(HEAD), file, reading);
        if (edifact && reading.charset() == null) {
            source.goOn();
        }
        return new StrictReader(source, file, said, false, source.passed());
    }

    /** What the mapping says, else what this interchange says of itself. */
    private static Reading charset(String head, String file, Reading reading) {
        Matcher syntax = SYNTAX.matcher(head);
        if (reading.charset() != null || !syntax.find() || syntax.group(1) == null || PLAIN.contains(syntax.group(1))) {
            return reading;
        }
        if (!CHARSETS.containsKey(syntax.group(1))) {
            throw new ProblemException(
                    Problem.of(FormatCode.UNKNOWN_ENCODING, "file", file, "charset", syntax.group(1)));
        }
        return reading.withCharset(charset(syntax.group(1)));
    }

    /** The charset of a syntax identifier; ASCII for those of plain letters, and for one that is not known. */
    static Charset charset(String syntax) {
        return CHARSETS.getOrDefault(syntax, StandardCharsets.US_ASCII);
    }

    /** The first letters of the file, without taking them; fewer when it has fewer. */
    String head(int letters) throws IOException {
        while (bytes.length - at < letters && !ended) {
            byte[] before = java.util.Arrays.copyOfRange(bytes, at, bytes.length);
            fill();
            byte[] all = java.util.Arrays.copyOf(before, before.length + bytes.length);
            System.arraycopy(bytes, 0, all, before.length, bytes.length);
            bytes = all;
            at = 0;
        }
        return new String(bytes, at, Math.min(letters, bytes.length - at), StandardCharsets.UTF_8);
    }

    /** Nothing is left. */
    boolean ended() {
        return ended && at >= bytes.length;
    }

    @Override
    public int read() throws IOException {
        while (at >= bytes.length) {
            if (ended) {
                return -1;
            }
            fill();
        }
        return bytes[at++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int first = length == 0 ? 0 : read();
        if (length == 0 || first < 0) {
            return first;
        }
        at--;
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, from, count);
        at += count;
        return count;
    }

    private void fill() throws IOException {
        int count = text.read(chars, 0, chars.length);
        while (count < 0 && !source.ended()) {
            text = interchange();
            count = text.read(chars, 0, chars.length);
        }
        StringBuilder kept = new StringBuilder(Math.max(0, count) + 1);
        if (high != 0) {
            kept.append(high);
            high = 0;
        }
        for (int i = 0; i < count; i++) {
            keep(chars[i], kept);
        }
        ended = count < 0;
        if (ended && begun && !afterLineEnd) {
            kept.append(lineEnd);
        }
        int last = kept.length() - 1;
        if (last >= 0 && !ended && Character.isHighSurrogate(kept.charAt(last))) {
            high = kept.charAt(last);
            kept.setLength(last);
        }
        bytes = kept.toString().getBytes(StandardCharsets.UTF_8);
        at = 0;
    }

    private void keep(char c, StringBuilder kept) {
        boolean endsLine = c == '\r' || c == '\n';
        boolean nothing = c == '\uFEFF' || (!begun && c <= ' ') || (endsLine && afterLineEnd);
        if (endsLine && !afterLineEnd) {
            lineEnd = c;
        }
        afterLineEnd = endsLine;
        if (!nothing) {
            begun = true;
            boolean wasGap = isGap;
            isGap = isGap(c);
            if (!isGap) {
                char plain = c == '\u00A0' ? ' ' : c;
                kept.append(wasGap && Character.isLetterOrDigit(c) ? " " : "").append(edifact ? advised(plain) : plain);
            }
        }
    }

    /**
     * A blank where a UNA says what releases or what parts repetitions means that nothing does: a character no text has stands there, as
     * the parser would let each blank of a text do it.
     */
    private char advised(char c) {
        int place = signs.take(c) - EdiSigns.RELEASE;
        return c == ' ' && (place == 0 || place == 1) ? (char) (place + 1) : c;
    }

    /** A tab within a text parts words; the parser would take it out, and put them together. Beside what parts elements it is nothing. */
    private boolean isGap(char c) {
        tabParts |= c == '\t' && header > 0;
        header -= header > 0 ? 1 : 0;
        return c == '\t' && !tabParts;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
