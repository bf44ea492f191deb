package io.waybill.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;

/** A channel of H2 to the one beneath it: who extends it says only what is otherwise. Reads and writes go on side by side. */
public abstract class ForwardingChannel extends FileBaseDefault {
    private final FileChannel beneath;

    protected ForwardingChannel(FileChannel beneath) {
        this.beneath = beneath;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public int read(ByteBuffer to, long position) throws IOException {
        return beneath.read(to, position);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public int write(ByteBuffer from, long position) throws IOException {
        return beneath.write(from, position);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        beneath.force(metaData);
    }

    @Override
    public long size() throws IOException {
        return beneath.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
        beneath.truncate(size);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return beneath.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        beneath.close();
    }
}
