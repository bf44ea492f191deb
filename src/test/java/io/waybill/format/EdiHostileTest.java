package io.waybill.format;

import static io.waybill.format.MadeEdi.EDIFACT;
import static io.waybill.format.MadeEdi.GS;
import static io.waybill.format.MadeEdi.ISA;
import static io.waybill.format.MadeEdi.UNB;
import static io.waybill.format.MadeEdi.X12;
import static io.waybill.format.MadeEdi.edifact;
import static io.waybill.format.MadeEdi.orders;
import static io.waybill.format.MadeEdi.po;
import static io.waybill.format.MadeEdi.x12;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of interchanges that are not as they should be: how many documents are read, and the message. */
class EdiHostileTest {
    /** @param read how many documents are handed out, with problems or without */
    private record Sent(String name, Reading reading, String text, int read, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sent> files() {
        Reading refusing = X12.withRefusedCounts(true);
        String order = po("0001");
        return Stream.of(
                new Sent("nothing", X12, " \n\n", 0, "the file orders.edi is empty"),
                new Sent(
                        "csv",
                        X12,
                        "order;city\n1;Bonn\n",
                        0,
                        "does not begin as this format does, but with \"ord\" (expected ISA)"),
                new Sent("the other standard", X12, edifact(orders("1", "A")), 0, "but with \"UNB\" (expected ISA)"),
                new Sent(
                        "a header too short",
                        X12,
                        x12(order).replace("SHOPCO         *ZZ", "SHOPCO*ZZ"),
                        0,
                        "cannot be read at segment 1"),
                new Sent("no interchange at all", X12, "ISA*00*", 0, "ends in the middle; IEA does not follow"),
                new Sent(
                        "cut off in a document",
                        X12,
                        ISA + GS + order + order.substring(0, 60),
                        1,
                        "ends in the middle; IEA does not follow"),
                new Sent(
                        "cut off between documents",
                        X12,
                        ISA + GS + order,
                        1,
                        "ends in the middle; IEA does not follow"),
                new Sent(
                        "cut off before the last trailer",
                        X12,
                        ISA + GS + order + "GE*1*7~",
                        1,
                        "ends in the middle; IEA does not follow"),
                new Sent(
                        "cut off message",
                        EDIFACT,
                        UNB + orders("1", "A").replace("ö", "o"),
                        1,
                        "ends in the middle; UNZ does not follow"),
                new Sent(
                        "no trailer of a document",
                        X12,
                        x12("ST*850*0001~BEG*00*SA*1~", po("0002")),
                        2,
                        "document 1 has no SE; ST follows"),
                new Sent(
                        "a segment where none may be",
                        X12,
                        ISA + GS + "N1*ST*Jane~" + order,
                        0,
                        "N1 stands where no document is open"),
                new Sent("garbage after the end", X12, x12(order) + "hello", 1, "cannot be read at segment"),
                new Sent(
                        "a count of segments",
                        X12,
                        x12(order.replace("SE*12", "SE*13")),
                        1,
                        "SE01 of document 1 says 13, and 12 were counted"),
                new Sent(
                        "a count of lines",
                        refusing,
                        x12(order.replace("CTT*2", "CTT*3")),
                        1,
                        "CTT01 of document 1 says 3, and 2 were counted"),
                new Sent(
                        "a sum of quantities",
                        refusing,
                        x12(order.replace("CTT*2", "CTT*2*5")),
                        1,
                        "CTT02 of document 1 says 5, and 4 were counted"),
                new Sent(
                        "a count of lines of a message",
                        EDIFACT.withRefusedCounts(true),
                        edifact(orders("1", "A")
                                .replace("UNS+S'", "UNS+S'CNT+2:2'")
                                .replace("UNT+9", "UNT+10")
                                .replace("ö", "o")),
                        1,
                        "CNT01_02 of document 1 says 2, and 1 were counted"),
                new Sent(
                        "a count of documents",
                        X12,
                        x12(order).replace("GE*1", "GE*2"),
                        1,
                        "GE01 of document 1 says 2, and 1 were counted"),
                new Sent(
                        "a count of groups",
                        X12,
                        x12(order).replace("IEA*1", "IEA*3"),
                        1,
                        "IEA01 of document 1 says 3, and 1 were counted"),
                new Sent(
                        "a number of another",
                        X12,
                        x12(order.replace("SE*12*0001", "SE*12*0009")),
                        1,
                        "SE02 of document 1 is \"0009\", and its header says \"0001\""),
                new Sent(
                        "a count of a message",
                        EDIFACT,
                        edifact(orders("1", "A").replace("UNT+9", "UNT+8").replace("ö", "o")),
                        1,
                        "UNT01 of document 1 says 8, and 9 were counted"),
                new Sent(
                        "a count of messages",
                        EDIFACT,
                        edifact(orders("1", "A").replace("ö", "o")).replace("UNZ+1", "UNZ+2"),
                        1,
                        "UNZ01 of document 1 says 2, and 1 were counted"),
                new Sent(
                        "a refused count",
                        refusing,
                        x12(order.replace("SE*12", "SE*13"), po("0002")),
                        2,
                        "SE01 of document 1 says 13"),
                new Sent(
                        "a refused count of documents",
                        refusing,
                        x12(order).replace("GE*1", "GE*2"),
                        1,
                        "GE01 of document 1 says 2"),
                new Sent(
                        "no beginning segment",
                        X12,
                        x12("ST*850*0001~REF*ZZ*1~SE*3*0001~"),
                        1,
                        "document 1 has no BEG (expected a BEG, without which it says nothing)"),
                new Sent(
                        "an element that does not end",
                        X12,
                        x12(order.replace("Jane Roe", "x".repeat(9_000))),
                        0,
                        "a header or an element that does not end"),
                new Sent(
                        "a syntax nobody knows",
                        EDIFACT,
                        edifact(orders("1", "A")).replace("UNOC", "UNOX"),
                        0,
                        "is written in \"UNOX\", which is not known"),
                new Sent(
                        "letters the syntax has not",
                        EDIFACT,
                        edifact(orders("1", "A")).replace("UNOC", "UNOY").replace("ö", "\uFFFF"),
                        0,
                        "offset"),
                new Sent(
                        "more elements than any segment",
                        X12,
                        x12("ST*850*0001~BEG" + "*1".repeat(3_000) + "~SE*3*0001~"),
                        0,
                        "more than 2000 elements"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_is_told_in_a_sentence(Sent sent) {
        byte[] bytes = sent.text().replace("\uFFFF", "\u00F6").getBytes(StandardCharsets.ISO_8859_1);
        List<Problem> told = new ArrayList<>();
        int read = 0;
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(bytes), "orders.edi", sent.reading())) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                read++;
                told.addAll(next.problems());
                told.addAll(next.notes());
            }
        } catch (ProblemException e) {
            told.addAll(e.problems());
        }
        assertThat(read).isEqualTo(sent.read());
        assertThat(told)
                .extracting(problem -> problem.sentence(Locale.ENGLISH))
                .anySatisfy(sentence -> assertThat(sentence).contains(sent.message()));
        assertThat(told)
                .allSatisfy(
                        problem -> assertThat(problem.sentence(Locale.CHINESE)).isNotBlank());
    }

    @Test
    void a_wrong_count_is_a_note_unless_it_is_to_be_refused() {
        String text = x12(po("0001").replace("SE*12", "SE*13"));

        Document reported = MadeEdi.read(X12, text).get(0);
        Document refused = MadeEdi.read(X12.withRefusedCounts(true), text).get(0);

        assertThat(reported.problems()).isEmpty();
        assertThat(reported.notes()).extracting(Problem::code).containsExactly("edi-count");
        assertThat(refused.problems()).extracting(Problem::code).containsExactly("edi-count");
    }

    @Test
    void what_ends_a_file_because_its_end_counts_wrongly_is_no_note_of_the_document_before_it_too() {
        String text = x12(po("0001")).replace("~GE*1", "~GE*2");

        assertThat(MadeEdi.read(X12, text).get(0).notes())
                .extracting(Problem::code)
                .containsExactly("edi-count");
        try (DocumentReader refusing = MadeEdi.open(X12.withRefusedCounts(true), text)) {
            assertThat(refusing.next()).extracting(Document::notes).isEqualTo(List.of());
            assertThatThrownBy(refusing::next).hasMessageContaining("GE01 of document 1 says 2");
        }
    }

    @Test
    void totals_that_are_left_out_or_of_other_things_than_whole_pieces_are_nothing() {
        Reading refusing = X12.withRefusedCounts(true);

        assertThat(List.of(
                        po("0001").replace("CTT*2~", "").replace("SE*12", "SE*11"),
                        po("0001").replace("CTT*2", "CTT*02*4"),
                        po("0001").replace("CTT*2", "CTT*2*99").replace("PO1*1*3*", "PO1*1*2.5*"),
                        po("0001").replace("CTT*2", "CTT**99.5")))
                .allSatisfy(order -> assertThat(
                                MadeEdi.read(refusing, x12(order)).get(0).problems())
                        .isEmpty());
    }

    @Test
    void a_document_of_endless_segments_is_refused_in_bounded_memory() {
        String text = ISA + GS + "ST*850*0001~BEG*00*SA*1~" + "PO1*1*1*EA*1~".repeat(60_000);

        assertThatThrownBy(() -> MadeEdi.read(X12, text)).hasMessageContaining("more than 200000 fields");
    }
}
