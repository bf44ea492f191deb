package io.waybill.batch;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import io.waybill.text.LackOfRoom;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are whole or absent: written aside, synced, then given a name nobody has. */
final class NewFile {
    /** Writes the content. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private NewFile() {}

    /**
     * Writes and syncs a file beside others, which only its owner reads; it replaces a leftover of the same name. Half a file
     * does not stay where there is no room.
     */
    static void write(Path path, Content content) {
        try {
            OwnerOnly.file(path);
            try (OutputStream out = Files.newOutputStream(path)) {
                content.writeTo(out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(path);
                throw e;
            }
            sync(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Moves a written file to {@code folder/stem + end}, or, where other bytes have that name, to
     * {@code folder/stem-2 + end} and so on. Where the same bytes stand there already, that is success. The written file does not
     * stay, not even where it cannot be moved: the next try writes its own, and a folder that is away would fill the disk of the hub.
     */
    static Path place(Path written, Path folder, String stem, String end) {
        try {
            try {
                own(folder);
                for (int n = 1; ; n++) {
                    Path target = folder.resolve(stem + (n == 1 ? "" : "-" + n) + end);
                    if (!taken(written, target)) {
                        sync(folder);
                        return target;
                    }
                }
            } finally {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A day's folder, and the one it lies in. */
    private static void own(Path folder) throws IOException {
        Path days = folder.toAbsolutePath().getParent();
        if (days != null) {
            OwnerOnly.folder(days);
        }
        OwnerOnly.folder(folder);
    }

    /**
     * Moves a written file to {@code folder/name}, which it replaces; the folder may be on another file system. Where it cannot be
     * moved, nothing of it stays on either.
     */
    static void move(Path written, Path folder, String name) {
        try {
            try {
                own(folder);
                Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                copy(written, folder, name);
            } finally {
                Files.deleteIfExists(written);
            }
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path written, Path folder, String name) throws IOException {
        Path beside = folder.resolve("." + name + ".tmp");
        try {
            write(beside, out -> Files.copy(written, out));
            Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /**
     * Lays a copy into another system's folder, whole or not at all, with the rights any new file has; it replaces one of the
     * same name.
     *
     * @throws ProblemException {@code send-folder-missing}
     */
    static void send(Path written, Path folder, String name) {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(Problem.of(BatchCode.SEND_FOLDER_MISSING, "folder", folder));
        }
        Path aside = folder.resolve("." + name + ".tmp");
        try {
            Files.deleteIfExists(aside);
            try (OutputStream out = Files.newOutputStream(aside, StandardOpenOption.CREATE_NEW)) {
                Files.copy(written, out);
            } catch (IOException e) {
                Files.deleteIfExists(aside);
                throw LackOfRoom.named(folder, e);
            }
            sync(aside);
            move(aside, folder, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean taken(Path written, Path target) throws IOException {
        try {
            link(written, target);
            return false;
        } catch (FileAlreadyExistsException e) {
            return Files.mismatch(written, target) != -1;
        }
    }

    /** A hard link never replaces what is there; file systems without links get a plain move. */
    private static void link(Path written, Path target) throws IOException {
        try {
            Files.createLink(target, written);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.copy(written, target, StandardCopyOption.COPY_ATTRIBUTES);
            sync(target);
        }
    }

    private static void sync(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
