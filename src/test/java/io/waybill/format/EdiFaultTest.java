package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.EdiTree.Place;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which segment a partner is told of, by what the mapping's line names. */
class EdiFaultTest {
    private static final List<Place> ORDER = places(
            "BEG",
            "REF.DP",
            "REF.IA",
            "N1.ST",
            "N1.ST.N3",
            "N1.ST.N3",
            "PO1",
            "PO1.PID",
            "PO1.PID",
            "PO1",
            "PO1.PID",
            "PO1",
            "CTT");

    private static final List<Place> NOTICE = places(
            "BGM",
            "CPS",
            "CPS.CPS",
            "CPS.CPS.LIN",
            "CPS.CPS.LIN.QTY.12",
            "CPS.CPS.LIN",
            "CPS.CPS",
            "CPS.CPS.LIN",
            "CPS.CPS.LIN.QTY.12");

    @ParameterizedTest
    @CsvSource({
        "PO102, items[1].quantity, 'PO1 at 11, element 2'",
        "PID[0].PID05, items[1].description, 'PID at 12, element 5'",
        "PID[1].PID05, items[0].description, 'PID at 10, element 5'",
        "PID[0].PID05, items[2].description, 'PID missing at 14'",
        "PO1[1].PID[0].PID05, items[0].description, 'PID at 12, element 5'",
        "PO1[2].PO107, items[0].sku, 'PO1 at 13, element 7'",
        "REF.IA[0].REF02, identifiers[1].value, 'REF at 4, element 2'",
        "$.N1.ST[0].N3[1].N301, items[0].note, 'N3 at 7, element 1'",
        "N1.ST[0].N3[0].N301, shipTo.line1, 'N3 at 6, element 1'"
    })
    void the_segment_told_is_the_one_the_line_read(String source, String field, String told) {
        assertThat(told(source, field, ORDER)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "LIN03, packs[1].lines[0].sku, 'LIN at 9, element 3'",
        "QTY.12[0].QTY01_02, packs[1].lines[0].quantity, 'QTY at 10, element 1'",
        "QTY.12[0].QTY01_02, packs[0].lines[1].quantity, 'QTY missing at 8'",
        "LIN03, lines[2].sku, 'LIN at 9, element 3'"
    })
    void in_a_loop_within_a_loop_too(String source, String field, String told) {
        assertThat(told(source, field, NOTICE)).isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "REF.IA[0].REF02, items[1].vendor, 'REF at 8, element 2'",
        "REF.IA[0].REF02, items[0].vendor, 'REF at 3, element 2'",
        "REF.IA[0].REF02, vendor, 'REF at 3, element 2'",
        "$.REF.IA[0].REF02, items[1].vendor, 'REF at 3, element 2'",
        "$.PO1[0].PO102, items[1].vendor, 'PO1 at 4, element 2'",
        "PO1[1].PO102, items[0].vendor, 'PO1 at 6, element 2'"
    })
    void in_a_loop_whose_segment_also_stands_before_it(String source, String field, String told) {
        List<Place> places = places("BEG", "REF.IA", "PO1", "PO1.CTP", "PO1", "PO1.CTP", "PO1.REF.IA");
        assertThat(told(source, field, places)).isEqualTo(told);
    }

    @Test
    void a_line_that_must_have_a_segment_and_has_none_is_told_though_the_head_has_one() {
        List<Place> places = places("BEG", "REF.IA", "PO1", "PO1", "PO1.REF.IA");
        assertThat(told("REQUIRED", "REF.IA[0].REF02", "items[0].vendor", places))
                .isEqualTo("REF missing at 5");
    }

    @ParameterizedTest
    @CsvSource({
        "QTY.21[0].QTY01_02, items[0].quantity, 'QTY missing at 6'",
        "QTY.21[0].QTY01_02, items[1].quantity, 'QTY missing at 8'",
        "PRI.AAA[0].PRI01_02, items[1].unitPrice, 'PRI missing at 8'",
        "$.QTY.21[0].QTY01_02, items[1].note, 'QTY missing at 2'",
        "RFF.ON[0].RFF01_02, identifiers[0].value, 'RFF missing at 2'",
        "$.RFF.CR[0].RFF01_02, items[1].note, 'RFF missing at 2'",
        "RFF.CR[0].RFF01_02, reference, 'RFF missing at 2'"
    })
    void a_segment_no_line_has_is_missing_in_the_line_that_was_read(String source, String field, String told) {
        List<Place> places = places("BGM", "NAD.DP", "ALC.A", "LIN", "LIN.QTY.12", "LIN", "LIN.PIA.5", "LIN.ALC.C");
        assertThat(told("REQUIRED", source, field, places, EdiLayout.of("ORDERS")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "REQUIRED, LIN, items, 'LIN missing at 2'",
        "REQUIRED, NAD.UC, others, 'NAD missing at 2'",
        "REQUIRED, PRI, items[1].prices, 'PRI missing at 8'",
        "REQUIRED, PRI.AAA, items[0].prices, 'PRI missing at 6'",
        "REQUIRED, $.RFF.CR, items[0].notes, 'RFF missing at 2'",
        "REQUIRED, NAD.DP, others, none",
        "REQUIRED, nothing.of.it, others, none",
        "TOO_LONG, LOC, places, none"
    })
    void a_list_that_must_have_elements_and_has_no_segment_tells_it_missing(
            String code, String source, String field, String told) {
        List<Place> places = places("BGM", "NAD.DP", "ALC.A", "LIN", "LIN.QTY.12", "LIN", "LIN.PIA.5", "LIN.ALC.C");
        List<Place> head = List.of(places.get(0), places.get(1));
        assertThat(told(code, source, field, source.equals("LIN") ? head : places, EdiLayout.of("ORDERS")))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"/items/2/hsCode, hsCode, 13", "/items/2/hsCode, '', 13", "/items/1/hsCode, items[2].hsCode, 11"})
    void one_that_names_its_field_without_a_number_is_told_in_the_line_of_its_pointer(
            String pointer, String field, int position) {
        Map<String, String> values = Map.of("source", "PO107", "field", field);
        assertThat(EdiFault.of(new Problem("BAD_VALUE", pointer, values), ORDER, null))
                .isEqualTo(new EdiFault(position, "PO1", 7, 0, EdiFault.Kind.VALUE));
    }

    private static String told(String source, String field, List<Place> places) {
        return told("TOO_LONG", source, field, places);
    }

    private static String told(String code, String source, String field, List<Place> places) {
        return told(code, source, field, places, null);
    }

    private static String told(
            String code, String source, String field, List<Place> places, @Nullable EdiLayout layout) {
        EdiFault fault = EdiFault.of(new Problem(code, null, Map.of("source", source, "field", field)), places, layout);
        return fault == null
                ? "none"
                : fault.element() == 0
                        ? fault.tag() + " missing at " + fault.position()
                        : fault.tag() + " at " + fault.position() + ", element " + fault.element();
    }

    /** As they follow the first segment. */
    private static List<Place> places(String... paths) {
        List<Place> places = new ArrayList<>();
        for (String path : paths) {
            places.add(new Place(places.size() + 2, path));
        }
        return places;
    }
}
