package io.waybill.format;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * What comes out of a compressed stream, no more than it may be: so many bytes, and so many for each byte that went in. A
 * bomb is refused while it unpacks, before anybody holds what it holds. Readers of archives wrap each entry.
 */
final class Unpacked extends FilterInputStream {
    /** Orders written by machines shrink to a twentieth; beyond this it is made to hurt. */
    static final int MOST_FOR_ONE = 200;

    /** Little files may shrink as they like. */
    static final long FREE = 4L << 20;

    private final LongSupplier packed;
    private final String file;
    private final long most;
    private long out;

    /** @param packed how many bytes have gone in so far */
    Unpacked(InputStream unpacking, LongSupplier packed, String file, Limits limits) {
        super(unpacking);
        this.packed = packed;
        this.file = file;
        this.most = limits.bytes();
    }

    /** A stream that begins as gzip does, unpacked; any other as it is. */
    static InputStream ifPacked(InputStream in, String file, Limits limits) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1F && buffered.read() == 0x8B;
        buffered.reset();
        if (!gzip) {
            return buffered;
        }
        Counted counted = new Counted(buffered);
        try {
            return new Unpacked(new GZIPInputStream(counted, 1 << 13), counted::bytes, file, limits);
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            int read = super.read(target, from, length);
            out += Math.max(read, 0);
            if (out > most) {
                throw refused(FormatCode.FILE_TOO_LARGE, most);
            }
            if (out > FREE && out / MOST_FOR_ONE > packed.getAsLong()) {
                throw refused(FormatCode.PACKED_TOO_TIGHT, MOST_FOR_ONE);
            }
            return read;
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        }
    }

    private static ProblemException damaged(String file, IOException why) {
        return new ProblemException(Problem.of(FormatCode.PACKED_BADLY, "file", file), why);
    }

    private ProblemException refused(Code code, long limit) {
        return new ProblemException(Problem.of(code, "file", file, "limit", limit));
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, 1 << 13)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            int read = super.read(target, from, length);
            bytes += Math.max(read, 0);
            return read;
        }
    }
}
