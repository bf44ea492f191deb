package io.waybill.edge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        WholeFile.require(folder);
        byte[] bytes = bytes(exchange);
        if (bytes.length > 0 && !Arrays.equals(bytes, NOTHING)) {
            WholeFile.write(folder, EventProperties.id(exchange) + "." + suffix, bytes);
        }
    }

    private static byte[] bytes(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof byte[] written
                ? written
                : exchange.getMessage().getBody(String.class).getBytes(StandardCharsets.UTF_8);
    }
}
