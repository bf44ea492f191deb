package io.waybill.batch;

import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of several sources a sheet is for, as its header tells: the one whose mapping takes it and leaves the fewest of its
 * columns unread, where none that refuses it comes nearer. Sources whose mapping reads no table are passed over.
 */
public record ByColumns(Uploads.Feeds feeds, Taker taker) {

    /** A file, from its beginning each time. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** @param format overrules the mapping's own; or null */
    public record Chosen(String source, @Nullable String format) {}

    /** A header beside one source's mapping. */
    private record Fit(Chosen chosen, List<String> columns, List<String> unread, List<Problem> problems) {
        boolean isTaken() {
            return problems.isEmpty() && isNear();
        }

        /** It reads one of the columns at least. */
        boolean isNear() {
            return unread.size() < columns.size();
        }

        boolean isUnreadable() {
            return columns.isEmpty() && !problems.isEmpty();
        }

        int apart() {
            return unread.size() + problems.size();
        }

        String source() {
            return chosen.source();
        }
    }

    /**
     * The source of these namespaces a sheet is for.
     *
     * @param name says its format where neither the caller nor the mapping does
     * @param format as the caller says, or null
     * @throws ProblemException {@code columns-of-no-source}, with what is wrong with it for the nearest; {@code
     *     columns-of-several}; what is wrong with a file in which no header can be found
     */
    public Chosen choose(Content content, String name, @Nullable String format, Namespaces scope) {
        List<Fit> fits = fits(content, name, format, scope);
        List<Fit> best = best(fits);
        if (best.isEmpty()) {
            throw none(fits, name);
        }
        if (best.size() > 1) {
            throw new ProblemException(Problem.of(
                    BatchCode.COLUMNS_OF_SEVERAL, "name", ArchiveName.clean(name), "sources", sources(best)));
        }
        return best.get(0).chosen();
    }

    /** Of a sheet that its source does not take: which other one does, where exactly one is the nearest. */
    Optional<Problem> another(Content content, String name, Feed refusing, @Nullable String format, Namespaces scope) {
        List<Fit> fits = fits(content, name, format, scope);
        boolean isTaken = fits.stream().anyMatch(fit -> fit.source().equals(refusing.source()) && fit.isTaken());
        List<Fit> best = isTaken ? List.of() : best(fits);
        return best.size() != 1
                ? Optional.empty()
                : Optional.of(Problem.of(
                        BatchCode.COLUMNS_OF_ANOTHER,
                        "name",
                        ArchiveName.clean(name),
                        "from",
                        refusing.source(),
                        "other",
                        best.get(0).source()));
    }

    /** Those that take it; none where one that refuses it comes nearer, as its own does for a misspelt column. */
    private static List<Fit> best(List<Fit> fits) {
        int fewest =
                fits.stream().filter(Fit::isNear).mapToInt(Fit::apart).min().orElse(0);
        return fits.stream()
                .filter(fit -> fit.isTaken() && fit.apart() == fewest)
                .toList();
    }

    private static ProblemException none(List<Fit> fits, String name) {
        if (!fits.isEmpty() && fits.stream().allMatch(Fit::isUnreadable)) {
            return new ProblemException(fits.get(0).problems());
        }
        Optional<Fit> nearest = fits.stream().filter(Fit::isNear).min(Comparator.comparingInt(Fit::apart));
        Problem told = Problem.of(
                BatchCode.COLUMNS_OF_NO_SOURCE,
                "name",
                ArchiveName.clean(name),
                "nearest",
                nearest.map(Fit::source).orElse("-"));
        return new ProblemException(
                Stream.concat(Stream.of(told), nearest.stream().flatMap(fit -> fit.problems().stream()))
                        .toList());
    }

    private static String sources(List<Fit> fits) {
        return fits.stream().map(Fit::source).collect(Collectors.joining(", "));
    }

    private List<Fit> fits(Content content, String name, @Nullable String format, Namespaces scope) {
        Headers headers = new Headers(content, name);
        List<Fit> fits = new ArrayList<>();
        for (String source : feeds.sources(scope)) {
            Reading own = feeds.feed(source, null).reading();
            if (isTable(own)) {
                Chosen chosen = new Chosen(source, format != null ? format : named(name, own));
                fits.add(fit(headers, chosen));
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

    /** Where a column is missing that rows are grouped by, the others are compared all the same. */
    private Fit fit(Headers headers, Chosen chosen) {
        Feed feed = feeds.feed(chosen.source(), chosen.format());
        Header header = headers.of(feed.reading());
        if (header.columns().isEmpty()) {
            return new Fit(chosen, List.of(), List.of(), header.problems());
        }
        List<String> columns = header.columns();
        List<Problem> refused = ResultsSheet.told(taker, columns, headers.name(), feed);
        return new Fit(chosen, columns, taker.unread(columns, feed), refused.isEmpty() ? header.problems() : refused);
    }

    /** @param columns none where the file has no header to be read */
    private record Header(List<String> columns, List<Problem> problems) {}

    /** The header of a file, which is opened once for all mappings that look for it in the same place. */
    private static final class Headers {
        private final Content content;
        private final String name;
        private final Map<Reading, Header> read = new HashMap<>();

        Headers(Content content, String name) {
            this.content = content;
            this.name = name;
        }

        String name() {
            return name;
        }

        Header of(Reading reading) {
            Header header = read.computeIfAbsent(ungrouped(reading), this::read);
            if (header.columns().isEmpty()) {
                return header;
            }
            try {
                return new Header(Formats.columns(header.columns(), name, reading), List.of());
            } catch (ProblemException e) {
                return new Header(header.columns(), e.problems());
            }
        }

        private static Reading ungrouped(Reading reading) {
            Table table = reading.table();
            return reading.withGroupBy(List.of())
                    .withTable(new Table(table.sheet(), table.headerRow(), List.of(), table.columns()));
        }

        private Header read(Reading reading) {
            try (InputStream in = content.open();
                    DocumentReader reader = Formats.open(in, name, reading)) {
                return new Header(reader.columns(), List.of());
            } catch (ProblemException e) {
                return new Header(List.of(), e.problems());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
