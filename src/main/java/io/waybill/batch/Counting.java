package io.waybill.batch;

import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;

/** How many documents a file holds; to read them is quick beside mapping, rating or buying them. */
final class Counting {
    private Counting() {}

    /** Those before the place where it cannot be read. Empty when the hub stops meanwhile. */
    static OptionalInt documents(Path file, String name, Reading reading, BooleanSupplier stopping) {
        int documents = 0;
        try (InputStream in = Files.newInputStream(file);
                DocumentReader reader = Formats.open(in, name, reading)) {
            while (reader.next() != null) {
                documents++;
                if (stopping.getAsBoolean()) {
                    return OptionalInt.empty();
                }
            }
        } catch (ProblemException toldByTheLook) {
            return OptionalInt.of(documents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OptionalInt.of(documents);
    }
}
