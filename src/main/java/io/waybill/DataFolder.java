package io.waybill;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import io.waybill.text.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Where the hub keeps everything that must survive it. */
record DataFolder(Path path) {

    /** Creates the folder when it is missing, for this user alone: it names people. */
    static DataFolder open(Path path) {
        try {
            OwnerOnly.folder(path);
        } catch (IOException e) {
            throw new DataFolder(path).unusable(e);
        }
        return new DataFolder(path);
    }

    /**
     * Makes and writes nothing.
     *
     * @throws ProblemException when a hub could not write here or, where nothing is here yet, could not make the folder
     */
    void check() {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw unusable(new NotDirectoryException(there.toString()));
        }
        if (!Files.isWritable(there)) {
            throw unusable(new AccessDeniedException(there.toString()));
        }
    }

    ProblemException unusable(Exception e) {
        return new ProblemException(Problem.of(HubCode.DATA_FOLDER_UNUSABLE, "path", path, "why", Words.of(e)), e);
    }

    /** Bytes that this process may still write to the disk of the folder. */
    long freeBytes() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The embedded database. */
    Path database() {
        return path;
    }

    /** The sandbox carrier's own book. */
    Path sandboxBook() {
        return path.resolve("sandbox-book.jsonl");
    }

    /** Files in work, and archived files with their receipts. */
    Path files() {
        return path.resolve("files");
    }

    /** Where uploads are put as they come. */
    Path spool() {
        return files().resolve("work");
    }

    /** The name of the node that has this folder. */
    Path node() {
        return path.resolve("node");
    }

    /** Locked while a hub starts, runs and stops. */
    Path lock() {
        return path.resolve("hub.lock");
    }

    /** How commands on this machine speak to the hub that runs on this folder. */
    Path token() {
        return path.resolve("hub.token");
    }
}
