package io.waybill.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of an EDI file; after {@link #goOn}, up to the end of one EDIFACT interchange only. What ends it is ASCII in each
 * charset one names.
 */
final class EdiBytes extends InputStream {
    private final InputStream in;
    private final byte[] bytes = new byte[1 << 16];
    private final EdiSigns signs = new EdiSigns();
    private boolean parted;
    private int at;
    private int end;
    private long passed;

    EdiBytes(InputStream in) {
        this.in = in;
    }

    /** The next bytes, without taking them, each as a letter; fewer when it has fewer. */
    String head(int most) throws IOException {
        has(most);
        return new String(bytes, at, Math.min(most, end - at), StandardCharsets.ISO_8859_1);
    }

    /** To the end of the next interchange, and what stands before it. */
    void goOn() {
        parted = true;
        signs.goOn();
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
        while (count < length && !signs.ended() && has(1)) {
            byte next = bytes[at++];
            target[from + count++] = next;
            if (parted) {
                signs.take((char) (next & 0xFF));
            }
        }
        passed += count;
        return count == 0 && length > 0 ? -1 : count;
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
