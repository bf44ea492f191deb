package io.waybill.carrier;

import java.awt.geom.AffineTransform;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.Splitter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/**
 * Labels that come as pictures and are asked for as PNG or PDF. They are read and written in memory: a recipient is not for a file of the
 * machine's, and the first such file could not be made while the hub stops, when open purchases end.
 */
public final class LabelImages {
    private static final float POINTS_PER_INCH = 72;
    private static final int DARK = 0x80;

    private static final PDRectangle LABEL = new PDRectangle(4 * POINTS_PER_INCH, 6 * POINTS_PER_INCH);
    private static final Map<String, PDRectangle> PAGES = Map.of(
            "4x8",
            new PDRectangle(4 * POINTS_PER_INCH, 8 * POINTS_PER_INCH),
            "A4",
            PDRectangle.A4,
            "A5",
            PDRectangle.A5,
            "A6",
            PDRectangle.A6,
            "letter",
            PDRectangle.LETTER);

    /** Around what is printed: a barcode needs white beside it. */
    private static final float MARGIN = POINTS_PER_INCH / 8;

    private LabelImages() {}

    /**
     * A GIF or PNG as PNG, upright: a label that lies on its side is turned.
     *
     * @throws UncheckedIOException when it is no picture
     */
    public static byte[] png(byte[] picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream png = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(upright(read(picture)), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * A GIF or PNG as one page of PDF, upright, as large as the page allows, but on a sheet no larger than a label of 4x6. White
     * edges are left out first, so that a label within a larger picture keeps its size.
     *
     * @param size {@code 4x6}, {@code 4x8}, {@code A4}, {@code A5}, {@code A6} or {@code letter}; another is taken as 4x6
     */
    public static byte[] pdf(byte[] picture, String size) {
        BufferedImage image = trimmed(upright(read(picture)));
        PDRectangle page = PAGES.getOrDefault(size, LABEL);
        float width = page.getWidth();
        float height = page.getHeight();
        float room = (size.equals("4x8") ? height : Math.min(height, LABEL.getHeight())) - 2 * MARGIN;
        float scale =
                Math.min((Math.min(width, LABEL.getWidth()) - 2 * MARGIN) / image.getWidth(), room / image.getHeight());
        float wide = image.getWidth() * scale;
        float high = image.getHeight() * scale;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = new PDDocument()) {
            PDPage sheet = new PDPage(page);
            document.addPage(sheet);
            try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
                content.drawImage(
                        LosslessFactory.createFromImage(document, image),
                        (width - wide) / 2,
                        height - MARGIN - high,
                        wide,
                        high);
            }
            document.save(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /**
     * The pages of a PDF, each a PDF of its own.
     *
     * @throws UncheckedIOException when it is no PDF
     */
    public static List<byte[]> pages(byte[] pdf) {
        List<byte[]> pages = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDDocument page : new Splitter().split(document)) {
                try (page) {
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    page.save(out);
                    pages.add(out.toByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    private static BufferedImage read(byte[] picture) {
        try {
            BufferedImage image = ImageIO.read(new MemoryCacheImageInputStream(new ByteArrayInputStream(picture)));
            if (image == null) {
                throw new IOException("not a picture");
            }
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A quarter turn clockwise when it is wider than high. */
    private static BufferedImage upright(BufferedImage image) {
        BufferedImage grey = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        var graphics = grey.createGraphics();
        graphics.setColor(java.awt.Color.WHITE);
        graphics.fillRect(0, 0, grey.getWidth(), grey.getHeight());
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        if (image.getWidth() <= image.getHeight()) {
            return grey;
        }
        AffineTransform turn = AffineTransform.getTranslateInstance(image.getHeight(), 0);
        turn.quadrantRotate(1);
        BufferedImage turned = new BufferedImage(image.getHeight(), image.getWidth(), BufferedImage.TYPE_BYTE_GRAY);
        return new AffineTransformOp(turn, AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(grey, turned);
    }

    private static BufferedImage trimmed(BufferedImage image) {
        byte[] dots = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int wide = image.getWidth();
        int left = wide;
        int top = image.getHeight();
        int right = -1;
        int bottom = -1;
        for (int i = 0; i < dots.length; i++) {
            if ((dots[i] & 0xFF) < DARK) {
                left = Math.min(left, i % wide);
                right = Math.max(right, i % wide);
                top = Math.min(top, i / wide);
                bottom = i / wide;
            }
        }
        return right < 0 ? image : image.getSubimage(left, top, right - left + 1, bottom - top + 1);
    }
}
