package io.waybill.batch;

import static io.waybill.format.MadeWorkbook.number;
import static io.waybill.format.MadeWorkbook.row;
import static io.waybill.format.MadeWorkbook.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.CellValue;
import io.waybill.format.DocumentReader;
import io.waybill.format.Fixed;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Layout;
import io.waybill.format.MadeWorkbook;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a file comes back to whoever sent it, also where what they sent is odd. */
class HandedBackTest {
    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void what_the_hub_keeps_of_a_file_is_its_own_and_what_it_hands_back_can_be_read() throws IOException {
        Path back = Files.createDirectory(data.resolve("back"));
        Path kept = data.resolve("kept");
        Feed feed = new Feed(
                "orders", "acme", "acme", "file", "m", Reading.of(Format.NDJSON), Locale.ENGLISH, false, null, back);

        Report report = new Batch(ledger, shop, Archive.in(kept), "node-1")
                .run(IncomingFile.of(bytes("{\"order_no\":\"J1\",\"city\":\"\"}\n"), "orders.ndjson", feed));

        assertThat(rights(kept)).isEqualTo("rwx------");
        assertThat(rights(kept.resolve("work"))).isEqualTo("rwx------");
        assertThat(rights(kept.resolve(report.archive()))).isEqualTo("rw-------");
        assertThat(rights(kept.resolve(report.archive()).getParent())).isEqualTo("rwx------");
        assertThat(rights(kept.resolve(report.quarantine()))).isEqualTo("rw-------");
        String anyNew = rights(Files.createFile(data.resolve("any")));
        try (Stream<Path> files = Files.list(back)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(rights(file)).isEqualTo(anyNew));
        }
    }

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_number_of_twenty_thousand_digits_comes_back_as_it_was_written() throws IOException {
        Report report = drop(Format.JSON, "[{\"order_no\":\"J1\",\"city\":\"\",\"x\":1e20000,\"y\":2.50}]");

        assertThat(report.count(Fate.Result.REJECTED)).isEqualTo(1);
        assertThat(data.resolve(report.archive())).exists();
        String quarantine = Files.readString(data.resolve(report.quarantine()));
        assertThat(quarantine).contains("\"x\":1E+20000", "\"y\":2.50");

        drop(Format.JSON, quarantine.replace("\"city\":\"\"", "\"city\":\"Bonn\""));
        assertThat(shop.orders).containsEntry("J1", "Bonn");
    }

    @Test
    void a_line_that_is_no_json_comes_back_as_it_stood_and_can_be_corrected() throws IOException {
        String broken = "{\"order_no\":\"J2\",\"city\":\"Bonn\",}";
        Report first = drop(Format.NDJSON, "{\"order_no\":\"J1\",\"city\":\"Berlin\"}\n\n" + broken + "\r\n5\n");

        assertThat(first.count(Fate.Result.REJECTED)).isEqualTo(2);
        String quarantine = Files.readString(data.resolve(first.quarantine()));
        assertThat(quarantine.lines())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(broken + "\twaybill_reason ")
                                .contains("orders.ndjson:3"),
                        line -> assertThat(line).startsWith("5\twaybill_reason "));

        Report second = drop(Format.NDJSON, quarantine.replace(",}", "}"));

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(shop.orders).containsEntry("J2", "Bonn");
    }

    @Test
    void a_corrected_line_still_says_which_rejection_it_answers() throws IOException {
        String corrected =
                "{\"order_no\":\"J2\"}\twaybill_reason [rej_01JAB2CDEFGHJKMNPQRSTVWXYZ] orders.ndjson:3: this is not JSON\n";

        try (DocumentReader reader = Formats.open(bytes(corrected), "orders.ndjson", Reading.of(Format.NDJSON))) {
            assertThat(Quarantine.answers(Objects.requireNonNull(reader.next())))
                    .isEqualTo("rej_01JAB2CDEFGHJKMNPQRSTVWXYZ");
        }
    }

    @Test
    void what_stands_in_the_rows_of_one_order_is_not_handed_back_in_those_of_another() throws IOException {
        Reading grouped = Reading.of(Format.CSV)
                .withGroupBy(List.of("order_no"))
                .withTable(new Table("", 0, List.of("order_no", "city")));
        Report report = drop(grouped, "order_no,city,sku\nA1,Berlin,1\n,,2\nA2,,3\n,,4\n,Bonn,5\n,,6\n");

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(Files.readAllLines(data.resolve(report.quarantine())).stream()
                        .map(line -> line.replaceFirst("(,\\d).*", "$1")))
                .containsExactly("order_no,city,sku,waybill_reason", "A2,,3", "A2,,4", "A2,Bonn,5", "A2,Bonn,6");
    }

    @Test
    void a_number_of_a_workbook_comes_back_as_a_number_and_a_text_as_a_text() throws IOException {
        MadeWorkbook book =
                MadeWorkbook.of(row(1, text("A1", "order_no") + text("B1", "city") + text("C1", "kg") + text("D1", "g"))
                        + row(2, text("A2", "A1") + number("C2", 0, "1.125") + text("D2", "1.125")));

        Report report = drop(Reading.of(Format.XLSX), new ByteArrayInputStream(book.bytes()));

        try (InputStream back = Files.newInputStream(data.resolve(report.quarantine()));
                DocumentReader documents = Formats.open(back, "back.xlsx", Reading.of(Format.XLSX))) {
            JsonNode row = Objects.requireNonNull(documents.next()).tree();
            assertThat(row.path("kg")).isInstanceOf(CellValue.class).hasToString("\"1.125\"");
            assertThat(row.path("g")).isNotInstanceOf(CellValue.class).hasToString("\"1.125\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1252", "UTF-8", "gb18030", "windows-1251"})
    void xml_of_a_mapping_with_a_charset_comes_back_as_it_is_read(String charset) throws IOException {
        Charset said = Charset.forName(charset);
        String name = said.newEncoder().canEncode("Москва") ? "Москва" : "Jürgen";
        Reading reading = Reading.of(Format.XML).withCharset(said).withRecords(List.of("orders", "order"));
        String sent = "<orders><order><order_no>X1</order_no><name>" + name + "</name></order></orders>";

        Report report = drop(reading, new ByteArrayInputStream(sent.getBytes(said)));

        assertThat(readAgain(report, reading).path("name").asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1252, UNOC, windows-1252, Jürgen",
        "windows-1252, UNOC, windows-1252, 5 € – Zoé",
        "windows-1252, UNOA, windows-1252, Jürgen",
        "UTF-8, UNOC, UTF-8, Jürgen",
        "UTF-8, UNOC, UTF-8, 上海",
        "gb18030, UNOC, gb18030, 上海 Jürgen",
        "windows-1251, UNOA, windows-1251, Москва",
        "windows-1252, UNOC, UTF-8, \uFEFFŁódź",
        "ISO-8859-1, UNOC, windows-1252, O’Brien 5 €",
        ", UNOC, windows-1252, O’Brien 5 €",
        ", UNOC, ISO-8859-1, J\u0081rgen",
        ", UNOC, UTF-8, \uFEFFŁódź",
        ", UNOD, UTF-8, \uFEFFMüller 上海",
        ", UNOA, UTF-8, Müller"
    })
    void edifact_comes_back_as_it_is_read_with_a_charset_of_the_mapping_or_without(
            @Nullable String charset, String syntax, String written, String name) throws IOException {
        Reading reading = Reading.of(Format.EDIFACT).withCharset(charset == null ? null : Charset.forName(charset));
        String mark = name.startsWith("\uFEFF") ? "\uFEFF" : "";
        String sent = mark + "UNB+" + syntax + ":3+A:14+B:14+261124:0930+42'UNH+1+ORDERS:D:96A:UN'BGM+220+4711+9'"
                + "NAD+DP+++" + name.substring(mark.length()) + "+Domstr. 1+Bonn++50667+DE'UNT+4+1'UNZ+1+42'";

        Report report = drop(reading, new ByteArrayInputStream(sent.getBytes(Charset.forName(written))));

        assertThat(readAgain(report, reading).at("/NAD/DP/NAD04").toString()).contains(name.substring(mark.length()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"CSV", "FIXED"})
    void each_byte_of_what_is_called_latin_1_comes_back_as_it_was(Format format) throws IOException {
        Layout layout = Layout.lines(bytes("name,from,length\norder_no,1,2\nname,5,12\n"), "lines.csv");
        Reading reading =
                Reading.of(format).withCharset(StandardCharsets.ISO_8859_1).withFixed(new Fixed(layout, false));
        String sent = "order_no,city,name\nA1,,O\u0092B \u0080 \u0081 \u00FC\n";

        Report report = drop(reading, new ByteArrayInputStream(sent.getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(Files.readString(data.resolve(report.quarantine()), StandardCharsets.ISO_8859_1))
                .contains("A1,,O\u0092B \u0080 \u0081 \u00FC");
    }

    private JsonNode readAgain(Report report, Reading reading) throws IOException {
        assertThat(report.count(Fate.Result.REJECTED)).isEqualTo(1);
        try (InputStream back = Files.newInputStream(data.resolve(report.quarantine()));
                DocumentReader documents = Formats.open(back, "back", reading)) {
            return Objects.requireNonNull(documents.next()).tree();
        }
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private Report drop(Format format, String text) {
        return drop(Reading.of(format), text);
    }

    private Report drop(Reading reading, String text) {
        return drop(reading, bytes(text));
    }

    private Report drop(Reading reading, InputStream file) {
        Feed feed = new Feed("orders", "acme", "acme", "file", "m", reading, Locale.ENGLISH);
        return new Batch(ledger, shop, Archive.in(data), "node-1")
                .run(IncomingFile.of(file, "orders." + reading.format().word(), feed));
    }
}
