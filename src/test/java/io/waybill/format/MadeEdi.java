package io.waybill.format;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Interchanges of our own, and what is read of them. */
final class MadeEdi {
    static final Reading X12 = Reading.of(Format.X12);
    static final Reading EDIFACT = Reading.of(Format.EDIFACT);

    static final String ISA = "ISA*00*          *00*          *ZZ*SHOPCO         *ZZ*WAYBILL        "
            + "*261124*0930*U*00401*000000042*0*T*>~";
    static final String GS = "GS*PO*SHOPCO*WAYBILL*20261124*0930*7*X*004010~";
    static final String PO = "BEG*00*SA*4711**20261123~REF*DP*Kitchen~N1*ST*Jane Roe*92*S1~N3*1 Elm St*Apt 2~"
            + "N4*Dayton*OH*45402*US~PER*IC*Jane*TE*9375550100~PO1*1*3*EA*4.5**SK*CUP-1~PID*F****Cup~"
            + "PO1*2*1*EA*20**SK*POT-1~CTT*2~";
    static final String UNB = "UNB+UNOC:3+4000001000005:14+WAYBILL:ZZZ+261124:0930+42'";

    private MadeEdi() {}

    /** A purchase order of twelve segments. */
    static String po(String number) {
        return "ST*850*" + number + "~" + PO + "SE*12*" + number + "~";
    }

    static String x12(String... documents) {
        return ISA + GS + String.join("", documents) + "GE*" + documents.length + "*7~IEA*1*000000042~";
    }

    /** An order of nine segments. */
    static String orders(String number, String name) {
        return "UNH+" + number + "+ORDERS:D:96A:UN'BGM+220+4711+9'DTM+137:20261123:102'NAD+DP+++" + name
                + "+Domstr. 1+Köln++50667+DE'LIN+1++4012345000016:EN'QTY+21:3'PRI+AAA:4.50'UNS+S'UNT+9+" + number + "'";
    }

    static String edifact(String... messages) {
        return UNB + String.join("", messages) + "UNZ+" + messages.length + "+42'";
    }

    static List<Document> read(Reading reading, String text) {
        return read(reading, text.getBytes(StandardCharsets.UTF_8));
    }

    static DocumentReader open(Reading reading, String text) {
        return open(reading, text.getBytes(StandardCharsets.UTF_8));
    }

    private static DocumentReader open(Reading reading, byte[] bytes) {
        return Formats.open(new ByteArrayInputStream(bytes), "orders.edi", reading);
    }

    static List<Document> read(Reading reading, byte[] bytes) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader = open(reading, bytes)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }
}
