package io.waybill.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** What nobody but the user the hub runs as may look into, for it names people; where the file system knows no such rights, what its folder allows. */
public final class OwnerOnly {
    /** Of a file, as file systems with rights spell it. */
    public static final String FILE = "rw-------";

    private static final Set<PosixFilePermission> OF_A_FILE = PosixFilePermissions.fromString(FILE);
    private static final FileAttribute<Set<PosixFilePermission>> NEW_FILE =
            PosixFilePermissions.asFileAttribute(OF_A_FILE);
    private static final FileAttribute<Set<PosixFilePermission>> NEW_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private OwnerOnly() {}

    /** Whether the file system of a path knows the rights of an owner. */
    public static boolean isKnown(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Makes a folder where there is none. One that is there keeps the rights somebody gave it. */
    public static Path folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) { // a drive's root cannot be made, not even where it is
            return folder;
        }
        if (!isKnown(folder)) {
            return Files.createDirectories(folder);
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.createDirectories(folder, NEW_FOLDER);
    }

    /** Makes a file that is about to be written, never readable by others; one that is there is taken from them. */
    public static void file(Path file) throws IOException {
        if (isKnown(file)) {
            try {
                Files.createFile(file, NEW_FILE);
            } catch (FileAlreadyExistsException leftover) {
                close(file);
            }
        }
    }

    /** Takes a file that is there from others. One of another user's stays as it is. */
    public static void close(Path file) {
        if (isKnown(file)) {
            try {
                Files.setPosixFilePermissions(file, OF_A_FILE);
            } catch (IOException notOurs) {
                return;
            }
        }
    }

    /** Gives a file to the owner of the one whose place it takes: an administrator who starts a hub by hand does not take it from its user. */
    public static void give(Path file, Path before) {
        if (isKnown(file)) {
            try {
                Files.setOwner(file, Files.getOwner(before));
            } catch (IOException notOurs) {
                return;
            }
        }
    }
}
