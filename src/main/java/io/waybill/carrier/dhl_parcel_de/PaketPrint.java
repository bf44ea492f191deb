package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.LabelRequest;
import io.waybill.carrier.Refusals;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What DHL prints and what it calls it in the address of a call. Which of them a purchase asks for is written after the body
 * as so many line breaks.
 */
enum PaketPrint {
    PDF_4X6("PDF", "4x6", "PDF", "910-300-400"),
    PDF_4X8("PDF", "4x8", "PDF", "910-300-600"),
    PDF_A4("PDF", "A4", "PDF", "A4"),
    ZPL_4X6("ZPL", "4x6", "ZPL2", "910-300-400"),
    ZPL_4X8("ZPL", "4x8", "ZPL2", "910-300-600");

    private final String format;
    private final String size;
    private final String docFormat;
    private final String printFormat;

    PaketPrint(String format, String size, String docFormat, String printFormat) {
        this.format = format;
        this.size = size;
        this.docFormat = docFormat;
        this.printFormat = printFormat;
    }

    /** @throws io.waybill.carrier.RefusedException for a format or size DHL does not print */
    static PaketPrint of(LabelRequest label) {
        List<PaketPrint> ofFormat = Arrays.stream(values())
                .filter(one -> one.format.equals(label.format()))
                .toList();
        if (ofFormat.isEmpty()) {
            throw Refusals.takesNot(label.format(), "/label/format", List.of("PDF", "ZPL"));
        }
        return ofFormat.stream()
                .filter(one -> one.size.equals(label.size()))
                .findFirst()
                .orElseThrow(() -> Refusals.takesNot(
                        label.size(),
                        "/label/size",
                        ofFormat.stream().map(one -> one.size).toList()));
    }

    byte[] mark(byte[] body) {
        byte[] marked = Arrays.copyOf(body, body.length + ordinal());
        Arrays.fill(marked, body.length, marked.length, (byte) '\n');
        return marked;
    }

    static PaketPrint of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        int breaks = text.length() - text.stripTrailing().length();
        return values()[Math.min(breaks, values().length - 1)];
    }

    String size() {
        return size;
    }

    /** The label by itself, and its bytes in the answer. */
    String query() {
        return "includeDocs=include&combine=false&docFormat=" + docFormat + "&printFormat=" + printFormat
                + "&retourePrintFormat=" + printFormat;
    }
}
