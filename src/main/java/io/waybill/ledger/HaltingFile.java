package io.waybill.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A file for H2, {@code jdbc:h2:halting:PATH}, that takes nothing more once a write of it has failed, until it is opened anew. H2 writes
 * its file in chunks, one behind the other; where one does not fit on the disk and the next one does, the header comes to name that
 * one, and whoever opens the file finds it incomplete and goes back further than to what was committed.
 */
public final class HaltingFile extends FilePathWrapper {
    static final String SCHEME = "halting";

    /** Makes the scheme known to H2 in this process. */
    static void register() {
        FilePath.register(new HaltingFile());
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
        private @Nullable IOException failure;

        Channel(FileChannel base) {
            super(base);
        }

        @Override
        public synchronized int write(ByteBuffer from, long position) throws IOException {
            requireWhole();
            try {
                return super.write(from, position);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public synchronized void force(boolean metaData) throws IOException {
            requireWhole();
            super.force(metaData);
        }

        @Override
        protected synchronized void implTruncate(long size) throws IOException {
            requireWhole();
            super.implTruncate(size);
        }

        private void requireWhole() throws IOException {
            if (failure != null) {
                throw new IOException("an earlier write failed: " + failure.getMessage(), failure);
            }
        }
    }
}
