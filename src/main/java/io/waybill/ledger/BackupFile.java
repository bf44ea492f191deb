package io.waybill.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A backup of the embedded database: a zip with the one file of the database in it. */
final class BackupFile {
    private static final String DATABASE = ".mv.db";

    private BackupFile() {}

    /** Reads it to its end, against its checksums. */
    static void requireWhole(Path zip) throws IOException {
        unpack(zip, OutputStream.nullOutputStream());
    }

    /** Unpacks the database, whatever it is called inside, and forces it to disk. */
    static void unpack(Path zip, Path database) throws IOException {
        try (OutputStream out = Files.newOutputStream(database, StandardOpenOption.CREATE_NEW)) {
            unpack(zip, out);
        }
        force(database);
    }

    /** Under its name only when it is on disk; replaces what is there, in one step. */
    static void publish(Path part, Path name) throws IOException {
        force(part);
        Files.move(part, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(Objects.requireNonNull(name.toAbsolutePath().getParent()));
    }

    private static void unpack(Path zip, OutputStream out) throws IOException {
        boolean found = false;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(zip));
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(DATABASE) && !found) {
                    entries.transferTo(out);
                    found = true;
                }
                entries.closeEntry();
            }
        }
        if (!found) {
            throw new IOException("there is no database in it");
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** So that the name survives a power cut too; where a folder cannot be opened, the file system sees to it. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException windows) {
            return;
        }
    }
}
