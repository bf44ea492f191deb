package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlDocumentsTest {
    private static final Reading XML = Reading.of(Format.XML);
    private static final Reading ORDERS = XML.withRecords(List.of("Orders", "Order"));

    @Test
    void each_element_on_the_path_is_a_document() {
        String xml =
                "<?xml version='1.0'?><o:Orders xmlns:o='urn:x' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'"
                        + " xsi:schemaLocation='a b'><Note><Order>no</Order></Note>"
                        + "<o:Order no='1'><Line>A</Line><Line>B</Line><o:To country='DE'>Jane &amp; Joe</o:To></o:Order>"
                        + "<o:Order><no>2</no><Line>C</Line><Gone xsi:nil='true'/><Empty/></o:Order></o:Orders>";

        assertThat(trees(ORDERS, xml))
                .isEqualTo(
                        "{\"@no\":\"1\",\"Line\":[\"A\",\"B\"],\"To\":{\"@country\":\"DE\",\"#text\":\"Jane & Joe\"}}"
                                + "{\"no\":\"2\",\"Line\":\"C\",\"Gone\":null,\"Empty\":\"\"}");
        assertThat(trees(ORDERS.withArrays(List.of("Line")), xml)).contains("\"Line\":[\"C\"]");
    }

    @Test
    void texts_before_and_behind_an_element_do_not_become_one_word() {
        String xml = "<o><Street>1 Elm St<br/>Apt 2 <i>left</i> door</Street><Name>Ja<!-- -->ne</Name></o>";

        assertThat(trees(XML, xml))
                .isEqualTo(
                        "{\"Street\":{\"br\":\"\",\"i\":\"left\",\"#text\":\"1 Elm St Apt 2  door\"},\"Name\":\"Jane\"}");
        assertThat(trees(XML, "<o><Street>Main St<br/> Apt 2</Street></o>")).contains("\"Main St Apt 2\"");
        assertThat(trees(XML, "<o><Street>Mühl<wbr/>straße<br/>Hof 2</Street></o>"))
                .contains("\"Mühlstraße Hof 2\"");
        assertThat(trees(XML, "<o><Street>12<sup>a</sup>, Main</Street></o>")).contains("\"12, Main\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "UTF-16LE", "UTF-16BE", "utf-32", "UCS-2", "ISO-10646-UCS-2"})
    void a_text_of_one_byte_a_letter_that_declares_two_is_not_believed(String charset) {
        String xml = "<?xml version=\"1.0\" encoding=\"" + charset + "\"?><o><n>København</n></o>";
        assertThat(trees(XML, xml)).isEqualTo("{\"n\":\"København\"}");
    }

    @Test
    void two_attributes_of_one_name_are_a_list_as_elements_are() {
        assertThat(trees(XML, "<o xmlns:a='urn:a' xmlns:b='urn:b'><n a:id='1' b:id='2'/></o>"))
                .isEqualTo("{\"n\":{\"@id\":[\"1\",\"2\"]}}");
    }

    @Test
    void without_a_path_the_root_is_the_document() {
        assertThat(trees(XML, "<Order><a> 1 </a><b><![CDATA[<x>]]></b></Order>"))
                .isEqualTo("{\"a\":\"1\",\"b\":\"<x>\"}");
        assertThat(trees(XML.withArrays(List.of("b.c")), "<o><b><c>1</c></b></o>"))
                .isEqualTo("{\"b\":{\"c\":[\"1\"]}}");
    }

    @Test
    void a_path_of_three_is_followed_through_every_parent() {
        String xml = "<r><d><o>1</o></d><x><o>2</o></x><d><o>3</o></d></r>";
        assertThat(trees(XML.withRecords(List.of("r", "d", "o")), xml)).isEqualTo("{\"#text\":\"1\"}{\"#text\":\"3\"}");
    }

    @Test
    void no_orders_are_no_problem_but_another_document_is() {
        assertThat(read(ORDERS, "<Orders/>")).isEmpty();
        assertThat(refused(ORDERS, "<Invoices><Order/></Invoices>").code()).isEqualTo("no-records");
    }

    @Test
    void a_file_whose_records_have_another_name_is_refused_with_what_there_is() {
        String other = "<Orders><PurchaseOrder><no>1</no></PurchaseOrder></Orders>";
        assertThat(refused(ORDERS, other).code()).isEqualTo("no-records");
        assertThat(refused(ORDERS, "<Orders><Row no='1'/></Orders>").code()).isEqualTo("no-records");
        assertThat(read(ORDERS, "<Orders><Header><date>1</date></Header><Count>0</Count></Orders>"))
                .isEmpty();
    }

    @Test
    void a_file_with_another_outermost_element_is_refused_by_its_name_and_nothing_without_a_name_is_told() {
        String xml = "<Export made='today'><Order no='1'><a/></Order></Export>";
        Reading wrong = XML.withRecords(List.of("Order"));
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "orders.xml", wrong)) {
            assertThatThrownBy(reader::next)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problems())
                                    .singleElement()
                                    .satisfies(problem -> assertThat(problem.hint(Locale.ENGLISH))
                                            .startsWith("There is Export instead.")));
        }
    }

    @Test
    void a_record_in_other_capitals_is_a_problem_of_its_own() {
        List<Document> read = read(ORDERS, "<Orders><Order>1</Order><order>2</order><Order>3</Order></Orders>");
        assertThat(read.stream().map(one -> one.problems().size())).containsExactly(0, 1, 0);
        assertThat(read.get(1).problems().get(0).code()).isEqualTo("record-misspelt");
        Reading deep = XML.withRecords(List.of("r", "Orders", "o"));
        List<Document> below = read(deep, "<r><orders><o>1</o><o>2</o></orders><Orders><o>3</o></Orders></r>");
        assertThat(below.stream().map(one -> one.problems().size())).containsExactly(1, 1, 0);
    }

    @Test
    void elements_beside_the_records_that_are_not_read_are_noted_before_and_behind() {
        String xml = "<Orders><Header><a/></Header><Promo><a/></Promo><Order>1</Order><Order>2</Order><Count>2</Count>"
                + "<PurchaseOrder><a/></PurchaseOrder></Orders>";
        List<Document> read = read(ORDERS, xml);
        assertThat(read.stream()
                        .flatMap(one -> one.notes().stream())
                        .map(note -> note.code() + " " + note.values().get("others")))
                .containsExactly("unread-elements Promo", "unread-elements PurchaseOrder");
    }

    @Test
    void what_was_whole_before_a_file_breaks_off_is_taken() {
        byte[] cut = "<Orders><Order>1</Order><Order".getBytes(StandardCharsets.UTF_8);
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(cut), "orders.xml", ORDERS)) {
            assertThat(reader.next()).isNotNull();
            assertThatThrownBy(reader::next).isInstanceOf(ProblemException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GB18030", "windows-1252", "UTF-8", "ISO-8859-1"})
    void the_charset_a_document_declares_counts(String charset) {
        String name = charset.equals("GB18030") ? "北京" : "København";
        byte[] bytes = ("<?xml version=\"1.0\" encoding=\"" + charset + "\"?><o><n>" + name + "</n></o>")
                .getBytes(Charset.forName(charset));
        assertThat(trees(XML, bytes)).isEqualTo("{\"n\":\"" + name + "\"}");
    }

    @Test
    void what_a_document_declares_wrongly_is_told_to_who_sends_it() {
        byte[] bytes =
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><o><n>Köln</n></o>".getBytes(StandardCharsets.UTF_8);
        assertThat(refused(XML, bytes).toString())
                .contains("ISO-8859-1")
                .contains("let its sender declare encoding=\"UTF-8\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gb18030", "windows-1252"})
    void what_a_document_declares_goes_before_what_its_mapping_says(String charset) {
        byte[] declared =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><o><n>Köln</n></o>".getBytes(StandardCharsets.UTF_8);
        Reading reading = XML.withCharset(Charset.forName(charset));
        assertThat(trees(reading, declared)).isEqualTo("{\"n\":\"Köln\"}");
        assertThat(trees(reading, "<o><n>à</n></o>".getBytes(Charset.forName(charset))))
                .isEqualTo("{\"n\":\"à\"}");
    }

    @Test
    void bytes_that_are_not_what_the_document_declares_are_refused_with_their_offset() {
        byte[] bytes = "<o><n>København</n></o>".getBytes(Charset.forName("windows-1252"));
        assertThat(refused(XML, bytes).values()).containsEntry("offset", "7").containsEntry("charset", "UTF-8");
        assertThat(trees(XML.withFallbackCharset(Charset.forName("windows-1252")), bytes))
                .contains("København");
        assertThat(refused(XML, "<?xml version='1.0' encoding='klingon'?><o/>").code())
                .isEqualTo("unknown-encoding");
        assertThat(trees(XML, "\uFEFF<o><n>北京</n></o>".getBytes(StandardCharsets.UTF_16LE)))
                .contains("北京");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Orders><Order>&x;</Order></Orders>",
                "<Orders><Order></Orders>",
                "<Orders><Order/>",
                "id,name",
                ""
            })
    void what_is_no_safe_xml_is_refused(String xml) {
        assertThat(refused(ORDERS, xml).code()).isEqualTo("bad-xml");
    }

    @Test
    void what_is_too_big_is_refused_before_it_is_held() {
        assertThat(refused(ORDERS.withLimits(LimitsOf.rows(1)), "<Orders><Order/><Order/></Orders>")
                        .code())
                .isEqualTo("too-many-rows");
        assertThat(refused(ORDERS.withLimits(LimitsOf.bytes(20)), "<Orders><Order>12345</Order></Orders>")
                        .code())
                .isEqualTo("file-too-large");
        assertThat(refused(XML.withLimits(Limits.DEFAULT.withCellChars(1_000)), "<o a='" + "x".repeat(500_000) + "'/>")
                        .values()
                        .get("reason"))
                .contains("of more than 266144 bytes");
        String many = "<a/>".repeat(XmlDocuments.MOST_FIELDS + 1);
        assertThat(refused(XML, "<o>" + many + "</o>").code()).isEqualTo("document-too-large");
    }

    @Test
    void a_large_file_streams() {
        byte[] head = "<Orders>".getBytes(StandardCharsets.UTF_8);
        byte[] order = "<Order no='1'><name>Jane &amp; Joe &lt;x&gt;</name></Order>".getBytes(StandardCharsets.UTF_8);
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                long here = at++;
                return here < head.length ? head[(int) here] : order[(int) ((here - head.length) % order.length)];
            }
        };
        try (DocumentReader reader = Formats.open(endless, "endless.xml", ORDERS)) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(reader.next()).isNotNull();
            }
        }
    }

    @Test
    void what_is_written_reads_back_and_a_reason_is_no_field_of_the_order() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String tree = "{\"@no\":\"1\",\"name\":\"Jane & <Joe>\\u0001\",\"Line\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],"
                + "\"net\":{\"@currency\":\"EUR\",\"#text\":\"1.50\"},\"waybill_reason\":\"bad \\\"name\\\"\"}";
        try (XmlOutput xml = Formats.xml(out, List.of("Orders", "Order"))) {
            xml.document(Formats.json(tree, "t"));
            xml.document(Formats.json("{\"@no\":\"2\"}", "t"));
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("waybill_reason=\"bad &quot;name&quot;\"");
        assertThat(trees(ORDERS, out.toByteArray()))
                .isEqualTo("{\"@no\":\"1\",\"waybill_reason\":\"bad \\\"name\\\"\",\"name\":\"Jane & <Joe>\","
                        + "\"Line\":[{\"sku\":\"A\"},{\"sku\":\"B\"}],"
                        + "\"net\":{\"@currency\":\"EUR\",\"#text\":\"1.50\"}}{\"@no\":\"2\"}");
    }

    @Test
    void a_tree_is_written_under_its_only_field_or_as_a_record() {
        assertThat(written("{\"Order\":{\"no\":1.50,\"gone\":null}}"))
                .endsWith("<Order><no>1.50</no><gone></gone></Order>");
        assertThat(written("{\"no\":1,\"2nd name\":\"x\"}"))
                .endsWith("<record><no>1</no><_2nd_name>x</_2nd_name></record>");
        assertThat(written("{\"a\":1}", "{\"a\":2}")).contains("<records>").contains("<record><a>2</a></record>");
    }

    private static String written(String... trees) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(
                Format.XML,
                java.util.Arrays.stream(trees)
                        .map(tree -> Formats.json(tree, "t"))
                        .toList(),
                out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String trees(Reading reading, String xml) {
        return trees(reading, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String trees(Reading reading, byte[] xml) {
        return read(reading, xml).stream()
                .map(document -> document.tree().toString())
                .collect(Collectors.joining());
    }

    private static List<Document> read(Reading reading, String xml) {
        return read(reading, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Document> read(Reading reading, byte[] xml) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(xml), "orders.xml", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }

    private static Problem refused(Reading reading, String xml) {
        return refused(reading, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem refused(Reading reading, byte[] xml) {
        try {
            read(reading, xml);
        } catch (ProblemException e) {
            return e.problems().get(0);
        }
        throw new AssertionError("it was read");
    }
}
