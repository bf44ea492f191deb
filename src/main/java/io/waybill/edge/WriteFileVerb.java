package io.waybill.edge;

import io.waybill.format.Reading;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * {@code waybill-write-file:SINK?folder=…&format=…&mapping=…&suffix=…&server=SYSTEM}: writes the body to {@code <event id>.<suffix>},
 * without one the format's name, of {@code file} how files of the mapping's output end. A reader sees the whole file or none, and on a
 * disk of ours it survives a power cut. The same bytes again succeed; a file with other bytes is never overwritten. A body without
 * content, as a mapping leaves it that skips the event, writes no file. The folder must exist: one that is not mounted is a failure to
 * try again, not a new folder.
 */
final class WriteFileVerb extends Verb {
    private static final byte[] NOTHING = {'[', ']'};
    private static final String AS_MAPPED = "file";

    private final Settings settings;
    private final MappingVerb.Mapper mapper;

    WriteFileVerb(Settings settings, MappingVerb.Mapper mapper) {
        this.settings = settings;
        this.mapper = mapper;
    }

    /** Where files go. */
    private interface Target {
        default void require() {}

        void write(String name, byte[] bytes) throws IOException;
    }

    @Override
    Processor step(String sink, Map<String, Object> options) throws Exception {
        String folder = option(options, "folder", "");
        String server = option(options, "server", "");
        String format = option(options, "format", "json");
        String mapping = option(options, "mapping", "");
        boolean isAsMapped = !options.containsKey("suffix") && format.equals(AS_MAPPED) && !mapping.isEmpty();
        String suffix = option(options, "suffix", format);
        if (folder.isEmpty() || !suffix.matches("[a-z0-9]{1,10}")) {
            throw new IllegalArgumentException(
                    "waybill-write-file:" + sink + " needs a folder, and a suffix such as csv");
        }
        Target target = server.isEmpty() ? on(Path.of(folder)) : on(server, folder);
        return exchange -> write(exchange, target, isAsMapped ? ending(mapping) : suffix);
    }

    private String ending(String mapping) {
        Reading output = mapper.output(mapping);
        return output == null ? AS_MAPPED : output.format().ending();
    }

    private static Target on(Path folder) {
        return new Target() {
            @Override
            public void require() {
                WholeFile.require(folder);
            }

            @Override
            public void write(String name, byte[] bytes) throws IOException {
                WholeFile.write(folder, name, bytes);
            }
        };
    }

    private Target on(String server, String folder) throws Exception {
        ServerFolder remote =
                new ServerFolder(server, FileServer.read(settings, server).folder(getCamelContext(), folder));
        getCamelContext().addService(remote);
        return remote::write;
    }

    private static void write(Exchange exchange, Target target, String suffix) throws IOException {
        target.require();
        byte[] bytes = bytes(exchange);
        if (bytes.length > 0 && !Arrays.equals(bytes, NOTHING)) {
            target.write(EventProperties.id(exchange) + "." + suffix, bytes);
        }
    }

    private static byte[] bytes(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof byte[] written
                ? written
                : exchange.getMessage().getBody(String.class).getBytes(StandardCharsets.UTF_8);
    }
}
