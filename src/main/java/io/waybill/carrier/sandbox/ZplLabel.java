package io.waybill.carrier.sandbox;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;

/** A label in ZPL II: Latin lines in the printer's font 0, others as graphics, the bars by {@code ^BC}. */
final class ZplLabel {
    private final StringBuilder zpl = new StringBuilder();
    private final double scale;

    private ZplLabel(int dpi) {
        this.scale = dpi / 72.0;
    }

    static byte[] print(LabelLayout layout, int dpi) {
        return new ZplLabel(dpi).draw(layout).getBytes(StandardCharsets.UTF_8);
    }

    private String draw(LabelLayout layout) {
        zpl.append("^XA^CI28^PW")
                .append(dots(LabelLayout.WIDTH))
                .append("^LL")
                .append(dots(LabelLayout.HEIGHT))
                .append('\n');
        layout.texts().forEach(this::draw);
        layout.rules()
                .forEach(rule -> at("^FO", 0, dots(rule.y()))
                        .append("^GB")
                        .append(dots(LabelLayout.WIDTH))
                        .append(",3,3^FS\n"));
        draw(layout.barcode());
        return zpl.append("^XZ\n").toString();
    }

    private void draw(LabelLayout.Text text) {
        String printed = Type.printable(text.text());
        double size = Type.size(text, printed);
        if (!Type.isLatin(printed)) {
            picture(text, Type.line(printed, size, text.bold(), scale));
            return;
        }
        at("^FT", dots(text.x()), dots(text.y()))
                .append("^A0N,")
                .append(dots(size))
                .append(',')
                .append(dots(size))
                .append("^FH_^FD")
                .append(escaped(printed))
                .append("^FS\n");
    }

    /** {@code ^GFA}: total bytes, bytes a row, then the rows in hexadecimal, a black dot being 1. */
    private void picture(LabelLayout.Text text, BufferedImage image) {
        int row = (image.getWidth() + 7) / 8;
        int total = row * image.getHeight();
        at("^FO", dots(text.x()), Math.max(0, dots(text.y()) - image.getHeight() * 3 / 4))
                .append("^GFA,")
                .append(total)
                .append(',')
                .append(total)
                .append(',')
                .append(row)
                .append(',');
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < row * 8; x += 8) {
                zpl.append(String.format("%02X", eightDots(image, x, y)));
            }
        }
        zpl.append("^FS\n");
    }

    private static int eightDots(BufferedImage image, int left, int y) {
        int dots = 0;
        for (int x = left; x < left + 8; x++) {
            boolean black = x < image.getWidth() && (image.getRGB(x, y) & 0xFFFFFF) == 0;
            dots = dots << 1 | (black ? 1 : 0);
        }
        return dots;
    }

    private void draw(LabelLayout.Barcode code) {
        int modules = Bars.of(code.content()).modules();
        int module = Math.min(10, Math.max(1, dots(code.width()) / modules));
        int left = dots(code.x()) + (dots(code.width()) - module * modules) / 2;
        at("^FO", left, dots(code.y()))
                .append("^BY")
                .append(module)
                .append("^BCN,")
                .append(dots(code.height()))
                .append(",N,N,N,A^FD")
                .append(code.content())
                .append("^FS\n");
    }

    private StringBuilder at(String command, int x, int y) {
        return zpl.append(command).append(x).append(',').append(y);
    }

    private int dots(double points) {
        return PngLabel.dots(points, scale);
    }

    /** A recipient called {@code ^XZ} ends no label. */
    private static String escaped(String text) {
        return text.replace("_", "_5F").replace("^", "_5E").replace("~", "_7E");
    }
}
