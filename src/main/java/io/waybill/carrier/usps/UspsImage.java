package io.waybill.carrier.usps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import java.util.List;
import java.util.Map;

/** {@code imageInfo}: what the label shall look like. */
final class UspsImage {
    private static final String SIZE = "4x6";
    private static final String LABEL_TYPE = "4X6LABEL";
    private static final int FINE = 300;
    private static final Map<String, String> COARSE = Map.of("PDF", "PDF", "PNG", "PNG", "ZPL", "ZPL203DPI");
    private static final Map<String, String> FINER =
            Map.of("PDF", "PDF", "PNG", "PNG", "ZPL", "ZPL300DPI", "EPL2", "EPL300DPI");

    /** With a customs form on it. */
    private static final List<String> WITH_CUSTOMS = List.of("PDF", "ZPL");

    private UspsImage() {}

    /** @throws io.waybill.carrier.RefusedException for a format or size USPS does not print */
    static ObjectNode toBuy(LabelRequest label, boolean customs, boolean isReturn) {
        if (customs && !WITH_CUSTOMS.contains(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", WITH_CUSTOMS);
        }
        if (isReturn && label.format().equals("EPL2")) {
            throw Refusals.takesNot(label.format(), "/label/format", COARSE.keySet());
        }
        return again(label).put("receiptOption", "NONE");
    }

    /** For a reprint, which has no receipt. */
    static ObjectNode again(LabelRequest label) {
        if (!FINER.containsKey(label.format())) {
            throw Refusals.takesNot(label.format(), "/label/format", FINER.keySet());
        }
        if (!label.size().equals(SIZE)) {
            throw Refusals.takesNot(label.size(), "/label/size", SIZE);
        }
        String type = (label.dpi() >= FINE ? FINER : COARSE).get(label.format());
        if (type == null) {
            throw Refusals.takesNot(String.valueOf(label.dpi()), "/label/dpi", String.valueOf(FINE));
        }
        return RequestJson.object().put("imageType", type).put("labelType", LABEL_TYPE);
    }

    /** What was asked for. */
    static LabelRequest asked(Reply imageInfo) {
        String type = imageInfo.text("imageType");
        String format = FINER.containsKey(type) ? type : type.startsWith("ZPL") ? "ZPL" : "EPL2";
        return new LabelRequest(format, SIZE, type.contains("300") ? FINE : 203);
    }
}
