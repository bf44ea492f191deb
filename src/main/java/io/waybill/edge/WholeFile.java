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
import java.util.Objects;

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
     * takes the first again at each try, nor are they left there. They get their names in their order; where that stopped in between, those behind lie
     * aside until the next try, which knows by them that the ones before them had theirs, and may have been taken by their reader.
     */
    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        List<String> names = List.copyOf(files.keySet());
        List<String> laid = new ArrayList<>();
        try {
            for (String name : names.subList(named(folder, names), names.size())) {
                Path path = folder.resolve(name);
                byte[] bytes = Objects.requireNonNull(files.get(name));
                if (Files.exists(path)) {
                    requireSame(path, bytes);
                } else {
                    laid.add(name);
                    aside(folder, name, bytes);
                }
            }
        } catch (IOException | RuntimeException e) {
            discard(folder, laid, e);
            throw e;
        }
        for (String name : laid) {
            publish(folder, name);
        }
    }

    /** How many had their names when an earlier try stopped: those before the first that lies aside. */
    private static int named(Path folder, List<String> names) {
        int first =
                (int) names.stream().takeWhile(name -> !liesAside(folder, name)).count();
        return first == names.size() ? 0 : first;
    }

    /** From the last to the first, and no further than it can: one that is left without those before it would say that they had their names. */
    private static void discard(Path folder, List<String> laid, Exception why) {
        for (int i = laid.size() - 1; i >= 0 && discard(hidden(folder, laid.get(i)), why); i--) {}
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

    private static boolean discard(Path hidden, Exception why) {
        try {
            if (!Files.isDirectory(hidden)) {
                Files.deleteIfExists(hidden);
            }
            return true;
        } catch (IOException e) {
            why.addSuppressed(e);
            return false;
        }
    }

    static boolean liesAside(Path folder, String name) {
        return Files.isRegularFile(hidden(folder, name));
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
