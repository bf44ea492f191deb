package io.waybill.format;

import static io.waybill.format.MadeEdi.EDIFACT;
import static io.waybill.format.MadeEdi.X12;
import static io.waybill.format.MadeEdi.edifact;
import static io.waybill.format.MadeEdi.orders;
import static io.waybill.format.MadeEdi.po;
import static io.waybill.format.MadeEdi.read;
import static io.waybill.format.MadeEdi.x12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EdiWriteTest {
    private static final EdiStamp STAMP = new EdiStamp(42, Instant.parse("2026-11-24T09:30:00Z"));

    private static final String NOTICE = """
            {"transaction": "856", "interchange": {"sender": "WAYBILL", "receiver": "SHOPCO"},
             "BSN": {"BSN01": "00", "BSN02": "shp_1", "BSN03": "20261124", "BSN04": "0930"},
             "HL": {"S": {"TD1": {"TD101": "CTN", "TD102": 2}, "N1": {"ST": {"N102": "%s", "N3": {}}},
                "HL": {"O": {"PRF": {"PRF01": "4711"},
                   "HL": {"P": [{"MAN": {"CP": {"MAN02": "1Z1"}}}, {"MAN": {"CP": {"MAN02": "1Z2"}}}]}}}}}}""";

    private static final String DESPATCH = """
            {"transaction": "DESADV", "interchange": {"sender": "WAYBILL", "receiver": "SHOPCO", "test": true},
             "BGM": {"BGM01": "351", "BGM02": "shp_1"}, "NAD": {"DP": {"NAD04": "%s"}},
             "CPS": [{"CPS": [{"PAC": [{"PAC01": 1}]}]}]}""";

    @Test
    void a_tree_is_written_with_its_envelopes_counts_and_hierarchy() {
        assertThat(written(Format.X12, NOTICE.formatted("Jane")).lines())
                .containsExactly(
                        "ISA*00*          *00*          *ZZ*WAYBILL        *ZZ*SHOPCO         *261124*0930*U*00401*000000042*0*P*>~",
                        "GS*SH*WAYBILL*SHOPCO*20261124*0930*42*X*004010~",
                        "ST*856*0001~",
                        "BSN*00*shp_1*20261124*0930~",
                        "HL*1**S*1~",
                        "TD1*CTN*2~",
                        "N1*ST*Jane~",
                        "HL*2*1*O*1~",
                        "PRF*4711~",
                        "HL*3*2*P*0~",
                        "MAN*CP*1Z1~",
                        "HL*4*2*P*0~",
                        "MAN*CP*1Z2~",
                        "SE*12*0001~",
                        "GE*1*42~",
                        "IEA*1*000000042~");
    }

    @Test
    void separators_in_edifact_values_are_released() {
        assertThat(written(Format.EDIFACT, DESPATCH.formatted("O'Neil + Co: ?")).lines())
                .containsExactly(
                        "UNA:+.?*'",
                        "UNB+UNOC:3+WAYBILL+SHOPCO+261124:0930+42++++++1'",
                        "UNH+1+DESADV:D:96A:UN'",
                        "BGM+351+shp_1'",
                        "NAD+DP+++O?'Neil ?+ Co?: ??'",
                        "CPS+1'",
                        "CPS+2+1'",
                        "PAC+1'",
                        "UNT+7+1'",
                        "UNZ+1+42'");
    }

    @Test
    void a_parser_that_knows_envelopes_finds_nothing_wrong_with_them() throws Exception {
        for (byte[] file : List.of(
                Formats.edi(Format.X12, tree(NOTICE.formatted("Jane")), STAMP),
                Formats.edi(Format.EDIFACT, tree(DESPATCH.formatted("O'Neil")), STAMP),
                again(X12, x12(po("0001"), po("0002"))),
                again(EDIFACT, edifact(orders("1", "A"), orders("2", "B")).replace("ö", "oe")))) {
            EDIStreamReader strict = EDIInputFactory.newFactory().createEDIStreamReader(new ByteArrayInputStream(file));
            int transactions = 0;
            while (strict.hasNext()) {
                EDIStreamEvent event = strict.next();
                assertThat(event.isError())
                        .as(new String(file, StandardCharsets.UTF_8))
                        .isFalse();
                transactions += event == EDIStreamEvent.START_TRANSACTION ? 1 : 0;
            }
            assertThat(transactions).isPositive();
        }
    }

    @Test
    void what_was_read_is_written_again_as_it_was() {
        String text = x12(po("0001"), po("0002"));
        assertThat(new String(again(X12, text), StandardCharsets.UTF_8).replace("~\n", "~"))
                .isEqualTo(text);

        String advised =
                "UNA:+.?*'" + edifact(orders("1", "O?'Neil"), orders("2", "B")).replace("ö", "oe");
        assertThat(new String(again(EDIFACT, advised), StandardCharsets.UTF_8).replace("'\n", "'"))
                .isEqualTo(advised);
    }

    @Test
    void what_was_read_is_written_again_whatever_it_holds() {
        String odd = x12(po("0001")
                        .replace("CTT*2", "ZZ9*own*~CTT*2")
                        .replace("SE*12", "SE*13")
                        .replace("Jane Roe", "Jane|~Roe"))
                .replace('*', '!')
                .replace('~', '\n')
                .replace('|', '*');
        List<Document> first = read(X12, odd.replace("Jane*\nRoe", "Jane*Roe"));

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(Format.X12, first.get(0).tree(), out);

        List<Document> second = read(X12, out.toByteArray());
        assertThat(second.get(0).tree()).isEqualTo(first.get(0).tree());
        assertThat(second.get(0).tree().at("/N1/ST/N102").asText()).isEqualTo("Jane*Roe");
    }

    @Test
    void what_is_repeated_is_written_again_beside_any_separator() {
        String odd = x12(po("0001").replace("REF*DP*Kitchen", "REF*DP*Kit*chen ^**a|b|c"))
                .replace("*U*00401*", "*|*00501*")
                .replaceAll("\\*(?!chen)", "!");
        List<Document> first = read(X12, odd);
        assertThat(first.get(0).tree().at("/REF/DP/REF04")).hasSize(3);

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(Format.X12, first.get(0).tree(), out);

        assertThat(read(X12, out.toByteArray()).get(0).tree())
                .isEqualTo(first.get(0).tree());
    }

    @Test
    void an_element_has_one_value() {
        refused(
                NOTICE.replace("\"TD102\": 2", "\"TD102\": {\"value\": 2, \"unit\": \"kg\"}"),
                "HL.S.TD1.TD102 is a list or an object");
        refused(NOTICE.replace("\"BSN02\": \"shp_1\"", "\"BSN02\": [\"a\", \"b\"]"), "BSN02 is a list or an object");
        refused(NOTICE.replace("\"BSN02\": \"shp_1\"", "\"BSN02\": [[\"a\"]]"), "BSN.BSN02 is a list or an object");
        assertThat(written(
                        Format.X12,
                        NOTICE.replace("\"BSN02\": \"shp_1\"", "\"BSN02\": [\"a\", \"b\"]")
                                .replace("\"sender\"", "\"version\": \"00501\", \"sender\"")))
                .contains("BSN*00*a^b*20261124");
    }

    @Test
    void a_letter_latin_1_has_not_makes_it_utf_8() {
        byte[] file = Formats.edi(Format.EDIFACT, tree(DESPATCH.formatted("王伟")), STAMP);

        assertThat(new String(file, StandardCharsets.UTF_8))
                .contains("UNB+UNOY:4+")
                .contains("20261124:0930");
        assertThat(read(EDIFACT, file).get(0).tree().at("/NAD/DP/NAD04").asText())
                .isEqualTo("王伟");
        assertThat(read(EDIFACT, Formats.edi(Format.EDIFACT, tree(DESPATCH.formatted("Köln")), STAMP))
                        .get(0)
                        .tree()
                        .at("/NAD/DP/NAD04")
                        .asText())
                .isEqualTo("Köln");
    }

    @Test
    void what_cannot_be_written_is_refused_by_name() {
        refused(NOTICE.replace("\"PRF\"", "\"PFR\""), "HL.S.HL.O.PFR is nothing that can be written there");
        refused(NOTICE.replace("\"BSN02\"", "\"BNS02\""), "BSN.BNS02 is nothing that can be written there");
        refused(NOTICE.replace("\"receiver\"", "\"reciever\""), "interchange.reciever is nothing");
        refused(NOTICE.replace(", \"receiver\": \"SHOPCO\"", ""), "interchange.receiver is needed");
        refused(NOTICE.replace("SHOPCO", "A-NAME-OF-20-LETTERS"), "at most 15 characters");
        refused(NOTICE.replace("\"N3\": {}", "\"N3\": \"1 Elm St\""), "HL.S.N1.ST.N3 is no segment");
        refused(NOTICE.replace("%s", "Jane*Roe"), "a value in N1 holds \"*\", which X12 uses to separate");
        refused(NOTICE.replace("\"transaction\": \"856\", ", ""), "transaction is needed");
        for (String letter : List.of("王", "’")) {
            String latin = DESPATCH.formatted(letter).replace("\"sender\"", "\"syntax\": \"UNOC\", \"sender\"");
            assertThatThrownBy(() -> written(Format.EDIFACT, latin))
                    .hasMessageContaining("\"" + letter + "\" cannot be written under the syntax UNOC");
        }
    }

    @Test
    void line_ends_in_values_are_blanks_and_numbers_begin_again_after_nine_digits() {
        assertThat(written(Format.X12, NOTICE.formatted("Jane\\r\\nRoe"))).contains("N1*ST*Jane  Roe~");
        EdiStamp late = new EdiStamp(1_000_000_001, STAMP.at());
        assertThat(new String(Formats.edi(Format.X12, tree(NOTICE), late), StandardCharsets.UTF_8))
                .contains("*000000002*0*P*");
    }

    private static void refused(String tree, String message) {
        assertThatThrownBy(() -> written(Format.X12, tree)).hasMessageContaining(message);
    }

    private static byte[] again(Reading reading, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(
                reading.format(),
                read(reading, text).stream().map(Document::tree).toList(),
                out);
        return out.toByteArray();
    }

    private static String written(Format format, String tree) {
        return new String(Formats.edi(format, tree(tree), STAMP), StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String json) {
        return Formats.json(json, "tree");
    }
}
