package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.settings.OwnerOnly;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;

/**
 * An append-only file of JSON lines that one process owns. {@link #force} returns once everything written up to a point
 * is on disk; one force serves everybody whose line was written before it began. A torn last line is cut off at open:
 * it was never forced, so nobody was told of it.
 */
final class Journal implements Closeable {
    private static final int BLOCK = 8192;

    /** Where a line stands. */
    record Line(long from, int length) {}

    private final Path path;
    private final FileChannel file;
    private final Object forcing = new Object();
    private volatile long written;
    private volatile long forced;

    private Journal(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /** @throws IOException when another process, or this one, has it open already */
    static Journal open(Path path) throws IOException {
        OwnerOnly.file(path);
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            Journal journal = new Journal(path, file);
            journal.lock();
            journal.written = journal.wholeLines();
            file.truncate(journal.written);
            return journal;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Writes one line; the caller is the only writer. A line that failed half way is overwritten by the next. */
    Line append(JsonNode json) {
        byte[] bytes = (json + "\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        long from = written;
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer, from + buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written = from + bytes.length;
        return new Line(from, bytes.length);
    }

    /** The end of the last line. */
    long end() {
        return written;
    }

    void force(long upTo) {
        synchronized (forcing) {
            if (forced >= upTo) {
                return;
            }
            long reached = written;
            try {
                file.force(false);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            forced = reached;
        }
    }

    JsonNode read(Line line) {
        try {
            return Json.MAPPER.readTree(block(line.from(), line.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line from the first to the one that is the last now. */
    void forEach(BiConsumer<JsonNode, Line> reader) {
        long end = written;
        long from = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            while (from < end) {
                byte[] bytes = line(in);
                reader.accept(parse(bytes, from), new Line(from, bytes.length));
                from += bytes.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private JsonNode parse(byte[] bytes, long from) throws IOException {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new IOException(path + " is damaged at byte " + from, e);
        }
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    private void lock() throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            throw new IOException(path + " is already open in this process", e);
        }
        throw new IOException(path + " is open in another process");
    }

    /** The length up to and with the last line feed. */
    private long wholeLines() throws IOException {
        for (long end = file.size(); end > 0; end = Math.max(0, end - BLOCK)) {
            long start = Math.max(0, end - BLOCK);
            byte[] block = block(start, (int) (end - start));
            for (int i = block.length - 1; i >= 0; i--) {
                if (block[i] == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }

    private byte[] block(long from, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        int read = 0;
        while (block.hasRemaining() && read >= 0) {
            read = file.read(block, from + block.position());
        }
        return block.array();
    }
}
