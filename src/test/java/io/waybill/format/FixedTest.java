package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FixedTest {
    private static final Charset GB18030 = Charset.forName("gb18030");

    static final String LINES = """
            name,from,length,type
            order_no,1,6,
            city,7,8,
            qty,15,4,number
            net,19,8,number2
            """;

    static final String RECORDS = """
            record,under,name,from,length,type
            00,file,kind,1,2,record
            00,file,sender,3,10,
            10,,kind,1,2,record
            10,,order_no,3,6,digits
            20,,kind,1,2,record
            20,,sku,3,5,
            20,,qty,8,3,number
            30,20,kind,1,2,record
            30,20,serial,3,4,raw
            99,file,kind,1,2,record
            99,file,count,3,4,number
            """;

    private static final String DEEPER = RECORDS + """
            40,30,kind,1,2,record
            40,30,lot,3,2,raw
            """;

    @Test
    void a_line_is_cut_into_its_fields_and_numbers_get_their_point_and_sign() {
        assertThat(read(lines(LINES), "SO-1  Austin  001200012550\nSO-2  Köln    0001    1.5-\n"))
                .containsExactly(
                        "{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"12\",\"net\":\"125.50\"}",
                        "{\"order_no\":\"SO-2\",\"city\":\"Köln\",\"qty\":\"1\",\"net\":\"-1.5\"}");
    }

    @Test
    void a_layout_may_be_saved_with_the_delimiter_of_its_country() {
        assertThat(read(lines(LINES.replace(',', ';')), "SO-1  Austin  001200012550\n"))
                .containsExactly("{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"12\",\"net\":\"125.50\"}");
    }

    @Test
    void fields_a_short_line_does_not_reach_are_empty_but_a_number_cut_short_is_refused() {
        assertThat(read(lines(LINES), "SO-1  Aus\r\n\r\nSO-2  Austin  0012000\n"))
                .containsExactly(
                        "{\"order_no\":\"SO-1\",\"city\":\"Aus\",\"qty\":\"\",\"net\":\"\"}",
                        "row 3: the line ends within the number net, which begins at column 19; expected 8 places");
    }

    @Test
    void a_line_cut_within_the_blanks_before_a_number_is_refused_and_a_whole_blank_number_is_empty() {
        assertThat(read(lines(LINES), "SO-1  Austin  0012   \nSO-2  Austin  0012\nSO-3  Austin  0012        \n"))
                .containsExactly(
                        "row 1: the line ends within the number net, which begins at column 19; expected 8 places",
                        "{\"order_no\":\"SO-2\",\"city\":\"Austin\",\"qty\":\"12\",\"net\":\"\"}",
                        "{\"order_no\":\"SO-3\",\"city\":\"Austin\",\"qty\":\"12\",\"net\":\"\"}");
    }

    @Test
    void a_line_in_which_the_file_ends_before_the_width_all_others_fill_was_cut_off() {
        String layout = "name,from,length\nno,1,3\nweight,4,6\n";
        String filled = "A-112.500\nA-112.500\nA-112.500\n";
        String whole = "{\"no\":\"A-1\",\"weight\":\"12.500\"}";
        String shorter = "{\"no\":\"A-2\",\"weight\":\"12\"}";

        assertThat(read(lines(layout), filled + "A-212"))
                .containsExactly(
                        whole,
                        whole,
                        whole,
                        "row 4: the line ends at column 5, those before it fill 9, and the file ends in it without a line end: it was cut off");
        assertThat(read(lines(layout), filled + "A-212\r\n")).containsExactly(whole, whole, whole, shorter);
        assertThat(read(lines(layout), filled + "A-212\n" + filled + "A-212"))
                .as("a writer that leaves blanks out")
                .containsExactly(whole, whole, whole, shorter, whole, whole, whole, shorter);
    }

    @Test
    void fewer_than_three_filled_lines_do_not_tell_that_a_short_one_was_cut_off() {
        String layout = "name,from,length\nno,1,3\ncity,4,6\n";
        String austin = "{\"no\":\"A-1\",\"city\":\"Austin\"}";
        String rome = "{\"no\":\"A-2\",\"city\":\"Rome\"}";

        assertThat(read(lines(layout), "A-2Rome")).containsExactly(rome);
        assertThat(read(lines(layout), "A-1Austin\nA-2Rome")).containsExactly(austin, rome);
        assertThat(read(lines(layout), "A-1Austin\nA-1Austin\nA-2Rome")).containsExactly(austin, austin, rome);
    }

    @Test
    void a_record_in_which_the_file_ends_is_cut_off_where_others_of_its_kind_are_filled() {
        String orders = "10000001\n20MUG-1002\n20MUG-2002\n20MUG-3002\n10000002\n20MUG";

        assertThat(read(lines(RECORDS), orders).get(1))
                .isEqualTo(
                        "row 6: the line ends at column 5, those before it fill 10, and the file ends in it without a line end: it was cut off");
        assertThat(read(lines(RECORDS), orders + "\n").get(1))
                .isEqualTo(
                        "{\"10\":{\"kind\":\"10\",\"order_no\":\"000002\"},\"20\":{\"kind\":\"20\",\"sku\":\"MUG\",\"qty\":\"\"}}");
    }

    @Test
    void digits_cut_by_the_line_are_refused_and_a_word_in_their_place_is_taken() {
        String layout = LINES.replace("qty,15,4,number", "qty,15,4,digits");

        assertThat(read(lines(layout), "SO-1  Austin  001\nSO-2  Austin  X1\nSO-3  Austin\nSO-4  Austin  0012\n"))
                .containsExactly(
                        "row 1: the line ends within the number qty, which begins at column 15; expected 4 places",
                        "{\"order_no\":\"SO-2\",\"city\":\"Austin\",\"qty\":\"X1\",\"net\":\"\"}",
                        "{\"order_no\":\"SO-3\",\"city\":\"Austin\",\"qty\":\"\",\"net\":\"\"}",
                        "{\"order_no\":\"SO-4\",\"city\":\"Austin\",\"qty\":\"0012\",\"net\":\"\"}");
    }

    @Test
    void a_line_that_goes_on_is_refused_by_column_unless_it_goes_on_with_blanks() {
        assertThat(read(lines(LINES), "SO-1  Austin  001200012550   \nSO-2  Austin  001200012550 call first\n"))
                .containsExactly(
                        "{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"12\",\"net\":\"125.50\"}",
                        "row 2: the line goes on at column 27; it has 37; expected at most 26");
    }

    @Test
    void text_in_a_number_is_refused_by_column() {
        assertThat(read(lines(LINES), "SO-1  Austin  12 a00012550\n"))
                .containsExactly(
                        "row 1: the field qty at column 15 holds \"12 *\"; expected a number of at most 4 places");
    }

    @Test
    void rows_are_grouped_as_those_of_any_table() {
        assertThat(read(
                        lines(LINES).withGroupBy(List.of("order_no")),
                        "SO-1  Austin  000100000100\nSO-1  Austin  000200000200\n"))
                .containsExactly("{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"1\",\"net\":\"1.00\",\"rows\":["
                        + "{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"1\",\"net\":\"1.00\"},"
                        + "{\"order_no\":\"SO-1\",\"city\":\"Austin\",\"qty\":\"2\",\"net\":\"2.00\"}]}");
    }

    @Test
    void lengths_are_characters_or_bytes_as_the_mapping_says() {
        byte[] file = "SO-1  上海      000100000100\n".getBytes(GB18030);
        Reading characters = lines(LINES).withFallbackCharset(GB18030);
        Reading bytes = characters.withFixed(new Fixed(characters.fixed().layout(), true));

        assertThat(read(bytes, "SO-1  上海    000100000100\n".getBytes(GB18030)))
                .containsExactly("{\"order_no\":\"SO-1\",\"city\":\"上海\",\"qty\":\"1\",\"net\":\"1.00\"}");
        assertThat(read(characters, file))
                .containsExactly("{\"order_no\":\"SO-1\",\"city\":\"上海\",\"qty\":\"1\",\"net\":\"1.00\"}");
        assertThat(read(bytes, "SO-01上海浦东新1区000100000100\n".getBytes(GB18030)))
                .containsExactly("row 1: the field order_no at column 1 begins or ends within a character");
    }

    @Test
    void lines_of_utf_8_are_not_read_as_another_charset() {
        byte[] file = "SO-1  Köln    000100000100\n".getBytes(StandardCharsets.UTF_8);

        assertThat(read(lines(LINES).withCharset(StandardCharsets.ISO_8859_1), file))
                .singleElement()
                .asString()
                .contains("ISO-8859-1, but its text is UTF-8: at offset 7");
    }

    @Test
    void records_nest_as_the_layout_says_and_what_belongs_to_the_file_is_passed_over() {
        String file = "00ACME\n10000017\n20MUG  002\n30 A1 \n30 A2 \n20PEN  010\n10000018\n20INK  001\n990002\n";

        assertThat(read(lines(RECORDS), file))
                .containsExactly(
                        "{\"10\":{\"kind\":\"10\",\"order_no\":\"000017\"},\"20\":[{\"kind\":\"20\",\"sku\":\"MUG\",\"qty\":\"2\","
                                + "\"30\":[{\"kind\":\"30\",\"serial\":\" A1 \"},{\"kind\":\"30\",\"serial\":\" A2 \"}]},"
                                + "{\"kind\":\"20\",\"sku\":\"PEN\",\"qty\":\"10\"}]}",
                        "{\"10\":{\"kind\":\"10\",\"order_no\":\"000018\"},\"20\":{\"kind\":\"20\",\"sku\":\"INK\",\"qty\":\"1\"}}");
    }

    @Test
    void a_record_nobody_knows_is_its_documents_problem_and_the_next_is_read() {
        assertThat(read(lines(RECORDS), "10000017\n2XMUG  002\n10000018\n"))
                .containsExactly(
                        "row 2: column 1 says the line is a \"2X\", which the layout does not know; expected one of: 00, 10, 20, 30, 99",
                        "{\"10\":{\"kind\":\"10\",\"order_no\":\"000018\"}}");
        assertThat(read(lines(RECORDS), "10000017\n30 A1 \n"))
                .containsExactly("row 2: a line 30 stands here without a line 20 before it");
        assertThat(read(lines(DEEPER), "10000017\n20MUG  002\n30 A1 \n40 X \n20PEN  010\n40 Y \n"))
                .as("under the line before, not under another's")
                .containsExactly("row 6: a line 40 stands here without a line 30 before it");
        assertThat(read(lines(RECORDS), "20MUG  002\n"))
                .containsExactly("row 1: a line 20 stands here without a line 10 before it");
    }

    @Test
    void what_is_written_is_what_is_read() {
        Reading bytes = lines(LINES).withCharset(GB18030);
        bytes = bytes.withFixed(new Fixed(bytes.fixed().layout(), true));
        String rows = "[{\"order_no\":\"SO-1\",\"city\":\"上海\",\"qty\":\"12\",\"net\":\"-125.50\"},"
                + "{\"order_no\":\"SO-2\",\"city\":\"Austin\",\"qty\":\"\",\"net\":\"0.05\"}]";

        assertThat(written(bytes, rows))
                .isEqualTo("SO-1  上海    0012-0012550\nSO-2  Austin      00000005\n".getBytes(GB18030));
        assertThat(read(bytes, written(bytes, rows)))
                .containsExactly(rows.substring(1, rows.length() - 1).split(",(?=\\{)"));

        String document =
                "{\"10\":{\"order_no\":\"17\"},\"20\":[{\"sku\":\"MUG\",\"qty\":2,\"30\":{\"serial\":\" A1 \"}}]}";
        assertThat(new String(written(lines(RECORDS), document), StandardCharsets.UTF_8))
                .isEqualTo("10000017\n20MUG  002\n30 A1 \n");
    }

    @Test
    void what_does_not_fit_is_refused_and_never_cut() {
        assertThat(refused(lines(LINES), "{\"order_no\":\"SO-1000001\"}"))
                .isEqualTo("a value of 10 characters does not fit the field order_no; expected text, at most 6 places");
        assertThat(refused(lines(LINES), "{\"net\":\"1.005\"}")).contains("does not fit the field net");
        assertThat(refused(lines(LINES), "{\"town\":\"Austin\"}")).startsWith("the layout of  has no town");
        assertThat(refused(lines(LINES).withCharset(StandardCharsets.ISO_8859_1), "{\"city\":\"上海\"}"))
                .startsWith("\"上\" (U+4E0A) cannot be written in ISO-8859-1");
    }

    @Test
    void what_has_no_place_in_any_line_is_refused_and_never_left_out() {
        assertThat(refused(lines(LINES), "{\"order_no\":\"SO-1\",\"rows\":[{\"net\":\"1.00\"}]}"))
                .isEqualTo("order_no stands beside the rows, and would be in none of them");
        assertThat(refused(lines(LINES), "{\"order_no\":\"SO-1\",\"items\":[{\"net\":\"1.00\"}]}"))
                .startsWith("the layout of  has no items");
        assertThat(refused(lines(LINES), "{\"city\":{\"a\":1}}")).contains("does not fit the field city");
        assertThat(refused(lines(RECORDS), "{\"order_no\":\"17\",\"10\":{\"order_no\":\"17\"}}"))
                .isEqualTo("the layout of 10 has no order_no");
        assertThat(refused(lines(RECORDS), "{\"10\":{\"order_no\":\"17\"},\"20\":[\"MUG\"]}"))
                .isEqualTo("the layout of 10 has no 20");
    }

    @Test
    void a_layout_is_refused_with_everything_that_is_wrong_with_its_first_bad_row() {
        assertThat(layout("name,from\na,1\n")).containsExactly("the layout l.csv has no column length");
        assertThat(layout("name,from,length,type\na,0,x,date\n"))
                .containsExactly(
                        "the layout has \"date\" in its column type",
                        "the layout has \"0\" in its column from",
                        "the layout has \"x\" in its column length");
        assertThat(layout("name,from,length\na,1,5\nb,5,2\n"))
                .containsExactly("the field b overlaps the field a or has its name");
        assertThat(layout("record,name,from,length,type\nH,kind,1,1,record\nL,kind,2,1,record\n"))
                .containsExactly(
                        "the layout l.csv names records, but they have no field of the type record in one and the same place");
        assertThat(layout("name,from,length\n")).containsExactly("the file l.csv is empty");
    }

    static Reading lines(String layout) {
        return Reading.of(Format.FIXED).withFixed(new Fixed(Layout.lines(bytes(layout), "l.csv"), false));
    }

    private static List<String> layout(String csv) {
        try {
            Layout.lines(bytes(csv), "l.csv");
            return List.of();
        } catch (ProblemException e) {
            return e.problems().stream()
                    .map(problem -> problem.detail(Locale.ENGLISH))
                    .toList();
        }
    }

    static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] written(Reading as, String json) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Formats.write(as, List.of(Formats.json(json, "t")), out);
        return out.toByteArray();
    }

    private static String refused(Reading as, String json) {
        List<String> told = new ArrayList<>();
        assertThatThrownBy(() -> written(as, json))
                .isInstanceOfSatisfying(ProblemException.class, e -> told.add(told(e.problems())));
        return told.get(0);
    }

    static List<String> read(Reading reading, String file) {
        return read(reading, file.getBytes(StandardCharsets.UTF_8));
    }

    /** Each document as JSON, or what is said of it. */
    static List<String> read(Reading reading, byte[] file) {
        List<String> seen = new ArrayList<>();
        try (DocumentReader reader = Formats.open(new ByteArrayInputStream(file), "", reading)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                seen.add(next.problems().isEmpty() ? next.tree().toString() : told(next.problems()));
            }
        } catch (ProblemException e) {
            seen.add(told(e.problems()));
        }
        return seen;
    }

    private static String told(List<Problem> problems) {
        Problem first = problems.get(0);
        String row = first.values().containsKey("row") ? "row " + first.values().get("row") + ": " : "";
        String expected = first.expected(Locale.ENGLISH);
        return row + first.detail(Locale.ENGLISH) + (expected == null ? "" : "; expected " + expected);
    }
}
