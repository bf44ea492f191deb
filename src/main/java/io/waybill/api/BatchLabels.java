package io.waybill.api;

import io.waybill.batch.Fate;
import io.waybill.batch.Line;
import io.waybill.batch.Lines;
import io.waybill.dispatch.Dispatch;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.TakenRow;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.multipdf.PDFMergerUtility;
import org.jspecify.annotations.Nullable;

/** All labels of a batch in the order of its rows, each once: one PDF to be printed, or a ZIP of files in their own formats. */
record BatchLabels(Dispatch dispatch) {
    /** Of one PDF; it is put together in memory. */
    private static final int MOST = 1_000;

    /**
     * Which of them.
     *
     * @param onlyNew without those of orders that were in before this batch
     * @param after the place of the document before the first
     * @param limit documents from there, of which some may have none
     */
    record Wanted(boolean onlyNew, int after, int limit) {
        /** One that was read before and stands here again was told there. */
        boolean isPast(Line line) {
            return line.ordinal() <= after;
        }

        boolean isBefore(Line line) {
            return line.ordinal() - after <= limit;
        }

        /** Of the file with them, which says what part of the whole it is; that ends at the last document. */
        String name(String stem, @Nullable Integer documents) {
            return after == 0 && limit == ALL ? stem : stem + "-" + which(documents);
        }

        /** {@code 501-1000}, {@code 1001} of one alone, {@code 501+} where it ends with documents that are not counted yet. */
        String which(@Nullable Integer documents) {
            long first = after + 1L;
            if (documents == null && limit == ALL) {
                return first + "+";
            }
            long until = (long) after + limit;
            long last = documents == null ? until : Math.min(until, documents);
            return last == first ? String.valueOf(first) : first + "-" + last;
        }

        /** No document stands there, and none will. */
        boolean isPastEnd(@Nullable Integer documents) {
            return documents != null && after >= documents;
        }
    }

    static final int ALL = Integer.MAX_VALUE;

    /** Where labels go. */
    private interface Into {
        void add(Line line, ShipmentRow shipment, int parcel, byte[] label) throws IOException;
    }

    /**
     * @param again how many are of orders that were in before this batch: they may be printed already
     * @param missing of parcels that were bought, but not to be had in the format asked for, or not made yet
     */
    record Count(int labels, int again, int missing) {
        /** Of the file with them: whoever saves it by a page sees no header that tells what it lacks. */
        String name(String stem, String format) {
            return stem + "-labels" + (missing == 0 ? "" : "-" + missing + "-missing") + "." + format;
        }
    }

    /** @throws ProblemException {@code batch-labels-too-many} */
    Count pdf(Lines lines, Wanted wanted, Path path) throws IOException {
        PDFMergerUtility merger = new PDFMergerUtility();
        merger.setDestinationFileName(path.toString());
        int[] added = new int[1];
        Count count = each(lines, wanted, true, (line, shipment, parcel, label) -> {
            if (++added[0] > MOST) {
                throw new ProblemException(Problem.of(ApiCode.BATCH_LABELS_TOO_MANY, "most", MOST));
            }
            merger.addSource(new RandomAccessReadBuffer(label));
        });
        if (count.labels() > 0) {
            merger.mergeDocuments(IOUtils.createTempFileOnlyStreamCache());
        }
        return count;
    }

    Count zip(Lines lines, Wanted wanted, Path path) throws IOException {
        try (OutputStream file = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            return each(lines, wanted, false, (line, shipment, parcel, label) -> {
                zip.putNextEntry(new ZipEntry(name(line, shipment, parcel)));
                zip.write(label);
                zip.closeEntry();
            });
        }
    }

    /** {@code 00002-SO-1001-1.pdf}: sorted by name they lie as the rows do. */
    private static String name(Line line, ShipmentRow shipment, int parcel) {
        String order = String.valueOf(line.orderId()).replaceAll("[^\\p{L}\\p{N}_-]+", "_");
        String shown = Shortened.to(60, order);
        return String.format(
                Locale.ROOT,
                "%05d-%s-%d.%s",
                line.firstRow(),
                shown,
                parcel,
                shipment.labelFormat().toLowerCase(Locale.ROOT));
    }

    private Count each(Lines lines, Wanted wanted, boolean pdf, Into into) throws IOException {
        Set<String> seen = new HashSet<>();
        int labels = 0;
        int again = 0;
        int missing = 0;
        for (Line line = lines.next(); line != null && wanted.isBefore(line); line = lines.next()) {
            boolean wasIn = line.result().equals(Fate.Result.DUPLICATE.word());
            if (wasIn && wanted.onlyNew()) {
                continue;
            }
            if (wanted.isPast(line)) {
                seen.add(String.valueOf(line.id()));
                line.labels().forEach(part -> seen.add(part.shipment().id()));
                continue;
            }
            missing += seen.add(String.valueOf(line.id())) ? line.toCome() : 0;
            int number = 0;
            for (TakenRow.Part part : line.labels()) {
                ShipmentRow shipment = part.shipment();
                String format = pdf ? "PDF" : shipment.labelFormat();
                Collection<Integer> parcels = seen.add(shipment.id()) ? dispatch.parcels(shipment, format) : List.of();
                for (int parcel : parcels) {
                    number++;
                    byte[] label = dispatch.label(shipment, parcel, format).orElse(null);
                    if (label != null) {
                        into.add(line, shipment, number, label);
                        labels++;
                        again += wasIn ? 1 : 0;
                    } else {
                        missing++;
                    }
                }
            }
        }
        return new Count(labels, again, missing);
    }
}
