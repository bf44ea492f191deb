package io.waybill.carrier.sandbox;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A label as a black and white picture, one pixel a printer's dot. */
final class PngLabel {
    private PngLabel() {}

    static byte[] print(LabelLayout layout, int dpi) {
        double scale = dpi / 72.0;
        BufferedImage image = Type.blank(dots(LabelLayout.WIDTH, scale), dots(LabelLayout.HEIGHT, scale));
        Graphics2D page = Type.pen(image);
        layout.texts().forEach(text -> Type.draw(page, text, scale));
        layout.rules().forEach(rule -> page.fillRect(0, dots(rule.y(), scale), image.getWidth(), dots(1.5, scale)));
        draw(page, layout.barcode(), scale);
        page.dispose();
        return png(image);
    }

    /** Whole dots a module: a scanner forgives a small symbol sooner than uneven bars. */
    private static void draw(Graphics2D page, LabelLayout.Barcode code, double scale) {
        Bars bars = Bars.of(code.content());
        int module = Math.max(1, dots(code.width(), scale) / bars.modules());
        int left = dots(code.x(), scale) + (dots(code.width(), scale) - module * bars.modules()) / 2;
        bars.bars()
                .forEach(bar -> page.fillRect(
                        left + bar.from() * module,
                        dots(code.y(), scale),
                        bar.width() * module,
                        dots(code.height(), scale)));
    }

    static int dots(double points, double scale) {
        return (int) Math.round(points * scale);
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
