package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class LabelImagesTest {

    @Test
    void a_landscape_picture_becomes_an_upright_page_of_four_by_six() throws IOException {
        byte[] pdf = LabelImages.pdf(picture("gif"), "4x6");
        assertThat(LabelBytes.formatOf(pdf)).isEqualTo("PDF");
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(288);
            assertThat(document.getPage(0).getMediaBox().getHeight()).isEqualTo(432);
            BufferedImage page = new PDFRenderer(document).renderImageWithDPI(0, 72);
            assertThat(isDark(page, 144, 11))
                    .as("the black bar, left, is at the top now")
                    .isTrue();
            assertThat(isDark(page, 144, 400)).isFalse();
            assertThat(isDark(page, 3, 200)).as("white beside it").isFalse();
        }
    }

    @Test
    void a_picture_stays_a_picture_and_is_turned_upright() throws IOException {
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(LabelImages.png(picture("gif"))));
        assertThat(png.getWidth()).isEqualTo(800);
        assertThat(png.getHeight()).isEqualTo(1400);
        assertThat(LabelBytes.formatOf(LabelImages.png(picture("png")))).isEqualTo("PNG");
    }

    @ParameterizedTest
    @CsvSource({"4x6,288,432", "4x8,288,576", "A4,595,842", "A5,420,595", "A6,298,420", "letter,612,792"})
    void a_page_is_as_large_as_it_is_called_and_the_label_on_it_no_larger_than_one(String size, int wide, int high)
            throws IOException {
        try (PDDocument document = Loader.loadPDF(LabelImages.pdf(picture("gif"), size))) {
            var page = document.getPage(0).getMediaBox();
            assertThat(Math.round(page.getWidth())).isEqualTo(wide);
            assertThat(Math.round(page.getHeight())).isEqualTo(high);
            BufferedImage drawn = new PDFRenderer(document).renderImage(0);
            long printed = columns(drawn);
            assertThat(printed).isBetween(200L, 288L);
        }
    }

    /** How many columns of a page hold anything dark. */
    private static long columns(BufferedImage page) {
        return IntStream.range(0, page.getWidth())
                .filter(x -> IntStream.range(0, page.getHeight()).anyMatch(y -> (page.getRGB(x, y) & 0xFF) < 0x80))
                .count();
    }

    @Test
    void what_is_no_picture_is_refused() {
        assertThatThrownBy(() -> LabelImages.pdf("GIF89a and then nonsense".getBytes(US_ASCII), "4x6"))
                .isInstanceOf(RuntimeException.class);
    }

    /** 1400 by 800 dots, a black bar along the left edge and a thin frame around the left six sevenths. */
    private static byte[] picture(String format) {
        return picture(format, 1);
    }

    /** The same, so many times smaller. */
    public static byte[] picture(String format, int smaller) {
        BufferedImage image = new BufferedImage(1400 / smaller, 800 / smaller, BufferedImage.TYPE_BYTE_GRAY);
        var graphics = image.createGraphics();
        graphics.scale(1.0 / smaller, 1.0 / smaller);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, 1400, 800);
        graphics.setColor(Color.BLACK);
        graphics.fillRect(10, 10, 40, 780);
        graphics.drawRect(10, 10, 1180, 780);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static boolean isDark(BufferedImage image, int x, int y) {
        return new Color(image.getRGB(x, y)).getRed() < 128;
    }
}
