package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A zip on disk, because a workbook is read in another order than it is written. Bounded before it is opened. */
final class SpooledZip implements AutoCloseable {
    /** Bytes of a packed workbook. */
    static final long MOST_BYTES = 200L << 20;

    static final int MOST_ENTRIES = 10_000;

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final long MOST_DIRECTORY = 4L << 20;

    private final Path spool;
    private final ZipFile zip;
    private final String file;
    private final Limits limits;

    private SpooledZip(Path spool, ZipFile zip, String file, Limits limits) {
        this.spool = spool;
        this.zip = zip;
        this.file = file;
        this.limits = limits;
    }

    /** Copies the stream to a file of its own, which goes when this is closed. */
    static SpooledZip of(InputStream in, String file, Limits limits) throws IOException {
        Path spool = Files.createTempFile("waybill-", ".xlsx");
        try {
            copy(in, spool, Math.min(MOST_BYTES, limits.bytes()), file);
            checkDirectory(spool, file);
            return new SpooledZip(spool, new ZipFile(spool.toFile()), file, limits);
        } catch (ZipException e) {
            Files.delete(spool);
            throw new ProblemException(Problem.of(FormatCode.PACKED_BADLY, "file", file), e);
        } catch (IOException | RuntimeException e) {
            Files.delete(spool);
            throw e;
        }
    }

    private static void copy(InputStream in, Path spool, long most, String file) throws IOException {
        try (OutputStream out = Files.newOutputStream(spool)) {
            byte[] buffer = new byte[1 << 16];
            long all = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all += read;
                if (all > most) {
                    throw new ProblemException(Problem.of(FormatCode.FILE_TOO_LARGE, "file", file, "limit", most));
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /** The list of entries is held in memory whole; every end mark that could lead to one is asked for its size. */
    private static void checkDirectory(Path spool, String file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(spool.toFile(), "r")) {
            int length = (int) Math.min(bytes.length(), END_LENGTH + LONGEST_COMMENT);
            byte[] tail = new byte[length];
            bytes.seek(bytes.length() - length);
            bytes.readFully(tail);
            ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = 0; at + END_LENGTH <= length; at++) {
                if (end.getInt(at) == END_SIGNATURE
                        && (Short.toUnsignedInt(end.getShort(at + 10)) > MOST_ENTRIES
                                || Integer.toUnsignedLong(end.getInt(at + 12)) > MOST_DIRECTORY)) {
                    throw new ProblemException(
                            Problem.of(FormatCode.WORKBOOK_TOO_LARGE, "file", file, "limit", MOST_ENTRIES + " parts"));
                }
            }
        }
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /** One entry, no more of it than the limits allow, or null when there is none. */
    @Nullable
    InputStream entry(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            return null;
        }
        return new Unpacked(zip.getInputStream(entry), entry::getCompressedSize, file, limits);
    }

    @Override
    public void close() {
        try {
            zip.close();
            Files.deleteIfExists(spool);
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
