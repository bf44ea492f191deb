package io.waybill.batch;

import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts a file of ours, which is in UTF-8, in the one charset its source's files are in; with letters that charset lacks it stays
 * UTF-8 under its mark, which any source reads.
 *
 * @param charset null where its format says for itself what it is written in, or nobody says
 */
record Respelling(@Nullable Charset charset) {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static Respelling of(Reading reading) {
        Format format = reading.format();
        boolean declares = format == Format.XML || format.sheet() || format.lines();
        Charset charset = reading.charset();
        return new Respelling(declares || charset == null ? null : Formats.asRead(charset));
    }

    void respell(Path path) throws IOException {
        if (charset == null || charset.equals(StandardCharsets.UTF_8)) {
            return;
        }
        Path utf8 = path.resolveSibling(path.getFileName() + ".part");
        Files.move(path, utf8);
        try {
            boolean hasThem = hasAllLetters(charset, utf8);
            NewFile.write(path, out -> {
                try (Reader in = Files.newBufferedReader(utf8);
                        Writer writer = new OutputStreamWriter(out, hasThem ? charset : StandardCharsets.UTF_8)) {
                    if (!hasThem) {
                        writer.write(BYTE_ORDER_MARK);
                    }
                    in.transferTo(writer);
                }
            });
        } finally {
            Files.deleteIfExists(utf8);
        }
    }

    private static boolean hasAllLetters(Charset charset, Path utf8) throws IOException {
        try (Stream<String> lines = Files.lines(utf8)) {
            return lines.allMatch(charset.newEncoder()::canEncode);
        }
    }
}
