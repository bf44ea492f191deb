package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.format.TableOutput;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class BatchTest {
    private static final Feed CSV = feed(Reading.of(Format.CSV).withDelimiter(';'));
    private static final Feed JSON = feed(Reading.of(Format.JSON));
    private static final String GOOD_BAD_GOOD = "order_no;city;phone\nA1;Berlin;1\nA2;;+49 30\nA3;Bremen;3\n";

    @TempDir
    Path data;

    private final ShopTaker shop = new ShopTaker();
    private Path inbox;
    private Ledger ledger;
    private Batch batch;

    @BeforeEach
    void open() throws IOException {
        inbox = Files.createDirectories(data.resolve("inbox"));
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        batch = new Batch(ledger, shop, Archive.in(data), "node-1");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_file_with_a_bad_row_takes_the_good_ones() throws IOException {
        Report report = drop("orders.csv", GOOD_BAD_GOOD, CSV);

        assertThat(shop.orders).containsOnlyKeys("A1", "A3");
        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(2);
        assertThat(report.count(Fate.Result.REJECTED)).isEqualTo(1);
        assertThat(lines(report.receipt()))
                .containsExactly(
                        "rows;orderId;result;code;message",
                        "2;A1;accepted;;",
                        "3;A2;rejected;city-is-missing;row 3: city-is-missing {row=3}",
                        "4;A3;accepted;;");
        assertThat(lines(report.quarantine())).hasSize(2);
        assertThat(lines(report.quarantine()).get(0)).isEqualTo("order_no;city;phone;waybill_reason");
        assertThat(Files.readString(data.resolve(report.archive()))).isEqualTo(GOOD_BAD_GOOD);
        assertThat(inbox).isEmptyDirectory();
        assertThat(data.resolve("work")).isEmptyDirectory();
    }

    @Test
    void of_rows_of_one_order_that_do_not_stand_together_none_is_taken() throws IOException {
        Feed grouped = feed(Reading.of(Format.CSV).withDelimiter(';').withGroupBy(List.of("order_no")));
        String scattered = "order_no;city;phone\nA1;Berlin;1\nA2;Bonn;2\nA1;Berlin;3\nA3;Bremen;4\nA1;Berlin;5\n";

        Report report = drop("orders.csv", scattered, grouped);

        assertThat(shop.orders).containsOnlyKeys("A2", "A3");
        assertThat(String.join("\n", lines(report.receipt())))
                .contains("2;", "row 4", "scattered-group")
                .containsPattern("(?s)scattered-group.*scattered-group.*scattered-group");
    }

    @Test
    void a_row_that_replaces_an_earlier_one_of_its_file_says_which() throws IOException {
        Report report = drop("orders.csv", "order_no;city;phone\nA1;Berlin;\nA2;Bonn;\nA1;Bremen;\n", CSV);

        assertThat(lines(report.receipt()))
                .containsExactly(
                        "rows;orderId;result;code;message",
                        "2;A1;accepted;;",
                        "3;A2;accepted;;",
                        "4;A1;replaced;;replaces what row 2 of this file says of the same order");
    }

    @Test
    void the_same_file_twice_creates_nothing_twice() throws IOException {
        drop("orders.csv", GOOD_BAD_GOOD, CSV);
        Report again = drop("orders.csv", GOOD_BAD_GOOD, CSV);

        assertThat(shop.created).isEqualTo(2);
        assertThat(again.count(Fate.Result.DUPLICATE)).isEqualTo(2);
        assertThat(again.count(Fate.Result.REJECTED)).isEqualTo(1);
        assertThat(again.receipt()).endsWith("-orders.csv.receipt-2.csv");
    }

    @Test
    void of_a_file_that_cannot_be_removed_the_log_does_not_say_at_each_look_that_it_was_taken_in() throws IOException {
        Path stuck = Files.createDirectory(inbox.resolve("orders.csv"));
        Files.writeString(stuck.resolve("x"), "x");
        IncomingFile.Original original = IncomingFile.Original.of(stuck);
        byte[] rows = (GOOD_BAD_GOOD + "\n".repeat((int) original.size() - GOOD_BAD_GOOD.length()))
                .getBytes(StandardCharsets.UTF_8);
        Logger logger = (Logger) LoggerFactory.getLogger(Batch.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        try {
            for (int look = 0; look < 3; look++) {
                assertThatThrownBy(() -> batch.run(
                                new IncomingFile(CSV, "orders.csv", new ByteArrayInputStream(rows), original)))
                        .hasMessageContaining("cannot be removed");
            }
            assertThat(log.list).isEmpty();

            batch.run(IncomingFile.of(new ByteArrayInputStream(rows), "orders.csv", CSV));
            assertThat(log.list)
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .containsExactly("acme: orders.csv taken in, 3 documents, 1 bad");
        } finally {
            logger.detachAppender(log);
        }
        assertThat(shop.created).isEqualTo(2);
    }

    @Test
    void a_file_dropped_again_tries_only_what_was_not_accepted() throws IOException {
        drop("orders.csv", GOOD_BAD_GOOD, CSV);
        shop.asked = 0;

        drop("renamed.csv", GOOD_BAD_GOOD, CSV);

        assertThat(shop.asked).isEqualTo(1);
    }

    @Test
    void a_corrected_quarantine_file_can_be_dropped_straight_back() throws IOException {
        Report first = drop("orders.csv", GOOD_BAD_GOOD, CSV);
        String corrected = Files.readString(data.resolve(first.quarantine())).replace("A2;;", "A2;Köln;");

        Report second = drop("orders-corrected.csv", corrected, CSV);

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(second.quarantine()).isNull();
        assertThat(shop.orders).containsEntry("A2", "Köln");
    }

    @Test
    void a_packed_file_is_taken_in_and_its_bad_rows_come_back_unpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(GOOD_BAD_GOOD.getBytes(StandardCharsets.UTF_8));
        }

        Report report =
                batch.run(IncomingFile.of(new ByteArrayInputStream(packed.toByteArray()), "orders.csv.gz", CSV));

        assertThat(shop.orders).containsOnlyKeys("A1", "A3");
        assertThat(report.quarantine()).endsWith(".quarantine.csv");
        assertThat(lines(report.quarantine())).hasSize(2);
        assertThat(Files.readAllBytes(data.resolve(report.archive()))).isEqualTo(packed.toByteArray());
    }

    @Test
    void what_a_spreadsheet_would_run_is_made_text_and_comes_back_as_it_was() throws IOException {
        String formulas = "order_no;city;phone\n=1+1;;@SUM(A1)\n";
        Report first = drop("orders.csv", formulas, CSV);
        assertThat(lines(first.quarantine()).get(1)).startsWith("'=1+1;;'@SUM(A1);");
        assertThat(lines(first.receipt()).get(1)).contains(";'=1+1;");

        String corrected = Files.readString(data.resolve(first.quarantine())).replace(";;", ";Bonn;");
        drop("orders-corrected.csv", corrected, CSV);

        assertThat(shop.orders).containsEntry("=1+1", "Bonn");
    }

    @Test
    void letters_its_charset_lacks_are_kept_in_a_quarantine_file_that_can_be_dropped_again() throws IOException {
        Feed latin = feed(CSV.reading().withCharset(Charset.forName("windows-1252")));
        String sent = "\uFEFForder_no;street;city\nA1;Łódzka 1;\n";
        Report first = batch.run(
                IncomingFile.of(new ByteArrayInputStream(sent.getBytes(StandardCharsets.UTF_8)), "orders.csv", latin));
        String quarantine = Files.readString(data.resolve(first.quarantine()));
        assertThat(quarantine).contains("A1;Łódzka 1;;");

        byte[] corrected = quarantine.replace("Łódzka 1;;", "Łódzka 1;Łódź;").getBytes(StandardCharsets.UTF_8);
        batch.run(IncomingFile.of(new ByteArrayInputStream(corrected), "again.csv", latin));

        assertThat(shop.orders).containsEntry("A1", "Łódź");
    }

    @Test
    void a_quarantine_file_has_the_charset_its_source_is_read_in() throws IOException {
        Feed latin = feed(CSV.reading().withCharset(Charset.forName("windows-1252")));
        byte[] sent = "order_no;street;city\nA1;Öder Weg;\n".getBytes(Charset.forName("windows-1252"));

        Report report = batch.run(IncomingFile.of(new ByteArrayInputStream(sent), "orders.csv", latin));

        assertThat(Files.readString(data.resolve(report.quarantine()), Charset.forName("windows-1252")))
                .contains("A1;Öder Weg;;");
    }

    @Test
    void bad_json_documents_come_back_as_an_array_that_can_be_dropped_again() throws IOException {
        String sent = """
                [{"order_no":"J1","city":"Berlin"},{"order_no":"J2","city":"","weight":1.50}]""";
        Report first = drop("orders.json", sent, JSON);
        String quarantine = Files.readString(data.resolve(first.quarantine()));
        assertThat(quarantine).contains("\"waybill_reason\"").contains("1.50").doesNotContain("J1");

        Report second = drop("again.json", quarantine.replace("\"city\":\"\"", "\"city\":\"Bonn\""), JSON);

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(shop.orders).containsEntry("J2", "Bonn");
    }

    @Test
    void documents_deep_in_a_json_file_come_back_as_deep() throws IOException {
        Feed nested = feed(Reading.of(Format.JSON).withRecords(List.of("export", "orders")));
        Report first = drop("o.json", "{\"export\":{\"orders\":[{\"order_no\":\"J2\",\"city\":\"\"}]}}", nested);

        String corrected =
                Files.readString(data.resolve(first.quarantine())).replace("\"city\":\"\"", "\"city\":\"Bonn\"");

        assertThat(drop("o2.json", corrected, nested).count(Fate.Result.ACCEPTED))
                .isEqualTo(1);
    }

    @Test
    void a_bad_row_of_a_workbook_comes_back_as_a_workbook_that_can_be_dropped_again() throws IOException {
        Feed sheet = feed(Reading.of(Format.XLSX).withTable(new Table("2", 3, List.of("order_no"))));
        Report first = dropSheet(
                "orders.xlsx",
                sheet,
                List.of("A1", "Berlin", "0049"),
                List.of("A2", "", "=1+1"),
                List.of("A3", "Bremen", "3"));
        assertThat(lines(first.receipt()))
                .contains(
                        "4,A1,accepted,,",
                        "5,A2,rejected,city-is-missing,row 5: city-is-missing {row=5}",
                        "6,A3,accepted,,");
        assertThat(first.quarantine()).endsWith("orders.xlsx.quarantine.xlsx");

        Document bad =
                documents(data.resolve(first.quarantine()), sheet.reading()).get(0);
        assertThat(bad.rows().get(0).cells()).containsExactly("A2", "", "=1+1");
        assertThat(bad.rows().get(0).reason()).contains("city-is-missing");
        Report second = dropSheet(
                "corrected.xlsx",
                sheet,
                List.of("A2", "Bonn", "=1+1", bad.rows().get(0).reason()));

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(shop.orders).containsEntry("A2", "Bonn");
    }

    @Test
    void a_bad_document_of_xml_comes_back_with_its_reason_and_can_be_dropped_again() throws IOException {
        Feed xml = feed(Reading.of(Format.XML).withRecords(List.of("Export", "Orders", "Order")));
        String sent = "<Export><Orders><Order><order_no>X1</order_no><city>Berlin</city></Order>"
                + "<Order id='7'><order_no>X2</order_no><city/><line>a</line><line>b &amp; c</line></Order>"
                + "</Orders></Export>";
        Report first = drop("orders.xml", sent, xml);
        String quarantine = Files.readString(data.resolve(first.quarantine()));
        assertThat(quarantine)
                .contains("<Order id=\"7\" waybill_reason=\"")
                .contains("<line>a</line><line>b &amp; c</line>")
                .doesNotContain("X1");

        Report second = drop("again.xml", quarantine.replace("<city></city>", "<city>Bonn</city>"), xml);

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(second.quarantine()).isNull();
        assertThat(shop.orders).containsEntry("X2", "Bonn");
    }

    @SafeVarargs
    private Report dropSheet(String name, Feed feed, List<String>... rows) throws IOException {
        Path path = inbox.resolve(name);
        try (OutputStream out = Files.newOutputStream(path);
                TableOutput table =
                        Formats.table(out, feed.reading(), List.of("order_no", "city", "phone", Quarantine.REASON))) {
            Stream.of(rows).forEach(table::row);
        }
        return batch.run(IncomingFile.at(path, feed));
    }

    private static List<Document> documents(Path path, Reading reading) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(Files.newInputStream(path), path.toString(), reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    @Test
    void a_crash_after_k_rows_resumes() throws IOException {
        String file = rows(250);
        shop.dieAt = 151;
        assertThatThrownBy(() -> drop("big.csv", file, CSV)).hasMessageContaining("database is gone");
        assertThat(inbox.resolve("big.csv")).exists();
        assertThat(data.resolve("archive")).doesNotExist();

        restart();
        shop.asked = 0;
        Report report = drop("big.csv", file, CSV);

        assertThat(shop.asked).isEqualTo(100);
        assertThat(shop.created).isEqualTo(250);
        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(250);
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void rows_taken_but_not_recorded_before_a_crash_are_told_as_accepted() throws IOException {
        Batch doomed = new Batch(
                ledger,
                handed -> {
                    if (handed.stream().anyMatch(one -> one.document().ordinal() == 4)) {
                        ledger.close();
                        throw new IllegalStateException("killed");
                    }
                    return shop.takeAll(handed);
                },
                Archive.in(data),
                "node-1");
        Path path = Files.writeString(inbox.resolve("o.csv"), rows(10));
        assertThatThrownBy(() -> doomed.run(IncomingFile.at(path, CSV))).hasMessage("killed");

        restart();
        Report report = batch.run(IncomingFile.at(path, CSV));

        assertThat(shop.created).isEqualTo(10);
        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(10);
    }

    @Test
    void another_node_leaves_a_half_taken_file_alone() {
        shop.dieAt = 2;
        assertThatThrownBy(() -> drop("o.csv", rows(3), CSV)).isInstanceOf(IllegalStateException.class);

        Batch other = new Batch(ledger, shop, Archive.in(data), "node-2");

        assertThatThrownBy(() -> other.run(IncomingFile.at(inbox.resolve("o.csv"), CSV)))
                .hasMessageContaining("another run is taking in o.csv");
    }

    @Test
    void an_empty_file_says_so_and_stays_for_whoever_may_still_write_it() throws IOException {
        Report report = drop("empty.csv", "", CSV);

        assertThat(report.failed()).isTrue();
        assertThat(report.problems().get(0).code()).isEqualTo("empty-file");
        assertThat(report.archive()).startsWith("failed/");
        assertThat(lines(report.receipt())).anyMatch(line -> line.startsWith(";;failed;empty-file;"));
        assertThat(inbox.resolve("empty.csv")).exists();
    }

    @Test
    void a_header_without_rows_says_so() throws IOException {
        Report report = drop("none.csv", "order_no;city\n", CSV);

        assertThat(report.failed()).isFalse();
        assertThat(lines(report.receipt()).get(1))
                .startsWith(
                        ";;empty;no-documents;none.csv holds no documents (expected at least one row under the header:"
                                + " order_no, city)");
    }

    @Test
    void an_open_quote_stops_the_file_and_keeps_what_came_before() throws IOException {
        Report report = drop("open.csv", rows(9) + "A2;\"Bre", CSV);

        assertThat(report.failed()).isTrue();
        assertThat(shop.orders).containsKey("R1").hasSize(report.count(Fate.Result.ACCEPTED));
        assertThat(lines(report.receipt()))
                .anyMatch(line -> line.startsWith("2;R1;accepted"))
                .anyMatch(line -> line.startsWith("11;;failed;open-quote;"))
                .anyMatch(
                        line -> line.contains("documents before it stand as this receipt says: " + report.documents()));
        assertThat(report.quarantine()).isNull();
        assertThat(report.archive()).startsWith("failed/");
    }

    @Test
    void a_file_without_a_needed_column_is_refused_whole() throws IOException {
        Report report = drop("wrong.csv", "number;city\nA1;Berlin\n", CSV);

        assertThat(report.failed()).isTrue();
        assertThat(shop.asked).isZero();
        assertThat(report.problems()).extracting("code").contains("column-is-missing");
    }

    @Test
    void names_with_path_characters_are_data() throws IOException {
        String name = "../../etc/\u202Epass\r\nwd;rm -rf.csv";

        Report report = batch.run(
                IncomingFile.of(new ByteArrayInputStream(GOOD_BAD_GOOD.getBytes(StandardCharsets.UTF_8)), name, CSV));

        assertThat(report.archive()).matches("archive/\\d{8}/\\d{8}-[0-9a-f]{12}-etc_pass__wd_rm -rf.csv");
        try (Stream<Path> all = Files.walk(data)) {
            assertThat(all.filter(path -> path.toString().contains("rm -rf"))).hasSize(3);
        }
    }

    @Test
    void a_file_that_somebody_removes_while_it_is_read_was_taken_all_the_same() throws IOException {
        shop.meanwhile = () -> delete(inbox.resolve("gone.csv"));

        assertThat(drop("gone.csv", "order_no;city;phone\nA1;Berlin;1\n", CSV).failed())
                .isFalse();
        assertThat(shop.orders).containsOnlyKeys("A1");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_file_its_writer_goes_on_changing_is_not_removed() throws IOException {
        Path path = Files.writeString(inbox.resolve("o.csv"), rows(1));
        IncomingFile incoming = IncomingFile.at(path, CSV);
        shop.meanwhile = () -> write(path, rows(3));

        batch.run(incoming);

        assertThat(path).exists();
    }

    @Test
    void nothing_is_taken_of_one_that_changes_before_it_is_read_to_its_end() throws IOException {
        Path path = Files.writeString(inbox.resolve("o.csv"), rows(1));
        IncomingFile incoming = IncomingFile.at(path, CSV);
        Files.writeString(path, rows(3));

        assertThatThrownBy(() -> batch.run(incoming)).hasMessageContaining("o.csv was changed or replaced before");

        assertThat(shop.asked).isZero();
        assertThat(batch.run(IncomingFile.at(path, CSV)).count(Fate.Result.ACCEPTED))
                .isEqualTo(3);
        assertThat(path).doesNotExist();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void a_link_is_not_followed() throws IOException {
        Path secret = Files.writeString(data.resolve("secret"), "order_no;city\nA1;B\n");
        Path link = Files.createSymbolicLink(inbox.resolve("o.csv"), secret);

        assertThatThrownBy(() -> IncomingFile.at(link, CSV)).hasMessageContaining("o.csv is not read");
    }

    @Test
    void a_receipt_speaks_the_language_of_its_source() throws IOException {
        Feed chinese = new Feed("orders", "acme", "acme", "file", "m", CSV.reading(), Locale.CHINESE);

        assertThat(lines(drop("none.csv", "order_no;city\n", chinese).receipt()).get(1))
                .contains("没有任何单据");
    }

    @Test
    void a_webhook_that_cannot_be_read_stays_a_persons_business_until_it_comes_through_itself() throws IOException {
        Report cut = push("{\"order_no\":\"A1\",");
        assertThat(cut.failed()).isTrue();
        push("{\"order_no\":\"A2\",\"city\":\"Berlin\"}");
        push("{\"order_no\":\"A3\"");

        assertThat(stopped()).hasSize(2).allMatch(name -> name.matches("acme/[0-9a-f]{12}-shop.json"));

        String name = String.valueOf(cut.archive()).replaceFirst(".*/\\d{8}-", "");
        drop(name, "{\"order_no\":\"A1\",\"city\":\"Bonn\"}", JSON);
        assertThat(stopped()).hasSize(1).doesNotContain("acme/" + name);
    }

    @Test
    void a_webhook_without_a_word_is_nobodys_business() {
        push("");

        assertThat(stopped()).isEmpty();
    }

    private Report push(String text) {
        Feed hook =
                new Feed("orders", "acme", "acme", "webhook", "acme-order", Reading.of(Format.JSON), Locale.ENGLISH);
        return batch.run(
                IncomingFile.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "shop.json", hook));
    }

    /** What a person is told of files that could not be read. */
    private List<String> stopped() {
        return ledger.read(OpenExceptions::of).stream()
                .map(ExceptionBook.Row::subjectId)
                .toList();
    }

    private Report drop(String name, String text, Feed feed) throws IOException {
        return batch.run(IncomingFile.at(Files.writeString(inbox.resolve(name), text), feed));
    }

    private void restart() {
        ledger.close();
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
        shop.dieAt = -1;
        batch = new Batch(ledger, shop, Archive.in(data), "node-1");
    }

    private List<String> lines(String relative) throws IOException {
        return Files.readAllLines(data.resolve(relative));
    }

    private static Feed feed(Reading reading) {
        return new Feed("orders", "acme", "acme", "file", "acme-order", reading, Locale.ENGLISH);
    }

    private static String rows(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "R" + i + ";Berlin\n")
                .collect(Collectors.joining("", "order_no;city\n", ""));
    }
}
