package io.waybill.api;

import io.waybill.batch.GivenBack;
import io.waybill.batch.Lines;
import io.waybill.batch.Sheet;
import io.waybill.batch.Uploads;
import io.waybill.format.Format;
import io.waybill.ledger.BatchRow;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The files a batch is given back as: its results, its bad rows, its labels. Each is called after the one that came.
 *
 * @param home the hub's own address, where it is set
 */
record BatchFiles(Uploads uploads, BatchLabels labels, BatchCounts counts, Optional<String> home) {
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            ".csv", "text/csv; charset=utf-8",
            ".tsv", "text/tab-separated-values; charset=utf-8",
            ".xlsx", Listed.XLSX,
            ".json", "application/json",
            ".ndjson", "application/x-ndjson",
            ".xml", "application/xml");

    Answer results(Request request, BatchRow batch, Format format) {
        Locale language = request.header("Accept-Language").isPresent()
                ? request.language()
                : uploads.feed(batch).language();
        Sheet sheet = new Sheet(format, language, shipment -> home(request) + BatchView.label(shipment));
        Path file = givenBack(request, batch).sheet(sheet);
        return file(batch, file, "." + format.word(), "-results");
    }

    private String home(Request request) {
        boolean here = request.host().matches("(127\\.0\\.0\\.1|localhost|\\[::1]):\\d+");
        return home.orElse(here ? "http://" + request.host() : "").replaceFirst("/$", "");
    }

    Answer errors(Request request, BatchRow batch) {
        GivenBack back = givenBack(request, batch);
        return back.hasErrors() ? file(batch, back.errors(), back.errorsExtension(), "-errors") : Answer.empty(204);
    }

    Answer labels(Request request, BatchRow batch) throws IOException {
        String format = request.among("format", List.of("pdf", "zip")).orElse("pdf");
        int limit = request.query("limit").isPresent() ? request.limit(BatchCalls.MOST) : BatchLabels.ALL;
        BatchLabels.Wanted wanted = new BatchLabels.Wanted(
                request.among("only", List.of("new")).isPresent(), request.place("legal.documents-before"), limit);
        Path path = uploads.temporary();
        boolean areToCome = counts.areLabelsToCome(batch, uploads.taken(batch));
        Lines lines = givenBack(request, batch).lines(0);
        BatchLabels.Count count = new BatchLabels.Count(0, 0, 0);
        try {
            count = format.equals("pdf") ? labels.pdf(lines, wanted, path) : labels.zip(lines, wanted, path);
        } finally {
            if (count.labels() == 0) {
                Files.deleteIfExists(path);
            }
        }
        if (count.labels() == 0) {
            throw new ProblemException(none(batch, wanted, areToCome));
        }
        String type = format.equals("pdf") ? "application/pdf" : "application/zip";
        return Answer.file(type, path, count.name(wanted.name(stem(batch), batch.documents()), format))
                .with("X-Labels", String.valueOf(count.labels()))
                .with("X-Labels-Again", String.valueOf(count.again()))
                .with("X-Labels-Missing", String.valueOf(count.missing()));
    }

    /**
     * Whether asking again is worth it: a script that goes from part to part ends at the last, and waits for none that stays empty.
     *
     * @param areToCome as it was before the labels were looked for: those made meanwhile are still to be asked for
     */
    private static Problem none(BatchRow batch, BatchLabels.Wanted wanted, boolean areToCome) {
        Integer documents = batch.documents();
        if (wanted.isPastEnd(documents)) {
            return Problem.of(
                    ApiCode.BATCH_LABELS_PAST_END, "id", batch.id(), "documents", documents, "after", wanted.after());
        }
        String which = wanted.which(documents);
        return areToCome
                ? Problem.of(ApiCode.BATCH_LABELS_TO_COME, "id", batch.id(), "which", which, "seconds", 5)
                : Problem.of(ApiCode.BATCH_NO_LABELS, "id", batch.id(), "which", which);
    }

    private GivenBack givenBack(Request request, BatchRow batch) {
        return uploads.givenBack(batch, request.caller().namespaces());
    }

    private static Answer file(BatchRow batch, Path file, String extension, String mark) {
        return Answer.file(
                MEDIA_TYPES.getOrDefault(extension, "application/octet-stream"), file, stem(batch) + mark + extension);
    }

    private static String stem(BatchRow batch) {
        return batch.name().replaceFirst("(\\.gz)?$", "").replaceFirst("\\.[A-Za-z0-9]{1,6}$", "");
    }
}
