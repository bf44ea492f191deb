package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelBytesTest {

    @Test
    void formats_are_known_by_how_they_begin() {
        assertThat(LabelBytes.formatOf("%PDF-1.7".getBytes(US_ASCII))).isEqualTo("PDF");
        assertThat(LabelBytes.formatOf(picture("gif"))).isEqualTo("GIF");
        assertThat(LabelBytes.formatOf(picture("png"))).isEqualTo("PNG");
        assertThat(LabelBytes.formatOf("\n^XA^FO".getBytes(US_ASCII))).isEqualTo("ZPL");
        assertThat(LabelBytes.formatOf("\nN\nq812\n".getBytes(US_ASCII))).isEqualTo("EPL2");
        assertThat(LabelBytes.formatOf("EPL2\nq795".getBytes(US_ASCII))).isEqualTo("EPL2");
        assertThat(LabelBytes.formatOf("<html>".getBytes(US_ASCII))).isEmpty();
        assertThat(LabelBytes.formatOf(new byte[0])).isEmpty();
    }

    @Test
    void what_a_driver_writes_before_a_printers_language_is_looked_past() {
        for (String zpl : List.of(
                "CT~~CD,~CC^~CT~\n^XA~TA000^XZ",
                "\u0010CT~~CD,~CC^~CT~\r\n^XA^XZ",
                "\u00EF\u00BB\u00BF^XA^XZ",
                "^FX a comment\n^XA^XZ",
                "^xa^xz",
                "\u0010\u0002^XA^XZ\r\n^FX the end of it\r\n")) {
            assertThat(LabelBytes.formatOf(zpl.getBytes(ISO_8859_1))).as(zpl).isEqualTo("ZPL");
            assertThat(LabelBytes.isWhole(zpl.getBytes(ISO_8859_1), "")).as(zpl).isTrue();
        }
        for (String epl : List.of(
                "I8,A,001\n\nQ1218,024\nN\nP1\n",
                "O\nN\nP1",
                "ZT\nN\nP1",
                "ZB\r\nP1\r\n",
                "Q812,24\nP1\n",
                "q795\nP1\n")) {
            assertThat(LabelBytes.formatOf(epl.getBytes(ISO_8859_1))).as(epl).isEqualTo("EPL2");
            assertThat(LabelBytes.isWhole(epl.getBytes(ISO_8859_1), "")).as(epl).isTrue();
        }
        assertThat(LabelBytes.isWhole("^XA^XZ^XA^FDcut".getBytes(US_ASCII), "")).isFalse();
    }

    @Test
    void what_a_server_writes_before_a_pdf_is_looked_past() {
        String pdf = new String(LabelImages.pdf(picture("png"), "4x6"), ISO_8859_1);
        for (String before : List.of("\r\n", "\n\n ", "\u00EF\u00BB\u00BF")) {
            assertThat(LabelBytes.formatOf((before + pdf).getBytes(ISO_8859_1))).isEqualTo("PDF");
            assertThat(LabelBytes.isWhole((before + pdf).getBytes(ISO_8859_1), ""))
                    .isTrue();
            assertThat(LabelImages.pages((before + pdf).getBytes(ISO_8859_1))).hasSize(1);
        }
        assertThat(LabelBytes.formatOf("<p>%PDF-1.7</p>".getBytes(US_ASCII))).isEmpty();
    }

    @Test
    void a_language_that_begins_unusually_is_what_the_carrier_says_and_a_page_is_not() {
        String far = "^FX" + "-".repeat(5_000) + "\n^XA^FDx^FS^XZ";
        assertThat(LabelBytes.formatOf(far.getBytes(US_ASCII), "ZPLII")).isEqualTo("ZPL");
        assertThat(LabelBytes.formatOf("^CC|\n|XA|FDx|FS|XZ".getBytes(US_ASCII), "ZPLII"))
                .isEqualTo("ZPL");
        assertThat(LabelBytes.formatOf("WN\nA50,0\nP1\n".getBytes(US_ASCII), "EPL300DPI"))
                .isEqualTo("EPL2");
        assertThat(LabelBytes.formatOf("%PDF-1.7".getBytes(US_ASCII), "ZPL")).isEqualTo("PDF");
        for (String page : List.of("<html>\n^XA</html>", " {\"zpl\":\n\"^XA\"}", "<?xml?>\n", "not found", "")) {
            assertThat(LabelBytes.formatOf(page.getBytes(US_ASCII), "ZPL"))
                    .as(page)
                    .isEmpty();
            assertThat(LabelBytes.formatOf(page.getBytes(US_ASCII), "EPL2"))
                    .as(page)
                    .isEmpty();
        }
    }

    @Test
    void what_a_server_says_in_lines_is_no_label_in_the_language_it_was_asked_for() {
        for (String words : List.of(
                "Label not available.\nPlease try again later.\n",
                "Not found\r\nPO box 1\r\n",
                "illegal character '^' in receiver\nline 2")) {
            assertThat(LabelBytes.formatOf(words.getBytes(US_ASCII), "EPL2"))
                    .as(words)
                    .isEmpty();
            assertThat(LabelBytes.formatOf(words.getBytes(US_ASCII), "ZPL"))
                    .as(words)
                    .isEmpty();
        }
        for (String epl : List.of("WN\r\nA50,0\r\nP2,1\r\n", "FR\"L\"\n?\nx\nP1", "OEPL1\nN\nPA1\n")) {
            assertThat(LabelBytes.formatOf(epl.getBytes(US_ASCII), "EPL2"))
                    .as(epl)
                    .isEqualTo("EPL2");
        }
    }

    @Test
    void a_label_that_was_cut_is_told_from_a_whole_one() {
        for (byte[] whole : List.of(
                picture("png"),
                picture("gif"),
                LabelImages.pdf(picture("png"), "4x6"),
                "^XA^FDx^FS^XZ\n".getBytes(US_ASCII),
                "\nN\nq812\nP1\n".getBytes(US_ASCII),
                "N\r\nP2,1\r\n".getBytes(US_ASCII))) {
            assertThat(LabelBytes.isWhole(whole, "")).isTrue();
            assertThat(LabelBytes.isWhole(Arrays.copyOf(whole, whole.length / 2), ""))
                    .isFalse();
        }
        assertThat(LabelBytes.isWhole(new byte[0], "")).isFalse();
        assertThat(LabelBytes.isWhole("<html>".getBytes(US_ASCII), "")).isFalse();
    }

    private static byte[] picture(String format) {
        return LabelImagesTest.picture(format, 1);
    }
}
