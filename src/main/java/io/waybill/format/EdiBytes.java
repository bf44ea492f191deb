package io.waybill.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * The bytes of an EDI file, which end before the header of an EDIFACT interchange in another charset; those behind it are
 * read after {@link #goOn}. What makes a header is ASCII in all of them.
 */
final class EdiBytes extends InputStream {
    /** UNB, what parts its elements, and the syntax: UNOC. */
    private static final int HEADER = 8;

    private final InputStream in;
    private final byte[] bytes = new byte[1 << 16];
    private Predicate<String> isOther = syntax -> false;
    private int at;
    private int end;
    private long passed;
    private byte before;

    EdiBytes(InputStream in) {
        this.in = in;
    }

    /** The next bytes, without taking them, each as a letter; fewer when it has fewer. */
    String head(int most) throws IOException {
        has(most);
        return new String(bytes, at, Math.min(most, end - at), StandardCharsets.ISO_8859_1);
    }

    /** @param isOther whether the interchange of such a syntax is to be read in another charset than the one that begins here */
    void goOn(Predicate<String> isOther) {
        this.isOther = isOther;
    }

    /** How many were taken. */
    long passed() {
        return passed;
    }

    /** Whether it ends here for good. */
    boolean ended() throws IOException {
        return !has(1);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = 0;
        while (count < length && has(1) && !turns()) {
            before = bytes[at++];
            target[from + count++] = before;
        }
        passed += count;
        return count == 0 && length > 0 ? -1 : count;
    }

    private boolean turns() throws IOException {
        if (bytes[at] != 'U' || Character.isLetterOrDigit(before) || !has(HEADER)) {
            return false;
        }
        String header = new String(bytes, at, HEADER, StandardCharsets.ISO_8859_1);
        return header.matches("(?s)UNB.UNO[A-Z]")
                && header.charAt("UNB".length()) != before
                && isOther.test(header.substring("UNB.".length()));
    }

    private boolean has(int count) throws IOException {
        if (end - at < count && at > 0) {
            System.arraycopy(bytes, at, bytes, 0, end - at);
            end -= at;
            at = 0;
        }
        int read = 0;
        while (end - at < count && read >= 0) {
            read = in.read(bytes, end, bytes.length - end);
            end += Math.max(0, read);
        }
        return end - at >= count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
