package io.waybill.carrier.sandbox;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Sets lines of any script: Latin ones in the font that comes with PDFBox, so that a label looks the same on every
 * machine, others with the machine's own fonts. A character no installed font has is printed as its code point,
 * {@code [U+9A6C]}: ugly, and not lost.
 */
final class Type {
    /** A TrueType font. */
    static final byte[] LATIN = bytes("/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf");

    private static final Font LATIN_FONT = parse(LATIN);
    private static final Font ANY_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private Type() {}

    /** Whether every printer's built-in Latin font has these characters. */
    static boolean isLatin(String text) {
        return text.codePoints().allMatch(c -> (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF));
    }

    /** The text as it can be printed: control characters become spaces, characters without a glyph their code points. */
    static String printable(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(' ');
            } else if (isLatin(Character.toString(c)) || ANY_FONT.canDisplay(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("[U+%04X]", c));
            }
        });
        return out.toString();
    }

    /** The size at which a text fits its width. */
    static double size(LabelLayout.Text text, String printed) {
        double width = font(printed, text.size(), text.bold())
                .getStringBounds(printed, EXACT)
                .getWidth();
        return width <= text.width() ? text.size() : text.size() * text.width() / width;
    }

    static void draw(Graphics2D page, LabelLayout.Text text, double scale) {
        String printed = printable(text.text());
        page.setFont(font(printed, size(text, printed) * scale, text.bold()));
        page.drawString(printed, (float) (text.x() * scale), (float) (text.y() * scale));
    }

    /** One line as black on white, its baseline a quarter above the lower edge. */
    static BufferedImage line(String printed, double size, boolean bold, double scale) {
        Font font = font(printed, size * scale, bold);
        int width =
                Math.max(1, (int) Math.ceil(font.getStringBounds(printed, EXACT).getWidth()));
        int height = (int) Math.ceil(size * scale * 1.25);
        BufferedImage image = blank(width, height);
        Graphics2D page = pen(image);
        page.setFont(font);
        page.drawString(printed, 0f, height * 0.75f);
        page.dispose();
        return image;
    }

    static BufferedImage blank(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D page = image.createGraphics();
        page.setColor(Color.WHITE);
        page.fillRect(0, 0, width, height);
        page.dispose();
        return image;
    }

    static Graphics2D pen(BufferedImage image) {
        Graphics2D page = image.createGraphics();
        page.setColor(Color.BLACK);
        page.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_OFF);
        page.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        return page;
    }

    private static Font font(String printed, double size, boolean bold) {
        return (isLatin(printed) ? LATIN_FONT : ANY_FONT).deriveFont(bold ? Font.BOLD : Font.PLAIN, (float) size);
    }

    private static Font parse(byte[] font) {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(font));
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException("the label font cannot be read", e);
        }
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = Objects.requireNonNull(PDDocument.class.getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
