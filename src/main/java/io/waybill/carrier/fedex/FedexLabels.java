package io.waybill.carrier.fedex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.LabelBytes;
import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import io.waybill.carrier.Reply;
import io.waybill.carrier.RequestJson;
import java.util.Map;

/** The labels FedEx prints: how they are asked for, and what they are. How they come is read by {@link FedexPapers}. */
final class FedexLabels {
    private static final Map<String, String> FORMATS =
            Map.of("PDF", "PDF", "PNG", "PNG", "ZPL", "ZPLII", "EPL2", "EPL2");
    private static final Map<String, String> PAPERS =
            Map.of("4x6", "PAPER_4X6", "4x8", "PAPER_4X8", "letter", "PAPER_LETTER");
    private static final Map<String, String> ROLLS = Map.of("4x6", "STOCK_4X6", "4x8", "STOCK_4X8");
    private static final int COARSE = 203;
    private static final int FINE = 300;

    private FedexLabels() {}

    /**
     * {@code labelSpecification}.
     *
     * @throws io.waybill.carrier.RefusedException for a format, size or fineness FedEx does not print
     */
    static ObjectNode specification(LabelRequest label) {
        String format = FORMATS.get(label.format());
        if (format == null) {
            throw Refusals.takesNot(label.format(), "/label/format", FORMATS.keySet());
        }
        Map<String, String> stocks = isThermal(label.format()) ? ROLLS : PAPERS;
        String stock = stocks.get(label.size());
        if (stock == null) {
            throw Refusals.takesNot(label.size(), "/label/size", stocks.keySet());
        }
        ObjectNode out = RequestJson.object()
                .put("labelFormatType", "COMMON2D")
                .put("imageType", format)
                .put("labelStockType", stock);
        return isFine(label) ? out.put("resolution", FINE) : out;
    }

    /** What a finer printer makes of fewer dots is too small. */
    private static boolean isFine(LabelRequest label) {
        boolean fine = label.format().equals("ZPL") && label.dpi() == FINE;
        if (isThermal(label.format()) && label.dpi() > COARSE && !fine) {
            String legal = label.format().equals("ZPL") ? COARSE + ", " + FINE : String.valueOf(COARSE);
            throw Refusals.takesNot(String.valueOf(label.dpi()), "/label/dpi", legal);
        }
        return fine;
    }

    /** What a {@link #specification} asks for. */
    static LabelRequest asked(Reply specification) {
        String stock = specification.text("labelStockType");
        return new LabelRequest(
                key(FORMATS, specification.text("imageType"), "PDF"),
                key(PAPERS, stock, key(ROLLS, stock, "4x6")),
                specification.text("resolution").equals("300") ? FINE : COARSE);
    }

    private static String key(Map<String, String> map, String value, String otherwise) {
        return map.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(otherwise);
    }

    private static boolean isThermal(String format) {
        return format.equals("ZPL") || format.equals("EPL2");
    }

    /** By its bytes; a printer's language that begins unusually, by what FedEx says it is. */
    static String format(byte[] bytes, String said) {
        String seen = LabelBytes.formatOf(bytes, said);
        if (seen.isEmpty()) {
            throw new IllegalArgumentException("no document by its bytes");
        }
        return seen;
    }
}
