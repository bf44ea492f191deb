package io.waybill.batch;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A file as it arrives: read once, then worked on as a copy.
 *
 * @param name as its sender called it; data, never a path
 * @param original where it lies, and whence it is removed once archived; null for a stream
 */
public record IncomingFile(
        Feed feed,
        String name,
        InputStream content,
        @Nullable Original original) {

    /** Whether it can be read as a file: a link could lead anywhere, and a pipe would be waited for. */
    public static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * A file in a drop folder.
     *
     * @throws ProblemException {@code not-a-file} of a link, a pipe or a device, which is not opened
     */
    public static IncomingFile at(Path path, Feed feed) throws IOException {
        return at(Original.of(path), feed);
    }

    /** The same of one that was looked at before, and is taken in only where it is still that one. */
    public static IncomingFile at(Original still, Feed feed) throws IOException {
        Path path = still.path();
        String name = String.valueOf(path.getFileName());
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isFile(path)) {
            throw new ProblemException(Problem.of(BatchCode.NOT_A_FILE, "name", name));
        }
        return new IncomingFile(feed, name, Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), still);
    }

    public static IncomingFile of(InputStream content, String name, Feed feed) {
        return new IncomingFile(feed, name, content, null);
    }

    /**
     * A copy of it to work on.
     *
     * @throws ProblemException {@code file-unsettled} of one that was changed or replaced before it was read to its end
     */
    Archive.Copy copy(Archive archive) {
        Archive.Copy copy = archive.copy(content);
        boolean whole = false;
        try {
            whole = original == null || original.isWholeIn(copy);
        } finally {
            if (!whole) {
                archive.discard(copy.path());
            }
        }
        if (!whole) {
            throw new ProblemException(Problem.of(BatchCode.FILE_UNSETTLED, "name", ArchiveName.clean(name)));
        }
        return copy;
    }

    /**
     * The file in the drop folder as it looked before it was read.
     *
     * @param size in bytes
     * @param modified in milliseconds since 1970
     */
    public record Original(Path path, long size, long modified) {
        static Original of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Original(path, now.size(), now.lastModifiedTime().toMillis());
        }

        boolean unchanged() throws IOException {
            return of(path).equals(this);
        }

        /** One that was removed since it was opened was read all the same. */
        private boolean isWholeIn(Archive.Copy copy) {
            try {
                return copy.size() == size && unchanged();
            } catch (NoSuchFileException e) {
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
