package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BigSheetTest {
    private static final int ROWS = 60_000;
    private static final int COLUMNS = 12;

    @TempDir
    Path folder;

    @Test
    void sixty_thousand_rows_are_read_and_written_again_in_24_megabytes() throws Exception {
        Path sheet = folder.resolve("orders.xlsx");
        write(sheet);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx24m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Copy.class.getName(),
                        sheet.toString(),
                        folder.resolve("copy.xlsx").toString())
                .redirectErrorStream(true)
                .start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.lines().reduce("", (first, last) -> last)).isEqualTo(ROWS + " rows, " + ROWS + " again");
    }

    /** A text of its own in each row, shared by the whole workbook, and texts and numbers in the cells. */
    private static void write(Path path) throws IOException {
        try (OutputStream out = Files.newOutputStream(path);
                Workbook workbook = new Workbook(out, "test", null)) {
            Worksheet sheet = workbook.newWorksheet("Orders");
            for (int row = 0; row <= ROWS; row++) {
                sheet.value(row, 0, row == 0 ? "order" : "order number " + row);
                for (int column = 1; column < COLUMNS; column++) {
                    if (row == 0) {
                        sheet.inlineString(0, column, "column " + column);
                    } else if (column % 2 == 0) {
                        sheet.value(row, column, row * column);
                    } else {
                        sheet.inlineString(row, column, "Jane & Joe " + column);
                    }
                }
                if (row % 500 == 0) {
                    sheet.flush();
                }
            }
        }
    }

    /** Runs in a Java of its own with a small heap. */
    static final class Copy {
        private Copy() {}

        public static void main(String[] paths) throws IOException {
            Reading reading = Reading.of(Format.XLSX);
            long rows = 0;
            Path copy = Path.of(paths[1]);
            try (DocumentReader reader = Formats.open(Files.newInputStream(Path.of(paths[0])), "big.xlsx", reading);
                    OutputStream out = Files.newOutputStream(copy);
                    TableOutput table = Formats.table(out, reading, reader.columns())) {
                for (Document next = reader.next(); next != null; next = reader.next()) {
                    rows++;
                    table.row(next.rows().get(0).cells());
                }
            }
            System.out.println(rows + " rows, " + count(copy, reading) + " again");
        }

        private static long count(Path path, Reading reading) throws IOException {
            long rows = 0;
            try (DocumentReader reader = Formats.open(Files.newInputStream(path), "copy.xlsx", reading)) {
                List<String> columns = reader.columns();
                while (reader.next() != null && columns.size() == COLUMNS) {
                    rows++;
                }
            }
            return rows;
        }
    }
}
