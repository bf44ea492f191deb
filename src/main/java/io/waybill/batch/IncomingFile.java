package io.waybill.batch;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isFile(path)) {
            throw new ProblemException(Problem.of(BatchCode.NOT_A_FILE, "name", String.valueOf(path.getFileName())));
        }
        Original before = Original.of(path);
        InputStream content = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
        return new IncomingFile(feed, String.valueOf(path.getFileName()), content, before);
    }

    public static IncomingFile of(InputStream content, String name, Feed feed) {
        return new IncomingFile(feed, name, content, null);
    }

    /** The file in the drop folder as it looked before it was read. */
    record Original(Path path, long size, long modified) {
        static Original of(Path path) throws IOException {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Original(path, now.size(), now.lastModifiedTime().toMillis());
        }

        boolean unchanged() throws IOException {
            return of(path).equals(this);
        }
    }
}
