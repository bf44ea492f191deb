package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
    private static final String PDF = Base64.getEncoder().encodeToString("%PDF-1.4 label".getBytes(UTF_8));
    private static final String TYPE = "multipart/form-data; boundary=";

    /** Two parts as they come; {@code |} is the end of a line. */
    private static final String USUAL =
            "--b0|Content-Type: application/json|Content-Disposition: form-data; name=\"labelMetadata\"||"
                    + "{\"n\":1}|--b0|Content-Type: application/pdf|"
                    + "Content-Disposition: form-data; filename=\"labelImage.pdf\"; name=\"labelImage\"||" + PDF
                    + "|--b0--|";

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n"})
    void lines_end_in_either_way(String end) {
        assertUsual(Multipart.of(TYPE + "b0", USUAL.replace("|", end).getBytes(UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "multipart/form-data; boundary=\"b0\"",
                "multipart/form-data; boundary='b0'",
                "Multipart/Form-Data; charset=utf-8; BOUNDARY = b0 ; x=y",
                "multipart/form-data; boundary=another",
                "multipart/form-data",
                "application/json",
                "boundary=b0"
            })
    void the_boundary_is_found_however_it_is_declared(String type) {
        assertUsual(Multipart.of(type, USUAL.replace("|", "\r\n").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FNfrpx9bbvOkzqOIlaOc8mp+", "a b", "x(1)?.*[", "--dashes--x", "$1"})
    void a_boundary_may_hold_anything(String boundary) {
        String body = USUAL.replace("b0", boundary).replace("|", "\r\n");
        assertUsual(Multipart.of(TYPE + "\"" + boundary + "\"", body.getBytes(UTF_8)));
        assertUsual(Multipart.of("", body.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usual",
                "no last boundary",
                "cut within the last boundary's line",
                "preamble",
                "blanks behind a boundary",
                "epilogue",
                "lower case",
                "folded header",
                "no field name",
                "encodings that are not so"
            })
    void what_is_not_by_the_book_is_read_too(String how) {
        String body = switch (how) {
            case "no last boundary" -> USUAL.replace("|--b0--|", "");
            case "cut within the last boundary's line" -> USUAL.replace("|--b0--|", "|--b0--");
            case "preamble" -> "This is a multi-part message.||" + USUAL;
            case "blanks behind a boundary" -> USUAL.replace("--b0|", "--b0 \t|");
            case "epilogue" -> USUAL + "that was all|--b0|||not a part";
            case "lower case" ->
                USUAL.replace("Content-Type:", "content-type :").replace("Content-Disposition", "CONTENT-disposition");
            case "folded header" -> USUAL.replace("form-data; ", "form-data;|\t ");
            case "no field name" ->
                USUAL.replace(
                        "form-data; filename=\"labelImage.pdf\"; name=\"labelImage\"",
                        "attachment; filename=\"label-image.pdf\"");
            case "encodings that are not so" ->
                USUAL.replace(
                        "Content-Type: application/pdf|",
                        "Content-Type: application/pdf|Content-Encoding: gzip|Content-Transfer-Encoding: binary|");
            default -> USUAL;
        };
        assertUsual(Multipart.of(TYPE + "b0", body.replace("|", "\r\n").getBytes(UTF_8)));
    }

    @Test
    void base_64_may_be_broken_into_lines() {
        String body = USUAL.replace(PDF, PDF.substring(0, 8) + "|" + PDF.substring(8) + "|");
        assertUsual(Multipart.of(TYPE + "b0", body.replace("|", "\n").getBytes(UTF_8)));
    }

    @Test
    void base_64_may_be_of_the_alphabet_for_addresses() {
        byte[] label = "%PDF-1.4 \u00FB\u00FF\u00FE\u00FB\u00FF\u00FE".getBytes(ISO_8859_1);
        String body = USUAL.replace(PDF, Base64.getUrlEncoder().withoutPadding().encodeToString(label))
                .replace("|", "\n");
        assertThat(body).contains("-_");
        assertThat(Multipart.of(TYPE + "b0", body.getBytes(UTF_8))
                        .part("labelImage")
                        .orElseThrow()
                        .content())
                .isEqualTo(label);
    }

    @Test
    void binary_parts_are_left_byte_by_byte_as_they_came() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        String body = "--b0\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n" + new String(all, ISO_8859_1)
                + "\r\n--b0--";
        assertThat(Multipart.of(TYPE + "b0", body.getBytes(ISO_8859_1))
                        .part("x")
                        .orElseThrow()
                        .content())
                .isEqualTo(all);
    }

    @Test
    void a_line_that_only_begins_like_the_boundary_is_content() {
        String body = "--b0\nContent-Disposition: form-data; name=\"x\"\n\n^XA\n--b0x\n--b\n^XZ\n\n--b0--";
        assertThat(new String(
                        Multipart.of(TYPE + "b0", body.getBytes(UTF_8))
                                .part("x")
                                .orElseThrow()
                                .content(),
                        UTF_8))
                .isEqualTo("^XA\n--b0x\n--b\n^XZ\n");
    }

    @Test
    void a_part_without_headers_or_content_is_a_part() {
        Multipart read = Multipart.of(TYPE + "b0", "--b0\n\n{\"n\":1}\n--b0\nX: y\n\n\n--b0--".getBytes(UTF_8));
        assertThat(read.parts()).extracting(Multipart.Part::name).containsExactly("", "");
        assertThat(new String(read.parts().get(0).content(), UTF_8)).isEqualTo("{\"n\":1}");
        assertThat(read.parts().get(1).content()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "<html>", "no boundary here\n", "--b0--", "--b0\n", "--b0\nonly: headers\n--b0--"})
    void what_has_no_parts_is_refused(String body) {
        assertThatThrownBy(() -> Multipart.of(TYPE + "b0", body.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("it has no ");
    }

    @Test
    void base_64_that_ends_too_early_is_told() {
        String cut = USUAL.substring(0, USUAL.indexOf(PDF) + 9).replace("|", "\n");
        Multipart read = Multipart.of(TYPE + "b0", cut.getBytes(UTF_8));
        assertThatThrownBy(() -> read.part("labelImage").orElseThrow().content())
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertUsual(Multipart read) {
        assertThat(read.parts()).hasSize(2);
        assertThat(new String(read.part("labelMetadata").orElseThrow().content(), UTF_8))
                .isEqualTo("{\"n\":1}");
        Multipart.Part image = read.part("LABELIMAGE").orElseThrow();
        assertThat(new String(image.content(), UTF_8)).isEqualTo("%PDF-1.4 label");
        assertThat(image.headers().get("content-TYPE")).isEqualTo("application/pdf");
        assertThat(read.part("receiptImage")).isEmpty();
    }
}
