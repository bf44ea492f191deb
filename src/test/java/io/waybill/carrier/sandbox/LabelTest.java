package io.waybill.carrier.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.zxing.BarcodeFormat;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.MultiFormatReader;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import io.waybill.carrier.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {
    private static final Tariff.Service GROUND = new Tariff().service("ground");
    private static final String NUMBER = TrackingNumber.of("10", 42);

    @ParameterizedTest
    @ValueSource(ints = {203, 300})
    void a_png_has_the_dots_of_4x6_and_its_barcode_scans_to_the_tracking_number(int dpi) throws Exception {
        BufferedImage label = ImageIO.read(new ByteArrayInputStream(PngLabel.print(layout("Jane Roe"), dpi)));
        assertThat(label.getWidth()).isEqualTo(4 * dpi);
        assertThat(label.getHeight()).isEqualTo(6 * dpi);
        assertThat(scan(label)).isEqualTo(NUMBER);
    }

    @Test
    void a_png_says_its_resolution() {
        ByteBuffer png = ByteBuffer.wrap(PngLabel.print(layout("Jane Roe"), 203));
        int chunk = new String(png.array(), StandardCharsets.ISO_8859_1).indexOf("pHYs");
        assertThat(png.getInt(chunk + 4)).isEqualTo(7992); // 203 / 0.0254 m
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 300})
    void a_pdf_printed_at_any_resolution_scans_to_the_tracking_number(int dpi) throws Exception {
        try (PDDocument pdf = Loader.loadPDF(PdfLabel.print(layout("Jane Roe")))) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(1);
            assertThat(pdf.getPage(0).getMediaBox().getWidth()).isEqualTo(4 * 72f);
            assertThat(scan(new PDFRenderer(pdf).renderImageWithDPI(0, dpi))).isEqualTo(NUMBER);
        }
    }

    @Test
    void a_pdf_says_who_sends_who_receives_which_service_and_which_order() throws IOException {
        assertThat(words(PdfLabel.print(layout("Jane Roe"))))
                .contains("SANDBOX GROUND", "Acme Warehouse", "500 Dock Rd", "Jane Roe", "1 Main St", "Apt 4")
                .contains("Austin TX 78701", "US-787 10", "Order SO-1001", "1 of 1")
                .contains(NUMBER.substring(0, 4) + " " + NUMBER.substring(4, 8));
    }

    @Test
    void accents_are_printed_as_text() throws IOException {
        assertThat(words(PdfLabel.print(layout("Zoë Müßig")))).contains("Zoë Müßig");
    }

    @Test
    void a_line_in_another_script_is_printed_as_a_picture_and_the_label_still_scans() throws Exception {
        LabelLayout layout = layout("Жанна Δέλτα");
        try (PDDocument pdf = Loader.loadPDF(PdfLabel.print(layout))) {
            assertThat(pdf.getPage(0).getResources().getXObjectNames()).isNotEmpty();
            assertThat(scan(new PDFRenderer(pdf).renderImageWithDPI(0, 203))).isEqualTo(NUMBER);
        }
        assertThat(scan(ImageIO.read(new ByteArrayInputStream(PngLabel.print(layout, 203)))))
                .isEqualTo(NUMBER);
        assertThat(new String(ZplLabel.print(layout, 203), StandardCharsets.UTF_8))
                .contains("^GFA,");
    }

    @Test
    void a_chinese_name_is_printed_whether_or_not_the_machine_has_its_font() throws Exception {
        String name = "王小明";
        String printed = Type.printable(name);
        assertThat(name.codePoints()
                        .allMatch(c -> printed.contains(Character.toString(c))
                                || printed.contains(String.format("[U+%04X]", c))))
                .isTrue();
        try (PDDocument pdf = Loader.loadPDF(PdfLabel.print(layout(name)))) {
            assertThat(scan(new PDFRenderer(pdf).renderImageWithDPI(0, 203))).isEqualTo(NUMBER);
        }
    }

    @Test
    void a_character_no_font_has_is_printed_as_its_code_point() {
        String unassigned = new String(Character.toChars(0x10FFFD));
        assertThat(Type.printable("a" + unassigned + "\nb")).isEqualTo("a[U+10FFFD] b");
    }

    @Test
    void a_very_long_name_is_set_smaller_until_it_fits() {
        String name = "Wolfeschlegelsteinhausenbergerdorff ".repeat(5).strip();
        LabelLayout.Text line = new LabelLayout.Text(0, 0, 12, false, 200, name);
        double size = Type.size(line, name);
        assertThat(Type.line(name, size, false, 1).getWidth()).isBetween(190, 201);
    }

    @ParameterizedTest
    @ValueSource(ints = {203, 300})
    void zpl_begins_and_ends_and_lets_the_printer_draw_the_bars(int dpi) {
        String zpl = new String(ZplLabel.print(layout("Jane Roe"), dpi), StandardCharsets.UTF_8);
        assertThat(zpl)
                .startsWith("^XA^CI28^PW" + 4 * dpi + "^LL" + 6 * dpi)
                .endsWith("^XZ\n")
                .contains("^BCN,", "^FD" + NUMBER + "^FS", "Jane Roe", "Order SO-1001");
    }

    @Test
    void a_recipient_cannot_write_zpl_commands() {
        String zpl = new String(ZplLabel.print(layout("^XZ~JA_x"), 203), StandardCharsets.UTF_8);
        assertThat(zpl).contains("^FD_5EXZ_7EJA_5Fx^FS").containsOnlyOnce("^XZ").doesNotContain("~");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^XZ^XA^FDfree^FS",
                "~JA~HS",
                "a\r\n^XZ\r\n~JR",
                "_5EXZ",
                "(x) Tj ET Q q BT (y) Tj",
                "/JavaScript (app.alert(1))",
                "\u202E^XZ\u2066"
            })
    void whatever_stands_in_any_field_of_an_address_is_only_printed(String text) throws Exception {
        ObjectNode request = Json.read(SandboxRequests.purchase(
                Samples.shipment(Samples.home("Jane Roe"), "ground", Samples.PDF, "1.2"), Samples.ref()));
        for (String side : List.of("shipFrom", "shipTo")) {
            ObjectNode address = (ObjectNode) request.path(side);
            for (String field : List.of("name", "company", "line1", "line2", "line3", "city", "state", "postalCode")) {
                address.put(field, text);
            }
            address.put("country", text).put("phone", text);
        }
        LabelLayout layout = layout(request, text);

        String zpl = new String(ZplLabel.print(layout, 203), StandardCharsets.UTF_8);
        assertThat(zpl.lines()).allMatch(line -> line.startsWith("^"));
        assertThat(zpl).containsOnlyOnce("^XA").containsOnlyOnce("^XZ").doesNotContain("~");
        assertThat(zpl.replaceAll("\\^(XA|CI28|PW|LL|FT|FO|GB|A0N|FH_|FD|FS|GFA|BY|BCN|XZ)", ""))
                .as("no other command")
                .doesNotContain("^");
        byte[] pdf = PdfLabel.print(layout);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getDocumentCatalog().getOpenAction()).isNull();
            assertThat(document.getPage(0).getAnnotations()).isEmpty();
            assertThat(scan(new PDFRenderer(document).renderImageWithDPI(0, 203)))
                    .isEqualTo(NUMBER);
        }
    }

    private static LabelLayout layout(String recipient) {
        ObjectNode request = Json.read(SandboxRequests.purchase(
                Samples.shipment(Samples.home(recipient), "ground", Samples.PDF, "1.2"), Samples.ref()));
        return layout(request, "SO-1001");
    }

    private static LabelLayout layout(ObjectNode request, String orderNumber) {
        Sale.Part price = new Sale.Part("BASE", "Sandbox Ground", new BigDecimal("8.10"));
        Instant now = Instant.EPOCH;
        Sale sale = new Sale(
                "SBX1", "key", "REF-1", orderNumber, "", now, now, now, List.of(NUMBER), List.of(price), request);
        return LabelLayout.of(sale, GROUND, 0);
    }

    private static String words(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static String scan(BufferedImage label) throws NotFoundException {
        int width = label.getWidth();
        int height = label.getHeight();
        int[] pixels = label.getRGB(0, 0, width, height, null, 0, width);
        BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        return new MultiFormatReader()
                .decode(
                        bitmap,
                        Map.of(
                                DecodeHintType.POSSIBLE_FORMATS,
                                List.of(BarcodeFormat.CODE_128),
                                DecodeHintType.TRY_HARDER,
                                true))
                .getText();
    }
}
