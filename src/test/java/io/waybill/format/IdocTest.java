package io.waybill.format;

import static io.waybill.format.FixedTest.read;
import static io.waybill.format.FixedTest.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class IdocTest {
    private static final Reading FLAT = Reading.of(Format.IDOC_FLAT);

    /** A control record of the release 4 shape. */
    static String control(String docnum) {
        return padded("EDI_DC40  100" + docnum + "740 3012", 39) + padded("ORDERS05", 60) + padded("ORDERS", 30) + "\n";
    }

    static String segment(String name, String docnum, int number, int parent, int level, String data) {
        return padded(name, 30) + "100" + docnum + String.format(Locale.ROOT, "%06d%06d%02d", number, parent, level)
                + data + "\n";
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    private static final String ONE = "0000000000000001";

    @Test
    void segments_nest_by_the_number_of_the_one_above_them() {
        String file = control(ONE)
                + segment("E2EDK01005", ONE, 1, 0, 2, "    EUR")
                + segment("E2EDP01", ONE, 2, 0, 2, "000010" + " ".repeat(5) + "2.000")
                + segment("E2EDP19", ONE, 3, 2, 3, "002MUG")
                + segment("E2EDP19", ONE, 4, 2, 3, "001K-7")
                + segment("E2EDPT1", ONE, 5, 2, 3, "0001")
                + segment("E2EDPT2", ONE, 6, 5, 4, "handle with care")
                + segment("E2EDP01", ONE, 7, 0, 2, "000020");

        assertThat(read(FLAT, file))
                .containsExactly("{\"EDI_DC40\":{\"TABNAM\":\"EDI_DC40\",\"MANDT\":\"100\",\"DOCNUM\":\"" + ONE
                        + "\",\"DOCREL\":\"740\",\"STATUS\":\"30\",\"DIRECT\":\"1\",\"OUTMOD\":\"2\","
                        + "\"IDOCTYP\":\"ORDERS05\",\"MESTYP\":\"ORDERS\"},\"E1EDK01\":{\"CURCY\":\"EUR\"},"
                        + "\"E1EDP01\":[{\"POSEX\":\"000010\",\"MENGE\":\"2.000\",\"E1EDP19\":[{\"QUALF\":\"002\","
                        + "\"IDTNR\":\"MUG\"},{\"QUALF\":\"001\",\"IDTNR\":\"K-7\"}],\"E1EDPT1\":{\"TDID\":\"0001\","
                        + "\"E1EDPT2\":{\"TDLINE\":\"handle with care\"}}},{\"POSEX\":\"000020\"}]}");
    }

    @Test
    void segments_nest_by_their_level_where_they_name_none_above_them() {
        String file = control(ONE)
                + segment("E2EDP01", ONE, 1, 0, 2, "000010")
                + segment("E2EDP19", ONE, 2, 0, 3, "002MUG")
                + segment("E2EDP01", ONE, 3, 0, 2, "000020")
                + segment("E2EDP19", ONE, 4, 0, 3, "002PEN");

        assertThat(read(FLAT, file).get(0))
                .contains("\"E1EDP01\":[{\"POSEX\":\"000010\",\"E1EDP19\":{\"QUALF\":\"002\",\"IDTNR\":\"MUG\"}},"
                        + "{\"POSEX\":\"000020\",\"E1EDP19\":{\"QUALF\":\"002\",\"IDTNR\":\"PEN\"}}]");
    }

    @Test
    void a_segment_nobody_knows_is_kept_as_it_stands_and_one_of_ones_own_is_read_by_its_layout() {
        String file = control(ONE)
                + segment("E2EDL20004", ONE, 1, 0, 2, "0080001234")
                + segment("Z2GIFT000", ONE, 2, 1, 3, "X  Happy birthday  ")
                + segment("E2EDK03", ONE, 3, 1, 3, "02220261124093000 later");

        assertThat(read(FLAT, file).get(0))
                .endsWith(
                        "\"E1EDL20\":{\"VBELN\":\"0080001234\",\"Z2GIFT000\":{\"SDATA\":\"X  Happy birthday\"},"
                                + "\"E1EDK03\":{\"IDDAT\":\"022\",\"DATUM\":\"20261124\",\"UZEIT\":\"093000\",\"SDATA_REST\":\"later\"}}}");
        try (DocumentReader reader = Formats.open(FixedTest.bytes(file), "", FLAT)) {
            Document document = reader.next();
            assertThat(document).isNotNull();
            assertThat(document.notes().toString())
                    .contains(
                            "row 3: no layout knows the segment Z2GIFT000; it is kept as it stands, as Z2GIFT000.SDATA");
        }
        Layout own = Layout.segments(
                FixedTest.bytes("record,name,from,length\nZ1GIFT,WRAP,1,1\nZ1GIFT,WORDS,2,40\n"), "own.csv");
        assertThat(read(FLAT.withFixed(new Fixed(own, false)).withArrays(List.of("E1EDL20.Z1GIFT")), file)
                        .get(0))
                .contains("\"Z1GIFT\":[{\"WRAP\":\"X\",\"WORDS\":\"Happy birthday\"}]");
    }

    @Test
    void a_file_holds_many_idocs_and_a_bad_one_hides_no_other() {
        String two = "0000000000000002";
        String file = control(ONE)
                + segment("E2EDP19", ONE, 2, 9, 3, "002MUG")
                + control(two)
                + segment("E2EDK01005", two, 1, 0, 2, "    EUR")
                + segment("E2EDK01005", ONE, 2, 0, 2, "    USD")
                + "E2EDP01\n"
                + control(two)
                + segment("E2EDK01005", two, 1, 0, 2, "    EUR");

        List<String> seen = read(FLAT, file);

        assertThat(seen).hasSize(3);
        assertThat(seen.get(0))
                .isEqualTo("row 2: the segment E2EDP19 names no segment above it that this IDoc has (PSGNUM 000009)");
        assertThat(seen.get(1))
                .isEqualTo("row 5: the segment E2EDK01005 is one of the IDoc 0000000000000001; expected IDoc "
                        + "0000000000000002, as the control record above it says");
        assertThat(seen.get(2)).contains("\"CURCY\":\"EUR\"");
    }

    @Test
    void what_stands_in_no_segment_is_refused_and_never_left_out() {
        String idoc = "\"EDI_DC40\":{\"DOCNUM\":\"42\"}";
        for (String lost : List.of(
                "{" + idoc + ",\"VBELN\":\"80001234\"}",
                "{\"IDOC\":{" + idoc + "},\"VBELN\":\"80001234\"}",
                "{" + idoc + ",\"VBELN\":[\"80001234\"]}")) {
            assertThatThrownBy(() -> written(FLAT, lost)).hasMessageContaining("the layout of EDI_DC40 has no VBELN");
        }
    }

    @Test
    void what_is_no_idoc_of_release_4_is_refused() {
        assertThat(read(FLAT, "EDI_DC        100\n"))
                .containsExactly("row 1: the control record \"EDI_DC\" is one of SAP release 3");
        assertThat(read(FLAT, "E2EDK01005\n"))
                .containsExactly("row 1: an IDoc begins with its control record EDI_DC40; found \"E2EDK01005\"");
    }

    @Test
    void what_is_written_has_its_places_numbers_and_definitions_and_is_read_again() {
        String json =
                "{\"EDI_DC40\":{\"TABNAM\":\"EDI_DC40\",\"MANDT\":\"100\",\"DOCNUM\":\"42\",\"IDOCTYP\":\"DELVRY03\","
                        + "\"MESTYP\":\"SHPCON\"},\"E1EDL20\":{\"VBELN\":\"80001234\",\"BOLNR\":\"1Z1\","
                        + "\"E1EDL37\":[{\"EXIDV\":\"1\"},{\"EXIDV\":\"2\"}]}}";

        String[] lines = new String(written(FLAT, json), StandardCharsets.UTF_8).split("\n");

        assertThat(lines).hasSize(4);
        assertThat(lines[0]).hasSize(524).startsWith("EDI_DC40  1000000000000000042");
        assertThat(lines[0].substring(39, 47)).isEqualTo("DELVRY03");
        assertThat(lines[0].substring(99, 105)).isEqualTo("SHPCON");
        assertThat(lines[1]).hasSize(1063).startsWith("E2EDL20 ");
        assertThat(lines[1].substring(30, 73))
                .isEqualTo("1000000000000000042" + "000001" + "000000" + "02" + "0080001234");
        assertThat(lines[3].substring(30, 64)).isEqualTo("1000000000000000042" + "000003" + "000001" + "03" + "2");
        assertThat(read(FLAT, written(FLAT, json)))
                .containsExactly(json.replace("\"42\"", "\"0000000000000042\"").replace("80001234", "0080001234"));
        assertThat(written(FLAT, "{\"DELVRY03\":{\"IDOC\":{\"@BEGIN\":\"1\"," + json.substring(1) + "}}"))
                .as("the tree of its XML makes the same file")
                .isEqualTo(written(FLAT, json));
    }
}
