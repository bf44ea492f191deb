package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnyCellTest {

    @Property(tries = 500)
    void whatever_is_written_a_row_stays_a_row_and_no_cell_of_it_runs(
            @ForAll("cells") List<String> cells, @ForAll boolean semicolons) {
        char delimiter = semicolons ? ';' : ',';
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvOutput csv = Formats.csv(out, delimiter, List.of("a", "b", "c"))) {
            csv.row(cells);
            csv.row(List.of("1", "2", "3"));
        }

        List<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .ofCsvRecord(out.toString(StandardCharsets.UTF_8))
                .stream()
                .toList();
        assertThat(records).hasSize(3);
        List<String> written = records.get(1).getFields();
        assertThat(written).hasSize(3).noneMatch(AnyCellTest::runs);
        assertThat(records.get(2).getFields()).containsExactly("1", "2", "3");
        for (int i = 0; i < 3; i++) {
            assertThat(Formulas.restored(written.get(i))).isEqualTo(cells.get(i));
        }
    }

    private static boolean runs(String cell) {
        return cell.matches("(?s)[=+\\-@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20].*") && !cell.matches("-?[0-9.]+");
    }

    @Provide
    Arbitrary<List<String>> cells() {
        Arbitrary<String> tail = Arbitraries.strings()
                .withChars("aZ9 .=+-@\t\r\n\"',;|!中\uFF1D\u202E")
                .ofMaxLength(20);
        return Combinators.combine(
                        Arbitraries.of(
                                "",
                                "=",
                                "+",
                                "-",
                                "@",
                                "\t=",
                                "\r\n=",
                                "\n@",
                                "\uFF1D",
                                "\uFF20",
                                "'",
                                "'=",
                                "''-",
                                "\"",
                                "-1.5",
                                "=HYPERLINK(\"http://127.0.0.1:1\")",
                                "=cmd|'/c calc'!A1"),
                        tail)
                .as(String::concat)
                .list()
                .ofSize(3);
    }
}
