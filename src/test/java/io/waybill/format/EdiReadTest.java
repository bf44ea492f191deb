package io.waybill.format;

import static io.waybill.format.MadeEdi.EDIFACT;
import static io.waybill.format.MadeEdi.GS;
import static io.waybill.format.MadeEdi.ISA;
import static io.waybill.format.MadeEdi.X12;
import static io.waybill.format.MadeEdi.edifact;
import static io.waybill.format.MadeEdi.orders;
import static io.waybill.format.MadeEdi.po;
import static io.waybill.format.MadeEdi.read;
import static io.waybill.format.MadeEdi.x12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdiReadTest {
    @Test
    void a_purchase_order_is_a_tree_that_lines_of_a_mapping_can_name() {
        JsonNode tree = only(read(X12, x12(po("0001"))));

        assertThat(tree.at("/transaction").asText()).isEqualTo("850");
        assertThat(tree.at("/number").asText()).isEqualTo("0001");
        assertThat(tree.at("/BEG/BEG03").asText()).isEqualTo("4711");
        assertThat(tree.at("/REF/DP/REF02").asText()).isEqualTo("Kitchen");
        assertThat(tree.at("/N1/ST/N102").asText()).isEqualTo("Jane Roe");
        assertThat(tree.at("/N1/ST/N3/N302").asText()).isEqualTo("Apt 2");
        assertThat(tree.at("/N1/ST/PER/IC/PER04").asText()).isEqualTo("9375550100");
        assertThat(tree.path("PO1")).hasSize(2);
        assertThat(tree.at("/PO1/0/PID/PID05").asText()).isEqualTo("Cup");
        assertThat(tree.at("/PO1/1/PO107").asText()).isEqualTo("POT-1");
        assertThat(tree.at("/CTT/CTT01").asText()).isEqualTo("2");
    }

    @Test
    void a_document_knows_who_sent_it_to_whom_and_whether_it_is_a_test() {
        JsonNode tree = only(read(X12, x12(po("0001"))));

        assertThat(tree.at("/interchange/sender").asText()).isEqualTo("SHOPCO");
        assertThat(tree.at("/interchange/receiver").asText()).isEqualTo("WAYBILL");
        assertThat(tree.at("/interchange/number").asText()).isEqualTo("000000042");
        assertThat(tree.at("/interchange/date").asText()).isEqualTo("261124");
        assertThat(tree.at("/interchange/test").asBoolean()).isTrue();
        assertThat(tree.at("/group/code").asText()).isEqualTo("PO");
        assertThat(tree.at("/group/number").asText()).isEqualTo("7");
    }

    @Test
    void what_a_despatch_or_an_advice_says_of_its_lines_is_counted_in_all_its_packs() {
        String despatch = "UNH+1+DESADV:D:96A:UN'BGM+351+D-1+9'CPS+1'LIN+1++A:EN'CPS+2+1'LIN+2++B:EN'LIN+3++C:EN'"
                + "CPS+3+2'LIN+4++D:EN'CNT+2:%s'UNT+11+1'";
        String advice = "ST*945*0001~W06*N*1*20261124~LX*1~W12*CC*3*3~LX*2~W12*CC*2*1~W12*CC*1*1~W03*%s~SE*9*0001~";

        assertThat(counts(EDIFACT, edifact(despatch.formatted("4")))).isEmpty();
        assertThat(counts(EDIFACT, edifact(despatch.formatted("5")))).containsExactly("CNT01_02 says 5 of 4");
        assertThat(counts(X12, x12(advice.formatted("5")))).isEmpty();
        assertThat(counts(X12, x12(advice.formatted("6")))).containsExactly("W0301 says 6 of 5");
    }

    /** X12 has them behind all N1 of a 940 and a 945, at the places 090 and 100, and neither within an N1. */
    @Test
    void references_and_contacts_behind_the_addresses_are_of_the_shipment_whichever_address_is_last() {
        String order =
                "ST*940*0001~W05*N*4711~N1*ST*Jane~N4*Austin*TX*78701~N1*BT*Acme~N9*IA*V-7~G61*DC*Jim~SE*8*0001~";
        String advice =
                "ST*945*0001~W06*F*4711*20261124~N1*ST*Jane~N4*Austin*TX*78701~N9*BM*B-1~G61*DC*Jim~G62*11*20261124~SE*8*0001~";

        JsonNode ordered = only(read(X12, x12(order)));
        JsonNode advised = only(read(X12, x12(advice)));

        assertThat(ordered.at("/N9/IA/N902").asText()).isEqualTo("V-7");
        assertThat(ordered.at("/G61/DC/G6102").asText()).isEqualTo("Jim");
        assertThat(advised.at("/N9/BM/N902").asText()).isEqualTo("B-1");
        assertThat(advised.at("/G61/DC/G6102").asText()).isEqualTo("Jim");
    }

    private static List<String> counts(Reading reading, String text) {
        return read(reading, text.getBytes(StandardCharsets.UTF_8)).stream()
                .flatMap(document -> document.notes().stream())
                .map(Problem::values)
                .map(told -> told.get("element") + " says " + told.get("stated") + " of " + told.get("counted"))
                .toList();
    }

    @Test
    void an_edifact_order_is_read_the_same_way_and_components_have_numbers() {
        JsonNode tree = only(read(EDIFACT, edifact(orders("1", "Erika")).getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(tree.at("/transaction").asText()).isEqualTo("ORDERS");
        assertThat(tree.at("/version").asText()).isEqualTo("D:96A:UN");
        assertThat(tree.at("/DTM/137/DTM01_02").asText()).isEqualTo("20261123");
        assertThat(tree.at("/NAD/DP/NAD04").asText()).isEqualTo("Erika");
        assertThat(tree.at("/NAD/DP/NAD06").asText()).isEqualTo("Köln");
        assertThat(tree.at("/LIN/0/LIN03").asText()).isEqualTo("4012345000016");
        assertThat(tree.at("/LIN/0/QTY/21/QTY01_02").asText()).isEqualTo("3");
        assertThat(tree.at("/interchange/senderQualifier").asText()).isEqualTo("14");
    }

    @Test
    void utf_8_in_an_interchange_that_says_another_charset_is_told_unless_the_mapping_says_so() {
        byte[] file = edifact(orders("1", "Erika")).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> read(EDIFACT, file))
                .hasMessageContaining("ISO-8859-1, but its text is UTF-8")
                .hasMessageContaining("\"ö\"");
        assertThat(only(read(EDIFACT.withCharset(StandardCharsets.UTF_8), file))
                        .at("/NAD/DP/NAD06")
                        .asText())
                .isEqualTo("Köln");
    }

    @Test
    void polish_of_unod_is_no_utf_8() {
        byte[] file = edifact(orders("1", "SPÓŁKA").replace("Köln", "Lodz"))
                .replace("UNOC", "UNOD")
                .getBytes(Charset.forName("ISO-8859-2"));

        assertThat(only(read(EDIFACT, file)).at("/NAD/DP").toString()).contains("SPÓŁKA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\nUNA:+.? '\n"})
    void each_interchange_of_a_file_is_read_in_the_charset_it_names(String between) {
        String[] many = new String[700];
        Arrays.setAll(many, i -> orders(String.valueOf(i + 1), "Jürgen"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(edifact(many).getBytes(StandardCharsets.ISO_8859_1));
        file.writeBytes(
                (between + edifact(orders("1", "王伟")).replace("UNOC:3", "UNOY:4")).getBytes(StandardCharsets.UTF_8));
        file.writeBytes((between
                        + edifact(orders("1", "SPÓŁKA")).replace("Köln", "Lodz").replace("UNOC", "UNOD"))
                .getBytes(Charset.forName("ISO-8859-2")));
        file.writeBytes(
                (between + edifact(orders("1", "Ann")).replace("Köln", "Kiel").replace("UNOC", "UNOA"))
                        .getBytes(StandardCharsets.US_ASCII));
        file.writeBytes((between + edifact(orders("1", "Jürgen"))).getBytes(StandardCharsets.ISO_8859_1));

        assertThat(read(EDIFACT, file.toByteArray()).stream()
                        .map(document -> document.tree().at("/NAD/DP/NAD04").asText())
                        .skip(699))
                .containsExactly("Jürgen", "王伟", "SPÓŁKA", "Ann", "Jürgen");
    }

    @Test
    void what_cannot_be_read_in_a_later_interchange_is_told_by_its_place_in_the_file() {
        String first = edifact(orders("1", "Ann")).replace("Köln", "Kiel");
        byte[] file = (first + first.replace("UNOC:3", "UNOY:4").replace("Ann", "J\u00FCrgen"))
                .getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> read(EDIFACT, file))
                .hasMessageContaining("UTF-8")
                .hasMessageContaining(String.valueOf(first.length() + first.indexOf("Ann") + 1));
        assertThatThrownBy(() -> read(EDIFACT, first + first.replace("UNOC", "UNOX")))
                .hasMessageContaining("UNOX");
    }

    @Test
    void an_interchange_is_read_the_same_behind_any_other() {
        Reading reading = EDIFACT.withFallbackCharset(Charset.forName("windows-1252"));
        String order = edifact(orders("1", "Jürgen"));
        byte[] latin = order.getBytes(StandardCharsets.ISO_8859_1);
        byte[] plainLatin = order.replace("UNOC", "UNOA").getBytes(StandardCharsets.ISO_8859_1);
        byte[] plainUtf8 = order.replace("UNOC", "UNOB").getBytes(StandardCharsets.UTF_8);
        byte[] marked = ("\uFEFF" + order.replace("UNOC:3", "UNOY:4")).getBytes(StandardCharsets.UTF_8);
        byte[] other = order.replace("UNOC", "IATB").getBytes(StandardCharsets.UTF_8);
        byte[] unknown = order.replace("UNOC", "UNOX").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] one : List.of(plainUtf8, plainLatin, other, latin, plainUtf8, latin, marked, latin, plainLatin)) {
            file.writeBytes(one);
        }

        assertThat(read(reading, file.toByteArray()))
                .hasSize(9)
                .extracting(document -> document.tree().at("/NAD/DP/NAD04").asText())
                .containsOnly("Jürgen");
        for (byte[] first : List.of(plainUtf8, latin)) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(first);
            both.writeBytes(unknown);
            assertThatThrownBy(() -> read(reading, both.toByteArray())).hasMessageContaining("UNOX");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"see (UNB-UNOC) Jürgen", "UNB UNOC Jürgen", "A?'UNZ?'UNB-UNOC Jürgen"})
    void a_text_that_speaks_of_headers_stays_in_its_charset(String name) {
        String order = edifact(orders("1", name)).replace("UNOC:3", "UNOY:4");

        assertThat(only(read(EDIFACT, order)).at("/NAD/DP/NAD04").asText()).isEqualTo(name.replace("?'", "'"));
    }

    @Test
    void a_name_that_looks_like_a_header_parts_nothing() {
        String text = edifact(orders("1", "UNB?+UNOY+UNB+UNOY")).replace("Köln", "Kiel");

        assertThat(only(read(EDIFACT, text)).at("/NAD/DP/NAD04").asText()).isEqualTo("UNB+UNOY");
    }

    @Test
    void a_released_separator_is_a_letter() {
        JsonNode tree =
                only(read(EDIFACT, edifact(orders("1", "O?'Neil?+Co ?: ?? 1")).replace("Köln", "Kiel")));

        assertThat(tree.at("/NAD/DP/NAD04").asText()).isEqualTo("O'Neil+Co : ? 1");
    }

    @Test
    void the_separators_are_the_ones_the_file_says() {
        String unusual = x12(po("0001")).replace('*', '|').replace('>', '^').replace('~', '\u001C');
        String advised = "UNA.!,\\ ;"
                + edifact(orders("1", "Ann"))
                        .replace("Köln", "Kiel")
                        .replace('.', '_')
                        .replace(':', '.')
                        .replace('+', '!')
                        .replace('\'', ';');

        assertThat(only(read(X12, unusual)).at("/N1/ST/N102").asText()).isEqualTo("Jane Roe");
        JsonNode tree = only(read(EDIFACT, advised));
        assertThat(tree.at("/NAD/DP/NAD04").asText()).isEqualTo("Ann");
        assertThat(tree.at("/DTM/137/DTM01_02").asText()).isEqualTo("20261123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNA:+.? '", "UNA:+.  '", "UNA:+. *'"})
    void a_blank_that_a_una_gives_for_release_or_repetition_is_no_separator_in_any_syntax(String una) {
        String three = una + edifact(orders("1", "Ann Lee:of  Kiel")).replace("Köln", "Kiel");
        String four = three.replace("UNOC:3", "UNOC:4");

        for (Document document : read(EDIFACT, three + "\r\n" + four + four)) {
            assertThat(document.tree().at("/NAD/DP/NAD04").asText()).isEqualTo("Ann Lee");
            assertThat(document.tree().at("/NAD/DP/NAD04_02").asText()).isEqualTo("of  Kiel");
            assertThat(document.tree().at("/NAD/DP/NAD05").asText()).isEqualTo("Domstr. 1");
        }
        assertThat(read(EDIFACT, three + four)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NINGUNA... GRACIAS", "LAGUNA (2). B", "A?'UNA-(. )C", "COMUNA\r\nUNA-(-  D"})
    void a_word_that_ends_as_the_tag_of_a_una_does_keeps_its_blanks(String name) {
        String order = edifact(orders("1", name)).replace("Köln", "Kiel");
        String said = name.replace("?'", "'").replaceAll("[\r\n]", "");

        for (Document document : read(EDIFACT, order + "\r\nUNA:+.  '\n" + order.replace("?'", ""))) {
            assertThat(document.tree().at("/NAD/DP/NAD04").asText())
                    .isEqualTo(document.ordinal() == 1 ? said : said.replace("'", ""));
        }
    }

    @Test
    void a_una_counts_for_its_own_interchange_only() {
        String plain = edifact(orders("1", "O?'Neil")).replace("Köln", "Kiel");
        String blank = edifact(orders("1", "Ann Lee")).replace("Köln", "Kiel").replace('\'', '~');

        assertThat(read(EDIFACT, "UNA:+.  ~" + blank + plain + "UNA:+.  ~" + blank))
                .extracting(document -> document.tree().at("/NAD/DP/NAD04").asText())
                .containsExactly("Ann Lee", "O'Neil", "Ann Lee");
    }

    @Test
    void line_ends_marks_and_blank_lines_around_segments_are_nothing() {
        String text = x12(po("0001"));
        JsonNode plain = only(read(X12, text));
        String wrapped = text.replaceAll("(.{80})", "$1\n");

        assertThat(only(read(X12, wrapped))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace("~", "~\r\n")))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace("~", "\n")))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace("~", "\r\n").strip()))).isEqualTo(plain);
        assertThat(only(read(X12, "\uFEFF\n\n  " + text + "\n\n\u001A"))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace(' ', '\u00A0').replace("Jane\u00A0Roe", "Jane Roe"))))
                .isEqualTo(plain);
    }

    @Test
    void a_tab_parts_words_like_a_blank_unless_it_parts_elements() {
        String text = x12(po("0001"));
        JsonNode plain = only(read(X12, text));

        assertThat(only(read(X12, text.replace("1 Elm St", "1\tElm\tSt")))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace("~", "~\n\t")))).isEqualTo(plain);
        assertThat(only(read(X12, text.replace("PO1*", "PO1\t*").replace("*ST*", "*ST\t*"))))
                .isEqualTo(plain);
        assertThat(only(read(X12, text.replace('*', '\t')))).isEqualTo(plain);
        String edifact = edifact(orders("1", "Jane\tRoe")).replace("Köln", "Kiel");
        assertThat(only(read(EDIFACT, edifact)).at("/NAD/DP/NAD04").asText()).isEqualTo("Jane Roe");
    }

    @Test
    void a_file_may_hold_several_interchanges_groups_and_documents() {
        String two = ISA + GS + po("0001") + po("0002") + "GE*2*7~" + GS + po("0003") + "GE*1*7~IEA*2*000000042~";

        List<Document> read = read(X12, two + "\n\n" + x12(po("0004")) + "\n" + "\uFEFF" + x12(po("0005")));

        assertThat(read)
                .extracting(document -> document.tree().path("number").asText())
                .containsExactly("0001", "0002", "0003", "0004", "0005");
        assertThat(read).extracting(Document::ordinal).containsExactly(1, 2, 3, 4, 5);
        assertThat(read).allSatisfy(document -> assertThat(document.notes()).isEmpty());
    }

    @Test
    void a_hierarchy_stands_as_its_members_name_their_parents() {
        JsonNode tree = only(read(
                X12,
                x12("ST*856*0001~BSN*00*1*20261124*0930~HL*1**S~TD1*CTN*2~HL*2*1*O~PRF*4711~"
                        + "HL*3*2*P~MAN*CP*1Z1~HL*4*3*I~LIN**SK*CUP-1~HL*5*2*P~MAN*CP*1Z2~CTT*5~SE*14*0001~")));

        JsonNode order = tree.at("/HL/S/HL/O");
        assertThat(order.at("/PRF/PRF01").asText()).isEqualTo("4711");
        assertThat(order.at("/HL/P/0/HL/I/LIN/LIN03").asText()).isEqualTo("CUP-1");
        assertThat(order.at("/HL/P/1/MAN/CP/MAN02").asText()).isEqualTo("1Z2");
    }

    @Test
    void a_kind_without_a_layout_is_its_segments_in_their_order() {
        JsonNode tree = only(read(X12, x12("ST*860*0001~BCH*04*SA*4711~POC*1*QD*2~POC*2*AI*1~SE*5*0001~")));

        assertThat(tree.path("segments"))
                .extracting(segment -> segment.path("segment").asText())
                .containsExactly("BCH", "POC", "POC");
        assertThat(tree.at("/segments/2/POC02").asText()).isEqualTo("AI");
    }

    @Test
    void what_parts_components_is_a_letter_of_names_and_streets() {
        String order = po("0001").replace("Jane Roe*", "ATTN> Jane Roe >> Co>*").replace("1 Elm St", ">1 Elm ^ St");
        String repeating = x12(order).replace("*U*00401*", "*^*00501*");

        for (String file : List.of(x12(order), repeating)) {
            JsonNode tree = only(read(X12, file));
            assertThat(tree.at("/N1/ST/N102").asText()).isEqualTo("ATTN> Jane Roe >> Co>");
            assertThat(tree.at("/N1/ST/N103").asText()).isEqualTo("92");
            assertThat(tree.at("/N1/ST/N3/N301").asText()).isEqualTo(">1 Elm ^ St");
        }
    }

    @Test
    void repeated_elements_are_lists() {
        String text = x12("ST*850*0001~BEG*00*SA*4711~REF*ZZ*a^b~SE*4*0001~").replace("*U*00401*", "*^*00501*");

        assertThat(only(read(X12, text)).at("/REF/ZZ/REF02"))
                .extracting(JsonNode::asText)
                .containsExactly("a", "b");
    }

    @Test
    void letters_of_every_kind_arrive() {
        String text = x12(po("0001")).replace("Jane Roe", "王伟 Ünal \uD842\uDFB7");

        assertThat(only(read(X12, text)).at("/N1/ST/N102").asText()).isEqualTo("王伟 Ünal \uD842\uDFB7");
        assertThat(only(read(EDIFACT, edifact(orders("1", "王伟")).replace("UNOC:3", "UNOY:4")))
                        .at("/NAD/DP/NAD04")
                        .asText())
                .isEqualTo("王伟");
    }

    private static JsonNode only(List<Document> documents) {
        assertThat(documents).hasSize(1);
        assertThat(documents.get(0).problems()).isEmpty();
        assertThat(documents.get(0).notes()).isEmpty();
        return documents.get(0).tree();
    }
}
