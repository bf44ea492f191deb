package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-write-file:SINK?folder=…&format=…&suffix=…}: writes the body to {@code <event id>.<suffix>}, the format's name without one. A reader sees the whole
 * file or none, and it survives a power cut. The same bytes again succeed; a file with other bytes is never overwritten.
 * A body without content, as a mapping leaves it that skips the event, writes no file. The folder must exist: one that is not mounted is a failure to try again, not a new folder.
 */
final class WriteFileVerb extends Verb {
    private static final byte[] NOTHING = {'[', ']'};

    @Override
    Processor step(String sink, Map<String, Object> options) {
        Path folder = Path.of(option(options, "folder", ""));
        String format = option(options, "format", "json");
        String suffix = option(options, "suffix", format);
        if (folder.toString().isEmpty() || !suffix.matches("[a-z0-9]{1,10}")) {
            throw new IllegalArgumentException(
                    "waybill-write-file:" + sink + " needs a folder, and a suffix such as csv");
        }
        return exchange -> write(exchange, folder, suffix);
    }

    private static void write(Exchange exchange, Path folder, String suffix) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ProblemException(Problem.of(EdgeCode.FOLDER_MISSING, "folder", folder));
        }
        String name = EventProperties.id(exchange) + "." + suffix;
        byte[] bytes = bytes(exchange);
        if (bytes.length == 0 || Arrays.equals(bytes, NOTHING)) {
            return;
        }
        Path file = folder.resolve(name);
        if (Files.exists(file)) {
            requireSame(file, bytes);
            return;
        }
        Path temporary = folder.resolve("." + name + ".tmp");
        writeDurably(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
    }

    private static byte[] bytes(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof byte[] written
                ? written
                : exchange.getMessage().getBody(String.class).getBytes(StandardCharsets.UTF_8);
    }

    private static void requireSame(Path file, byte[] bytes) throws IOException {
        if (Files.size(file) != bytes.length || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            throw new ProblemException(Problem.of(EdgeCode.FILE_DIFFERS, "path", file));
        }
    }

    /** Over what an interrupted earlier attempt left. */
    private static void writeDurably(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
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
