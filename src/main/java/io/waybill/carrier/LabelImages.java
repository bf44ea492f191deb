package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.multipdf.Splitter;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;

/** Labels that come as pictures and are asked for as PNG or PDF. */
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

    private static final int BEGINNING = 4096;

    /** A byte order mark, blanks and control characters, such as the DLE that printer drivers send first. */
    private static final Pattern BEFORE = Pattern.compile("^(\u00EF\u00BB\u00BF)?[\\s\\x00-\\x20]*");

    /** The first line: a new label, a setting of it, or the printer's reset. */
    private static final Pattern EPL = Pattern.compile(
            "(EPL2|N|O[A-Z]?(,\\w+)*|Z[TB]|[Qq]\\d+(,\\S+)*|I8,\\w,\\d+|[SD]\\d{1,2}|R\\d+,\\d+|J[FB]|;[^\\r\\n]*)[ \\t]*[\\r\\n]");

    /** The last command; comments may follow. */
    private static final Pattern ZPL_END =
            Pattern.compile("\\^XZ[\\s\\x00-\\x20]*(\\^FX[^^]*)*\\z", Pattern.CASE_INSENSITIVE);

    private static final Pattern EPL_END = Pattern.compile("[\\r\\n]P\\d+(,\\d+)?\\s*(;[^\\r\\n]*\\s*)*(N\\s*)?\\z");

    private LabelImages() {}

    /**
     * The format of label bytes by how they begin, {@code PDF PNG GIF ZPL EPL2}; empty when they are none of these. What a driver
     * writes before a printer's language (a byte order mark, control characters, the preamble, comments) is looked past.
     */
    public static String formatOf(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, BEGINNING), ISO_8859_1);
        if (start.startsWith("%PDF")) {
            return "PDF";
        } else if (start.startsWith("\u0089PNG")) {
            return "PNG";
        } else if (start.startsWith("GIF8")) {
            return "GIF";
        }
        String text = BEFORE.matcher(start).replaceFirst("");
        if (text.startsWith("%PDF")) {
            return "PDF";
        }
        if (isPage(text)) {
            return "";
        }
        if (text.startsWith("~") || text.toUpperCase(Locale.ROOT).contains("^XA")) {
            return "ZPL";
        }
        return EPL.matcher(text).lookingAt() ? "EPL2" : "";
    }

    /**
     * The same, and what the carrier says where the bytes begin as nothing that is known: a label in a printer's language may begin
     * with any of its commands, a page of a web server in none.
     *
     * @param said the carrier's or our word for the format it was asked for: {@code ZPLII}, {@code EPL2}, {@code application/zpl}, …
     */
    public static String formatOf(byte[] bytes, String said) {
        String seen = formatOf(bytes);
        if (!seen.isEmpty()) {
            return seen;
        }
        String text = BEFORE.matcher(new String(bytes, ISO_8859_1)).replaceFirst("");
        String word = said.toUpperCase(Locale.ROOT);
        if (word.contains("ZPL") && !isPage(text) && text.contains("^")) {
            return "ZPL";
        }
        return word.contains("EPL") && !isPage(text) && text.strip().contains("\n") ? "EPL2" : "";
    }

    /** HTML, XML or JSON, which no label is. */
    private static boolean isPage(String text) {
        return text.startsWith("<") || text.startsWith("{") || text.startsWith("[");
    }

    /** Whether label bytes end as their format does: a label that was cut on the way begins as well as a whole one. */
    public static boolean isWhole(byte[] bytes) {
        return isWhole(bytes, "");
    }

    /**
     * The same.
     *
     * @param said the carrier's or our word for the format it was asked for
     */
    public static boolean isWhole(byte[] bytes, String said) {
        int tail = Math.min(bytes.length, BEGINNING);
        String end = new String(bytes, bytes.length - tail, tail, ISO_8859_1);
        return switch (formatOf(bytes, said)) {
            case "PDF" -> end.contains("%%EOF");
            case "PNG" -> end.contains("IEND");
            case "GIF" -> end.endsWith(";");
            case "ZPL" -> ZPL_END.matcher(end).find();
            case "EPL2" -> EPL_END.matcher(end).find();
            default -> false;
        };
    }

    /** Whether they are a picture that can be made a PNG or a PDF: a GIF, a PNG or, though no printer takes one, a JPEG. */
    public static boolean isPicture(byte[] bytes) {
        boolean isJpeg =
                bytes.length > 3 && bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xD8 && bytes[2] == (byte) 0xFF;
        return isJpeg || List.of("GIF", "PNG").contains(formatOf(bytes));
    }

    /**
     * A GIF or PNG as PNG, upright: a label that lies on its side is turned.
     *
     * @throws UncheckedIOException when it is no picture
     */
    public static byte[] png(byte[] picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(upright(read(picture)), "png", out);
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
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
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
