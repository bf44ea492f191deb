package io.waybill.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Fixed;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Layout;
import io.waybill.format.Reading;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of fixed-length lines and IDocs on their way in: what is wrong comes back as it stood, and is answered. */
class LinesInBatchesTest {
    private static final Charset GB18030 = Charset.forName("gb18030");

    @TempDir
    Path data;

    private Ledger ledger;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(Stores.h2(data), Subscriptions.NONE);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_bad_line_comes_back_as_it_stood_in_the_charset_of_its_file_and_can_be_dropped_again() throws IOException {
        ShopTaker shop = new ShopTaker();
        Layout layout = Layout.lines(text("name,from,length,type\norder_no,1,4,\ncity,5,8,\nx,13,4,filler\n"), "l.csv");
        Feed feed =
                feed(Reading.of(Format.FIXED).withFallbackCharset(GB18030).withFixed(new Fixed(layout, true)), false);

        Report first = drop(shop, feed, "A1  上海    7777\nA2          王  \n".getBytes(GB18030));
        String quarantine = Files.readString(data.resolve(first.quarantine()), GB18030);

        assertThat(first.quarantine()).endsWith(".quarantine.txt");
        assertThat(quarantine).startsWith("A2          王  \twaybill_reason ").contains("city-is-missing");

        Report second =
                drop(shop, feed, quarantine.replace("A2        ", "A2  苏州  ").getBytes(GB18030));

        assertThat(second.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        assertThat(shop.orders).containsEntry("A2", "苏州");
    }

    @Test
    void a_line_that_was_cut_off_is_refused_again_until_it_is_whole_or_said_to_be() throws IOException {
        ShopTaker shop = new ShopTaker();
        Layout layout = Layout.lines(text("name,from,length\norder_no,1,3\ncity,4,6\n"), "l.csv");
        Feed feed = feed(Reading.of(Format.FIXED).withFixed(new Fixed(layout, false)), false);

        String back = comesBack(shop, feed, "A-1Austin\nA-2Austin\nA-3Austin\nA-4Aus");
        String again = comesBack(shop, feed, back);

        assertThat(again).startsWith("A-4Aus\twaybill_cut_off\twaybill_reason ");
        assertThat(shop.orders).containsOnlyKeys("A-1", "A-2", "A-3");
        drop(shop, feed, again.replace("A-4Aus\t", "A-4Austin\t").getBytes(StandardCharsets.UTF_8));
        drop(shop, feed, back.replace("A-4Aus\twaybill_cut_off", "A-5Aus").getBytes(StandardCharsets.UTF_8));
        assertThat(shop.orders).containsEntry("A-4", "Austin").containsEntry("A-5", "Aus");
    }

    @Test
    void of_an_order_of_several_lines_the_one_that_was_cut_off_says_so() throws IOException {
        Taker shop = handed -> handed.stream().map(one -> whole(one.document())).toList();
        Layout layout = Layout.lines(text("""
                record,name,from,length,type
                1,kind,1,1,record
                1,no,2,6,
                2,kind,1,1,record
                2,sku,2,3,
                """), "l.csv");
        Feed feed = feed(Reading.of(Format.FIXED).withFixed(new Fixed(layout, false)), false);

        String back = comesBack(shop, feed, "1A-1\n2MUG\n2PEN\n2INK\n1A-2\n2MU");
        String again = comesBack(shop, feed, back);

        assertThat(again).startsWith("1A-2\twaybill_reason ").endsWith("\n2MU\twaybill_cut_off\n");
        assertThat(again).contains("it was cut off");
    }

    private static Fate whole(Document document) {
        String id = document.tree().path("1").path("no").asText();
        return document.problems().isEmpty() ? Fate.accepted(id, "ord_" + id) : Fate.rejected(id, document.problems());
    }

    private String comesBack(Taker shop, Feed feed, String file) throws IOException {
        Report report = drop(shop, feed, file.getBytes(StandardCharsets.UTF_8));
        return Files.readString(data.resolve(report.quarantine()));
    }

    @Test
    void a_bad_idoc_comes_back_whole_and_each_is_answered_by_aleaud() throws IOException {
        Feed feed = feed(Reading.of(Format.IDOC_FLAT), true);
        String bad = control("0000000000000002") + segment("0000000000000002", "4500000002");
        String file = control("0000000000000001") + segment("0000000000000001", "4500000001") + bad;

        Report report = drop(LinesInBatchesTest::take, feed, file.getBytes(StandardCharsets.UTF_8));

        assertThat(report.count(Fate.Result.ACCEPTED)).isEqualTo(1);
        String quarantine = Files.readString(data.resolve(report.quarantine()));
        assertThat(report.quarantine()).endsWith(".quarantine.idoc");
        assertThat(quarantine.replaceAll("\twaybill_reason [^\n]*", "")).isEqualTo(bad);

        Document answer = documents(report.archive() + ".aleaud.idoc").get(0);
        assertThat(answer.tree().path("EDI_DC40").path("RCVPRN").asText()).isEqualTo("ERPCLNT100");
        assertThat(answer.tree().path("EDI_DC40").path("SNDPRN").asText()).isEqualTo("WAYBILL");
        assertThat(answer.tree().path("E1ADHDR").path("MESTYP_LNG").asText()).isEqualTo("ORDERS");
        assertThat(answer.tree().path("E1ADHDR").path("E1STATE").toString())
                .isEqualTo(
                        "[{\"DOCNUM\":\"0000000000000001\",\"STATUS\":\"53\",\"STATXT\":\"accepted\",\"STATYP\":\"S\","
                                + "\"STAPA1_LNG\":\"ord_1\"},{\"DOCNUM\":\"0000000000000002\",\"STATUS\":\"51\","
                                + "\"STATXT\":\"A holds no documents\",\"STATYP\":\"E\"}]");
    }

    @Test
    void idoc_xml_is_answered_in_xml_and_nobody_is_who_did_not_ask() throws IOException {
        String file =
                "<ORDERS05><IDOC><EDI_DC40><DOCNUM>7</DOCNUM><MESTYP>ORDERS</MESTYP><SNDPRN>ERP</SNDPRN></EDI_DC40>"
                        + "<E1EDK01><BELNR>4500000001</BELNR></E1EDK01></IDOC></ORDERS05>";
        Reading xml = Reading.of(Format.XML).withRecords(List.of("ORDERS05", "IDOC"));

        Report asked = drop(LinesInBatchesTest::take, feed(xml, true), file.getBytes(StandardCharsets.UTF_8));
        Report not = drop(
                LinesInBatchesTest::take,
                feed(xml, false),
                file.replace("001<", "003<").getBytes(StandardCharsets.UTF_8));

        assertThat(Files.readString(data.resolve(asked.archive() + ".aleaud.xml")))
                .contains("<ALEAUD01><IDOC>", "<RCVPRN>ERP</RCVPRN>", "<DOCNUM>7</DOCNUM><STATUS>53</STATUS>");
        assertThat(data.resolve(not.archive() + ".aleaud.xml")).doesNotExist();
    }

    private static List<Fate> take(List<Taker.Handed> handed) {
        return handed.stream().map(one -> take(one.document())).toList();
    }

    private static Fate take(Document document) {
        String id = document.tree().path("E1EDK01").path("BELNR").asText();
        return id.endsWith("2")
                ? Fate.rejected(id, List.of(Problem.of(BatchCode.NO_DOCUMENTS, "name", "A")))
                : Fate.accepted(id, "ord_1");
    }

    private Report drop(Taker taker, Feed feed, byte[] file) {
        return new Batch(ledger, taker, Archive.in(data), "node-1")
                .run(IncomingFile.of(new ByteArrayInputStream(file), "orders.txt", feed));
    }

    private static Feed feed(Reading reading, boolean acknowledge) {
        return new Feed("orders", "acme", "acme", "file", "m", reading, Locale.ENGLISH, acknowledge, null, null);
    }

    private List<Document> documents(String relative) throws IOException {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader =
                Formats.open(Files.newInputStream(data.resolve(relative)), relative, Reading.of(Format.IDOC_FLAT))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String control(String docnum) {
        String line = padded("EDI_DC40  100" + docnum, 99) + padded("ORDERS", 49);
        return padded(padded(padded(line, 148) + "SAPERP    LS", 162) + "ERPCLNT100", 263) + "WAYBILL   LS  WAYBILL\n";
    }

    private static String segment(String docnum, String belnr) {
        return padded("E2EDK01005", 30) + "100" + docnum + "00000100000002" + " ".repeat(83) + belnr + "\n";
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }
}
