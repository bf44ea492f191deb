package io.waybill.carrier.sandbox;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

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
        return png(image, dpi);
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

    private static byte[] png(BufferedImage image, int dpi) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, resolution(writer, image, dpi)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** The {@code pHYs} chunk (PNG 11.3.5.3), so that a program prints the label four inches wide. */
    private static IIOMetadata resolution(ImageWriter writer, BufferedImage image, int dpi)
            throws IIOInvalidTreeException {
        String dotsPerMetre = Long.toString(Math.round(dpi / 0.0254));
        IIOMetadataNode physical = new IIOMetadataNode("pHYs");
        physical.setAttribute("pixelsPerUnitXAxis", dotsPerMetre);
        physical.setAttribute("pixelsPerUnitYAxis", dotsPerMetre);
        physical.setAttribute("unitSpecifier", "meter");
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        root.appendChild(physical);
        metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }
}
