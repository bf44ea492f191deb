package io.waybill.carrier.sandbox;

import java.util.List;
import java.util.Locale;

/** Prints the label of one parcel in the format asked for. */
final class LabelPrinter {
    static final List<String> FORMATS = List.of("PDF", "PNG", "ZPL");

    private LabelPrinter() {}

    /** @throws Refusal when the sandbox has no such format, size or resolution */
    static void check(String format, String size, int dpi) {
        if (!FORMATS.contains(format.toUpperCase(Locale.ROOT))) {
            throw Refusal.field("label_format", "labels are PDF, PNG or ZPL, not " + format, "label.format");
        }
        if (!size.equals("4x6")) {
            throw Refusal.field("label_size", "labels are 4x6, not " + size, "label.size");
        }
        if (dpi != 203 && dpi != 300) {
            throw Refusal.field("label_dpi", "labels have 203 or 300 dpi, not " + dpi, "label.dpi");
        }
    }

    static byte[] print(LabelLayout layout, String format, int dpi) {
        return switch (format.toUpperCase(Locale.ROOT)) {
            case "PNG" -> PngLabel.print(layout, dpi);
            case "ZPL" -> ZplLabel.print(layout, dpi);
            default -> PdfLabel.print(layout);
        };
    }
}
