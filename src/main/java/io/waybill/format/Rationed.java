package io.waybill.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of which only so many may be read at a stretch: what is never handed over whole must not be kept whole. */
final class Rationed extends FilterInputStream {
    private final long ration;
    private long left;

    Rationed(InputStream in, long ration) {
        super(in);
        this.ration = ration;
        this.left = ration;
    }

    /** Something was handed over: the next stretch begins. */
    void renew() {
        left = ration;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (left == 0 && length > 0) {
            throw new IOException(
                    "an element with its attributes, a comment or an instruction of more than " + ration + " bytes");
        }
        int count = super.read(target, from, (int) Math.min(left, length));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
