package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The label a customer asked for. */
record LabelAsked(String format, String size, int dpi) {
    static final List<String> FORMATS = List.of("PDF", "PNG", "ZPL");
    static final String SIZE = "4x6";
    static final List<Integer> RESOLUTIONS = List.of(203, 300);

    /** What the request says, 4x6 PDF at 203 dpi where it says nothing. */
    static LabelAsked in(JsonNode request) {
        JsonNode label = request.path("label");
        return new LabelAsked(
                label.path("format").asText("PDF"),
                label.path("size").asText(SIZE),
                label.path("dpi").asInt(203));
    }

    /** @throws Refusal when the sandbox has no such format, size or resolution */
    void check() {
        if (!FORMATS.contains(format)) {
            throw Refusal.field("label_format", "labels are PDF, PNG or ZPL, not " + format, "label.format");
        }
        if (!size.equals(SIZE)) {
            throw Refusal.field("label_size", "labels are 4x6, not " + size, "label.size");
        }
        if (!RESOLUTIONS.contains(dpi)) {
            throw Refusal.field("label_dpi", "labels have 203 or 300 dpi, not " + dpi, "label.dpi");
        }
    }

    byte[] print(LabelLayout layout) {
        return switch (format) {
            case "PNG" -> PngLabel.print(layout, dpi);
            case "ZPL" -> ZplLabel.print(layout, dpi);
            default -> PdfLabel.print(layout);
        };
    }
}
