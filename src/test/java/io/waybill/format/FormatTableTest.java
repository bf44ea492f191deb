package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of formats in mappings/README.md is what the formats do here. */
class FormatTableTest {
    private static final String BEGIN = "<!-- formats: written by FormatTableTest -->\n";
    private static final String END = "<!-- end of formats -->";

    /**
     * What a format is tried with.
     *
     * @param head what a file begins with
     * @param each one document, however often it stands there
     * @param tail what a file ends with
     * @param bad a document that cannot be read
     */
    private record Trial(Reading reading, String head, String each, String tail, String bad) {}

    private static final String SEGMENT = "E2EDK01005                    1000000000000000001";
    private static final Map<Format, Trial> EDI = Map.of(
            Format.X12,
                    new Trial(
                            MadeEdi.X12,
                            MadeEdi.ISA + MadeEdi.GS,
                            MadeEdi.po("0001"),
                            "GE*1*7~IEA*1*000000042~",
                            "ST*850*0002~REF*ZZ*1~SE*3*0002~"),
            Format.EDIFACT,
                    new Trial(
                            MadeEdi.EDIFACT,
                            MadeEdi.UNB,
                            MadeEdi.orders("1", "Ann").replace("ö", "oe"),
                            "UNZ+1+42'",
                            "UNH+2+ORDERS:D:96A:UN'UNT+2+2'"));

    private static final Map<Format, Trial> TRIALS = new EnumMap<>(Map.of(
            Format.CSV, new Trial(Reading.of(Format.CSV), "id,name\n", "1,Jane\n", "", "2,Joe,x\n"),
            Format.TSV, new Trial(Reading.of(Format.TSV), "id\tname\n", "1\tJane\n", "", "2\tJoe\tx\n"),
            Format.JSON, new Trial(Reading.of(Format.JSON), "[{\"id\":\"0\"}", ",{\"id\":\"1\"}", "]", ",{\"id\":}"),
            Format.NDJSON, new Trial(Reading.of(Format.NDJSON), "", "{\"id\":\"1\"}\n", "", "{\"id\":}\n"),
            Format.ROW, new Trial(Reading.of(Format.ROW), "[{\"ID\":\"0\"}", ",{\"ID\":\"1\"}", "]", ",{\"ID\":}"),
            Format.FIXED,
                    new Trial(
                            FixedTest.lines("name,from,length\nid,1,4\nname,5,8\n"),
                            "",
                            "1   Jane\n",
                            "",
                            "2   Joe      x\n"),
            Format.IDOC_FLAT,
                    new Trial(
                            Reading.of(Format.IDOC_FLAT),
                            "",
                            "EDI_DC40  1000000000000000001\n" + SEGMENT + "00000100000002    EUR\n",
                            "",
                            "EDI_DC40  1000000000000000001\n" + SEGMENT + "00000100000903    EUR\n"),
            Format.XML,
                    new Trial(
                            Reading.of(Format.XML).withRecords(List.of("records", "record")),
                            "<records>",
                            "<record><id>1</id></record>",
                            "</records>",
                            "<record><id>2</record>")));

    @Test
    void the_table_says_what_each_format_does() throws Exception {
        StringBuilder table =
                new StringBuilder("| format | read | write | streaming | bad input |\n|---|---|---|---|---|\n");
        for (Format format : Format.values()) {
            table.append(format.sheet() ? sheet(format) : line(format, EDI.getOrDefault(format, TRIALS.get(format))));
        }
        String page = Files.readString(Path.of("mappings/README.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("put this into mappings/README.md")
                .isEqualTo(table.toString());
    }

    private static String line(Format format, Trial trial) {
        byte[] good = (trial.head() + trial.each() + trial.tail()).getBytes(StandardCharsets.UTF_8);
        List<Document> read = read(trial.reading(), new ByteArrayInputStream(good), Integer.MAX_VALUE);
        byte[] bad = (trial.head() + trial.bad() + trial.each() + trial.tail()).getBytes(StandardCharsets.UTF_8);
        return row(
                format,
                !read.isEmpty(),
                writes(format, trial.reading(), read),
                streams(trial) ? "yes" : "no",
                told(trial.reading(), bad));
    }

    private static String sheet(Format format) {
        Reading reading = Reading.of(format);
        byte[] input = format == Format.XLS
                ? OldSheetTest.lostDigits()
                : MadeWorkbook.of(MadeWorkbook.row(1, MadeWorkbook.text("A1", "id"))
                                + MadeWorkbook.row(2, MadeWorkbook.text("A2", "1"))
                                + MadeWorkbook.row(3, MadeWorkbook.number("A3", 0, "1234567890123456")))
                        .bytes();
        List<Document> read = read(reading, new ByteArrayInputStream(input), 1);
        String streams = format == Format.XLS
                ? "rows, the file in memory up to " + (OldSheetRows.MOST_BYTES >> 20) + " MB"
                : "rows, packed up to " + (SpooledZip.MOST_BYTES >> 20) + " MB";
        return row(format, read.size() == 1, writes(format, reading, read), streams, told(reading, input));
    }

    private static String row(Format format, boolean reads, boolean writes, String streams, String bad) {
        String written = !writes ? "no" : format == Format.XLS ? "as xlsx" : "yes";
        return "| `" + format.word() + "` | " + (reads ? "yes" : "no") + " | " + written + " | " + streams + " | " + bad
                + " |\n";
    }

    private static boolean writes(Format format, Reading reading, List<Document> read) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<JsonNode> trees = new ArrayList<>(read.stream().map(Document::tree).toList());
        trees.add(trees.get(0));
        Formats.write(reading, trees, out);
        List<Document> again = read(reading, new ByteArrayInputStream(out.toByteArray()), Integer.MAX_VALUE);
        return again.stream().map(Document::tree).toList().equals(trees);
    }

    /** Documents come before the file has an end. */
    private static boolean streams(Trial trial) {
        byte[] head = trial.head().getBytes(StandardCharsets.UTF_8);
        byte[] each = trial.each().getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                long here = at++;
                return here < head.length ? head[(int) here] : each[(int) ((here - head.length) % each.length)];
            }
        };
        return read(trial.reading(), endless, 10_000).size() == 10_000;
    }

    /** What is said of a bad document, and whether the file goes on. */
    private static String told(Reading reading, byte[] bytes) {
        try {
            List<Document> read = read(reading, new ByteArrayInputStream(bytes), Integer.MAX_VALUE);
            return read.stream()
                    .flatMap(document -> document.problems().stream())
                    .map(Problem::code)
                    .collect(Collectors.joining(", ", "`", "`: that document, the file goes on"));
        } catch (ProblemException e) {
            return "`" + e.problems().get(0).code() + "`: the file, from there";
        }
    }

    private static List<Document> read(Reading reading, InputStream in, int most) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(in, "file", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
                if (documents.size() >= most) {
                    break;
                }
            }
        }
        return documents;
    }
}
