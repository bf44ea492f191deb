package io.waybill.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.TableOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list as a table, however long it is: read page by page, written to a temporary file and sent from there, so neither the memory
 * nor a transaction grows with it.
 *
 * @param name of the file, without its ending
 */
record TableExport(String name, List<String> columns) {
    /** Rows of a sheet under its header. */
    private static final int MOST_IN_A_SHEET = 1_048_575;

    /** More than any page has. */
    private static final int ROOM = 10_000;

    private static final Seats SEATS = new Seats(4, Duration.ofSeconds(10));

    /** @param next where the page after it begins; null of the last */
    record Page(List<ObjectNode> rows, @Nullable String next) {
        /** @param asked one row more than {@code size} at most, so that it is known whether another page comes */
        static <T> Page of(List<T> asked, int size, Function<T, ObjectNode> view, Function<T, String> cursor) {
            Paged<T> page = Paged.of(asked, size);
            return new Page(page.rows().stream().map(view).toList(), page.next(cursor));
        }
    }

    /**
     * As {@code ?format=} says. {@code X-Next-Cursor} names what comes after the last row a sheet can hold; CSV holds them all.
     *
     * @param first where the first page begins
     * @param pages by where they begin
     * @throws io.waybill.problem.ProblemException {@code too-many-tables}
     */
    Answer of(Request request, @Nullable String first, Function<@Nullable String, Page> pages) throws IOException {
        Format table = Listed.table(request);
        Path file = Files.createTempFile("waybill-" + name + "-", "." + table.word());
        try (Seats.Seat seat = SEATS.take()) {
            String next = write(table, file, first, pages);
            Answer answer = Answer.file(Listed.mediaType(table), file, name + "." + table.word());
            return next == null ? answer : answer.with("X-Next-Cursor", next);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private @Nullable String write(
            Format table, Path file, @Nullable String first, Function<@Nullable String, Page> pages)
            throws IOException {
        int left = table == Format.XLSX ? MOST_IN_A_SHEET - ROOM : Integer.MAX_VALUE;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                TableOutput rows = Formats.table(out, Reading.of(table), columns)) {
            rows.amounts();
            Page page = pages.apply(first);
            page.rows().forEach(rows::row);
            while (page.next() != null && left > page.rows().size()) {
                left -= page.rows().size();
                page = pages.apply(page.next());
                page.rows().forEach(rows::row);
            }
            return page.next();
        }
    }
}
