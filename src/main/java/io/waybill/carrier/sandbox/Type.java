package io.waybill.carrier.sandbox;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;

/**
 * Sets lines of any script with the machine's own fonts. A character no installed font has is printed as its code point,
 * {@code [U+9A6C]}: ugly, and not lost.
 */
final class Type {
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private Type() {}

    /** Whether every printer's built-in Latin font has these characters. */
    static boolean isLatin(String text) {
        return text.codePoints().allMatch(c -> (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF));
    }

    /** The text as it can be printed: control characters become spaces, characters without a glyph their code points. */
    static String printable(String text) {
        Font font = font(12, false);
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(' ');
            } else if (isLatin(Character.toString(c)) || font.canDisplay(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("[U+%04X]", c));
            }
        });
        return out.toString();
    }

    /** The size at which a text fits its width. */
    static double size(LabelLayout.Text text, String printed) {
        double width =
                font(text.size(), text.bold()).getStringBounds(printed, EXACT).getWidth();
        return width <= text.width() ? text.size() : text.size() * text.width() / width;
    }

    static void draw(Graphics2D page, LabelLayout.Text text, double scale) {
        String printed = printable(text.text());
        page.setFont(font(size(text, printed) * scale, text.bold()));
        page.drawString(printed, (float) (text.x() * scale), (float) (text.y() * scale));
    }

    /** One line as black on white, its baseline a quarter above the lower edge. */
    static BufferedImage line(String printed, double size, boolean bold, double scale) {
        Font font = font(size * scale, bold);
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
        return page;
    }

    private static Font font(double size, boolean bold) {
        return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
    }
}
