package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    private static final Limits LIMITS = LimitsOf.columns(10).withCellChars(1_000);

    @TempDir
    Path folder;

    @Test
    void an_ordinary_document_is_read() throws Exception {
        XMLStreamReader reader = reader("<a><b id='1'>Jane &amp; Joe &#x4E2D;</b></a>");
        reader.nextTag();
        reader.nextTag();

        assertThat(reader.getAttributeValue(null, "id")).isEqualTo("1");
        assertThat(reader.getElementText()).isEqualTo("Jane & Joe 中");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a><a/>",
                "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
                "<!DOCTYPE a [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><a/>",
                "<!DOCTYPE l [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>"
                        + "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>]><l>&c;</l>",
                "<a>&undeclared;</a>"
            })
    void a_doctype_or_an_entity_of_its_own_is_refused(String xml) {
        assertThatThrownBy(() -> all(xml))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("orders.xml")
                .hasMessageContaining("without a DOCTYPE");
    }

    @Test
    void a_file_of_this_machine_is_never_read() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "canary");
        assertThatThrownBy(() -> all("<!DOCTYPE a [<!ENTITY x SYSTEM '" + secret.toUri() + "'>]><a>&x;</a>"))
                .isInstanceOf(ProblemException.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void depth_text_and_attributes_are_bounded() {
        assertThatThrownBy(() -> all("<a>".repeat(10_000))).hasMessageContaining("deeper than 64");
        assertThatThrownBy(() -> all("<a>" + "x".repeat(1_001) + "</a>")).hasMessageContaining("1000 characters");
        assertThatThrownBy(() -> all("<a b='" + "x".repeat(1_001) + "'/>")).hasMessageContaining("1000 characters");
        StringBuilder wide = new StringBuilder("<a");
        for (int i = 0; i < 11; i++) {
            wide.append(" b").append(i).append("='1'");
        }
        assertThatThrownBy(() -> all(wide + "/>")).hasMessageContaining("10 attributes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<a b='", "<a><!--", "<a><?x ", "<a><![CDATA["})
    void what_is_handed_over_in_one_piece_is_not_kept_without_end(String beginning) {
        assertThatThrownBy(() -> all(beginning + "x".repeat(200_000)))
                .isInstanceOf(ProblemException.class)
                .hasMessageMatching("(?s).*(more than 69536 bytes|more than 1000 characters).*");
    }

    @Test
    void a_document_of_any_length_is_read_whose_pieces_are_small() throws Exception {
        all("<a>" + "<b c='1'><!-- note -->text</b>".repeat(20_000) + "</a>");
    }

    @Test
    void what_is_cut_off_or_no_xml_is_told_with_its_place() {
        assertThatThrownBy(() -> all("<a>\n<b>")).hasMessageContaining("line 2");
        assertThatThrownBy(() -> all("orderId,name")).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> all("")).isInstanceOf(ProblemException.class);
    }

    private static void all(String xml) throws XMLStreamException {
        XMLStreamReader reader = reader(xml);
        while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                assertThat(reader.getLocalName()).isNotNull();
            }
        }
    }

    private static XMLStreamReader reader(String xml) {
        return Xml.reader(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), "orders.xml", LIMITS);
    }
}
