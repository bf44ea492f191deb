package io.waybill;

import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Held by a hub from its first step to its last; a killed one holds it no more. It keeps nobody out, and tells who cannot start why:
 * a hub that is starting or stopping answers no call yet, or no more.
 */
final class HubLock implements AutoCloseable {
    private final @Nullable FileChannel channel;
    private final boolean others;

    private HubLock(@Nullable FileChannel channel, boolean others) {
        this.channel = channel;
        this.others = others;
    }

    static HubLock take(DataFolder data) {
        try {
            OwnerOnly.file(data.lock());
            return of(FileChannel.open(data.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            return new HubLock(null, false); // a disk without locks: nothing is known of others
        }
    }

    private static HubLock of(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return new HubLock(channel, lock == null);
        } catch (OverlappingFileLockException inThisProcess) {
            return new HubLock(channel, true);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether another hub had it when this one began. */
    boolean isAnothers() {
        return others;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
