package io.waybill.bench;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.mapping.Target;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One big file of X12 purchase orders, made on the spot: read alone, then read and mapped by the shipped mapping. */
final class Edi {
    private static final String ISA = "ISA*00*          *00*          *ZZ*SHOPCO         *ZZ*WAYBILL        "
            + "*261124*0930*U*00401*000000042*0*P*>~GS*PO*SHOPCO*WAYBILL*20261124*0930*7*X*004010~";
    private static final int LINES = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private Edi() {}

    static void run(int megabytes) throws Exception {
        Path file = Files.createTempFile("waybill-bench", ".edi");
        try {
            int documents = write(file, (long) megabytes << 20);
            Purchases.say("%d MB, %d orders of %d lines", Files.size(file) >> 20, documents, LINES);
            Mapping mapping = Mappings.load(
                            Path.of("mappings"), name -> Target.of(name, Formats.json("{\"type\": \"object\"}", "any")))
                    .get("x12-850-order");
            timed("read", file, documents, document -> document.problems().isEmpty());
            timed("read and mapped", file, documents, document -> mapping.apply(document) instanceof Result.Mapped);
        } finally {
            Files.delete(file);
        }
    }

    private interface Use {
        boolean good(Document document);
    }

    private static void timed(String what, Path file, int documents, Use use) throws IOException {
        long begun = System.nanoTime();
        long used = THREADS.getCurrentThreadCpuTime();
        int good = 0;
        try (DocumentReader reader = Formats.open(Files.newInputStream(file), "big.edi", Reading.of(Format.X12))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                good += use.good(next) ? 1 : 0;
            }
        }
        if (good != documents) {
            throw new IllegalStateException(good + " of " + documents + " came through");
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        double processor = (THREADS.getCurrentThreadCpuTime() - used) / 1e9;
        Purchases.say(
                "%s: %.1f s, of the processor %.1f s: %.1f MB/s, %.0f orders/s",
                what, seconds, processor, (Files.size(file) >> 20) / processor, documents / processor);
    }

    private static int write(Path file, long bytes) throws IOException {
        int count = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            text(out, ISA);
            for (long written = 0; written < bytes; ) {
                String order = order(++count);
                text(out, order);
                written += order.length();
            }
            text(out, "GE*" + count + "*7~IEA*1*000000042~");
        }
        return count;
    }

    private static String order(int number) {
        String id = String.format("%09d", number);
        StringBuilder order =
                new StringBuilder("ST*850*" + id + "~BEG*00*SA*PO" + id + "**20261123~TD5*****PARCEL*******CG~"
                        + "N1*ST*Jane Roe*92*S" + id + "~N3*" + number % 900 + " Elm St*Apt 2~N4*Dayton*OH*45402*US~"
                        + "PER*IC*Jane*TE*9375550100~");
        for (int line = 1; line <= LINES; line++) {
            order.append("PO1*" + line + "*3*EA*4.5**SK*SKU-" + number % 5_000 + "-" + line + "~PID*F****Cup number "
                    + line + "~");
        }
        return order + "CTT*" + LINES + "~SE*" + (9 + 2 * LINES) + "*" + id + "~";
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
