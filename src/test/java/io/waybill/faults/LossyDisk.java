package io.waybill.faults;

import io.waybill.ledger.ForwardingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2, {@code jdbc:h2:lossy:PATH}, that knows what a power cut would leave: only what was in a file when its
 * last {@code force} began. The worst case: of what was written after that, nothing.
 */
public final class LossyDisk extends FilePathWrapper {
    private static final String SCHEME = "lossy";
    private static final Map<String, byte[]> DURABLE = new ConcurrentHashMap<>();

    /** Makes the scheme known to H2 in this process. */
    public static void register() {
        FilePath.register(new LossyDisk());
    }

    /** Writes what a power cut at this moment would leave of a file. */
    public static void leave(Path file, Path to) throws IOException {
        Files.write(to, DURABLE.getOrDefault(FilePath.get(file.toString()).toString(), new byte[0]));
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FilePath base = getBase();
        return new Channel(base.open(mode), base.toString());
    }

    private static final class Channel extends ForwardingChannel {
        private final String name;

        Channel(FileChannel base, String name) {
            super(base);
            this.name = name;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            byte[] begun = content();
            super.force(metaData);
            DURABLE.put(name, begun);
        }

        private byte[] content() throws IOException {
            ByteBuffer all = ByteBuffer.allocate((int) size());
            while (all.hasRemaining() && read(all, all.position()) > 0) {
                // reads on
            }
            return all.array();
        }
    }
}
