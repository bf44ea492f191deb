package io.waybill.bench;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Fixed;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Layout;
import io.waybill.format.Reading;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.mapping.Target;
import io.waybill.order.Orders;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one big file, made in target/ for it, document by document, and maps each where a shipped mapping fits. What it takes
 * of memory is what the process is given: {@code JAVA_OPTS=-Xmx256m}.
 */
final class Big {
    private static final long TELL_EVERY = 5_000_000_000L;

    private final String format;
    private final long bytes;

    Big(String format, int megabytes) {
        this.format = format;
        this.bytes = (long) megabytes << 20;
    }

    /**
     * What a file is made of and how it is read.
     *
     * @param head what it begins with
     * @param each its document of this number
     */
    private record Made(Reading reading, @Nullable Mapping mapping, String head, LongFunction<String> each) {}

    void run() throws IOException {
        Made made = made();
        Path file = Path.of("target", "big." + format);
        try {
            long size = write(file, made);
            read(file, size, made);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Made made() throws IOException {
        return switch (format) {
            case "csv" -> csv();
            case "ndjson" -> ndjson();
            case "fixed" -> fixed();
            case "idoc-flat" -> idocs();
            default -> throw new IllegalArgumentException("bench/run big csv|ndjson|fixed|idoc-flat");
        };
    }

    /** Two rows an order, of some 230 bytes each, so that a gigabyte has fewer rows than a file may have. */
    private static Made csv() throws IOException {
        String sample = Files.readString(Path.of("mappings/acme-orders/two-lines.csv"));
        String[] lines = sample.split("\n");
        String rows = (lines[1] + "\n" + lines[2] + "\n").replace("Mug, blue", "Mug, blue, ".repeat(18));
        return made("acme-orders", lines[0] + "\n", number -> rows.replace("SO-1001", "SO-" + number));
    }

    private static Made ndjson() throws IOException {
        String sample = Files.readString(Path.of("mappings/shopify-order/webhook.json"));
        String line = Formats.json(sample, "webhook.json").toString() + "\n";
        Made made = made("shopify-order", "", number -> line.replace("#2045", "#" + number));
        return new Made(Reading.of(Format.NDJSON), made.mapping(), "", made.each());
    }

    private static Made fixed() {
        String layout = "name,from,length,type\norder_no,1,12,digits\nname,13,80,\nstreet,93,80,\ncity,173,40,\n"
                + "qty,213,8,number\nnet,221,12,number2\n";
        Layout places = Layout.lines(new ByteArrayInputStream(layout.getBytes(StandardCharsets.UTF_8)), "big.csv");
        String rest = String.format(Locale.ROOT, "%-80s%-80s%-40s", "Jane Roe", "Hauptstr. 1", "Dresden");
        Reading reading = Reading.of(Format.FIXED).withFixed(new Fixed(places, true));
        return new Made(
                reading, null, "", number -> String.format(Locale.ROOT, "%012d%s00000002000000012550%n", number, rest));
    }

    /** Records as wide as SAP writes them. */
    private static Made idocs() throws IOException {
        String sample = Files.readString(Path.of("mappings/sap-orders05/three-idocs.idoc"));
        String first = sample.substring(0, sample.indexOf("EDI_DC40", 8))
                .lines()
                .map(line -> String.format(Locale.ROOT, line.startsWith("EDI_DC40") ? "%s%n" : "%-1063s%n", line))
                .collect(Collectors.joining());
        return made(
                "sap-orders05",
                "",
                number -> first.replace("0000000000004711", String.format(Locale.ROOT, "%016d", number)));
    }

    private static Made made(String name, String head, LongFunction<String> each) {
        Orders orders = new Orders();
        Mappings mappings = Mappings.load(
                Path.of("mappings"),
                target -> target.equals("order/1") ? Target.of(target, orders.schema(target)) : null);
        Mapping mapping = mappings.get(name);
        return new Made(mapping.reads(), mapping, head, each);
    }

    private long write(Path file, Made made) throws IOException {
        long written = 0;
        long number = 1_000_000;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(made.head().getBytes(StandardCharsets.UTF_8));
            for (; written < bytes; number++) {
                byte[] document = made.each().apply(number).getBytes(StandardCharsets.UTF_8);
                out.write(document);
                written += document.length;
            }
        }
        Purchases.say("%-9s %,d documents in %,d MB, written to %s", format, number - 1_000_000, written >> 20, file);
        return number - 1_000_000;
    }

    private void read(Path file, long expected, Made made) throws IOException {
        long start = System.nanoTime();
        long told = start;
        long documents = 0;
        long bad = 0;
        try (DocumentReader reader = Formats.open(Files.newInputStream(file), file.toString(), made.reading())) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents++;
                Mapping mapping = made.mapping();
                boolean failed =
                        mapping == null ? !next.problems().isEmpty() : mapping.apply(next) instanceof Result.Failed;
                bad += failed ? 1 : 0;
                if (System.nanoTime() - told > TELL_EVERY) {
                    told = System.nanoTime();
                    Purchases.say("%-9s %,d documents so far", format, documents);
                }
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Purchases.say(
                "%-9s %,d of %,d documents read%s, %d bad, in %.0f s: %.1f MB/s, with at most %d MB of heap",
                format,
                documents,
                expected,
                made.mapping() == null ? "" : " and mapped by " + made.mapping().name(),
                bad,
                seconds,
                (Files.size(file) >> 10) / 1024.0 / seconds,
                Runtime.getRuntime().maxMemory() >> 20);
    }
}
