package io.waybill.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A disk for H2, {@code small:PATH}, that can be full: a file on it grows no further, and takes what fits in its holes. */
public final class SmallDisk extends FilePathWrapper {
    static final String SCHEME = "small";

    private static volatile long room = Long.MAX_VALUE;
    private static volatile CountDownLatch slow = new CountDownLatch(0);

    /** Makes the scheme known to H2 in this process. */
    static void register() {
        FilePath.register(new SmallDisk());
    }

    /** From now on no file is longer than this; a write that does not fit fails once the latch lets it. */
    static void fill(long length, CountDownLatch failing) {
        slow = failing;
        room = length;
    }

    static void empty() {
        fill(Long.MAX_VALUE, new CountDownLatch(0));
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(getBase().open(mode));
    }

    private static final class Channel extends ForwardingChannel {
        Channel(FileChannel base) {
            super(base);
        }

        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public int write(ByteBuffer from, long position) throws IOException {
            if (position + from.remaining() > room) {
                fail();
            }
            return super.write(from, position);
        }

        private static void fail() throws IOException {
            try {
                slow.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("No space left on device");
        }
    }
}
