package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.LackOfRoom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Files in other systems' folders: a reader sees a whole one or none, and it survives a power cut. */
final class WholeFile {
    private WholeFile() {}

    /** @throws ProblemException {@code folder-missing}: one that is not mounted is a failure to try again, not a new folder */
    static void require(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(Problem.of(EdgeCode.FOLDER_MISSING, "folder", folder));
        }
    }

    /** The same bytes again succeed; a file with other bytes is never overwritten. */
    static void write(Path folder, String name, byte[] bytes) throws IOException {
        write(folder, Map.of(name, bytes));
    }

    /**
     * As the one above, of files that belong together: none has its name before all are written, so that where there is no room for the last no reader
     * takes the first again at each try, nor are they left there.
     */
    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        List<String> laid = new ArrayList<>();
        try {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path path = folder.resolve(file.getKey());
                if (Files.exists(path)) {
                    requireSame(path, file.getValue());
                } else {
                    aside(folder, file.getKey(), file.getValue());
                    laid.add(file.getKey());
                }
            }
            for (String name : laid) {
                publish(folder, name);
            }
        } catch (IOException | RuntimeException e) {
            laid.forEach(name -> discard(hidden(folder, name), e));
            throw e;
        }
    }

    /** Writes it under a hidden name, over what an interrupted earlier attempt left; half a file does not stay where there is no room. */
    static void aside(Path folder, String name, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                hidden(folder, name),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            try {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            } catch (IOException e) {
                discard(hidden(folder, name), e);
                throw LackOfRoom.named(folder, e);
            }
        }
    }

    private static void discard(Path hidden, Exception why) {
        try {
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    static boolean liesAside(Path folder, String name) {
        return Files.exists(hidden(folder, name));
    }

    /** Gives a file that lies aside its name. */
    static void publish(Path folder, String name) throws IOException {
        Files.move(hidden(folder, name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    private static Path hidden(Path folder, String name) {
        return folder.resolve("." + name + ".tmp");
    }

    private static void requireSame(Path file, byte[] bytes) throws IOException {
        if (Files.size(file) != bytes.length || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            throw new ProblemException(Problem.of(EdgeCode.FILE_DIFFERS, "path", file));
        }
    }

    /** Makes the rename durable, where a folder can be opened (not on Windows). */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
