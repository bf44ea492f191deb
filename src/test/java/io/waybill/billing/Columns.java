package io.waybill.billing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** The header of a carrier's table as it delivers it. */
final class Columns {
    private Columns() {}

    static String of(String carrier, char delimiter) {
        try (InputStream in = Columns.class.getResourceAsStream(carrier + ".columns")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(name -> '"' + name + '"')
                    .collect(Collectors.joining(String.valueOf(delimiter), "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
