package io.waybill.batch;

import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the header of a file fits each source; those whose mapping reads no table are passed over. */
record Fitting(Uploads.Feeds feeds, Taker taker) {

    /** @param format as the caller says, or null: as the name says, or else the mapping */
    List<Fit> of(Headers headers, @Nullable String format, Namespaces scope) {
        List<Fit> fits = new ArrayList<>();
        for (String source : feeds.sources(scope)) {
            Reading own = feeds.feed(source, null).reading();
            if (isTable(own)) {
                fits.add(fit(headers, source, format != null ? format : named(headers.name(), own)));
            }
        }
        return fits;
    }

    private static boolean isTable(Reading reading) {
        return reading.format().tabular() && reading.format() != Format.ROW;
    }

    /** A table of one kind saved as another says so by its name; a workbook with macros is a workbook. */
    private static @Nullable String named(String name, Reading own) {
        String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "").replaceFirst("\\.xlsm$", ".xlsx");
        return Stream.of(Format.CSV, Format.TSV, Format.XLSX, Format.XLS)
                .filter(format -> plain.endsWith("." + format.word()) && format != own.format())
                .map(Format::word)
                .findFirst()
                .orElse(null);
    }

    private Fit fit(Headers headers, String source, @Nullable String format) {
        ByColumns.Chosen chosen = new ByColumns.Chosen(source, format);
        Feed feed = feeds.feed(source, format);
        Format as = feed.reading().format();
        Headers.Header header = headers.of(feed.reading());
        List<String> columns = header.columns();
        if (columns.isEmpty()) {
            return new Fit(chosen, as, List.of(), List.of(), header.problems());
        }
        List<Problem> refused = ResultsSheet.told(taker, columns, headers.name(), feed);
        List<Problem> problems = refused.isEmpty() ? header.problems() : refused;
        return new Fit(chosen, as, columns, taker.unread(columns, feed), problems);
    }
}
