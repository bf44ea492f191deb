package io.waybill.batch;

import io.waybill.ledger.FileRow;
import io.waybill.settings.OwnerOnly;
import io.waybill.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;

/**
 * The hub's own folders of a data folder: {@code work/} holds the copies being read, {@code archive/<day>/} what was
 * taken in, {@code failed/<day>/} what could not be read to its end, each with its receipt beside it.
 */
public final class Archive {
    private final Path data;
    private final Path work;

    private Archive(Path data) throws IOException {
        this.data = data;
        OwnerOnly.folder(data);
        this.work = OwnerOnly.folder(data.resolve("work"));
        sweep();
    }

    /** Opens the folders and removes copies a crash left behind; one per data folder and process. */
    public static Archive in(Path data) {
        try {
            return new Archive(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file copied so that nobody changes it under us. */
    record Copy(Path path, String sha256, long size) {}

    Copy copy(InputStream content) {
        Path path = temporary();
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(content, digest)) {
            NewFile.write(path, out -> in.transferTo(out));
            return new Copy(path, HexFormat.of().formatHex(digest.digest()), Files.size(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path temporary() {
        return work.resolve(UUID.randomUUID() + ".part");
    }

    /** The place of a file: its folder, and the name all that belongs to it begins with. */
    record Place(Path folder, String name) {}

    Place place(FileRow file, boolean failed) {
        Path folder = data.resolve(failed ? "failed" : "archive").resolve(ArchiveName.day(file.receivedAt()));
        return new Place(folder, ArchiveName.of(file.receivedAt(), file.fileSha256(), file.name()));
    }

    /** Where the files of batches wait until they have been taken in. */
    Path uploads() {
        return data.resolve("uploads");
    }

    /** What a report told a path to be. */
    Path at(String told) {
        return data.resolve(told);
    }

    /** The path as reports say it. */
    String told(Path path) {
        return data.relativize(path).toString();
    }

    void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sweep() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(work, "*.part")) {
            for (Path path : left) {
                Files.deleteIfExists(path);
            }
        }
    }
}
