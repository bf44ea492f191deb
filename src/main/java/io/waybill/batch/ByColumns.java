package io.waybill.batch;

import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of several sources a sheet is for, as its header tells: the one whose mapping takes it and leaves the fewest of its
 * columns unread, where none that refuses it reads more of them. Sources whose mapping reads no table are passed over.
 */
public record ByColumns(Uploads.Feeds feeds, Taker taker) {

    /** A file, from its beginning each time. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    /** @param format overrules the mapping's own; or null */
    public record Chosen(String source, @Nullable String format) {}

    /**
     * The source of these namespaces a sheet is for.
     *
     * @param name says its format where neither the caller nor the mapping does
     * @param format as the caller says, or null
     * @throws ProblemException {@code columns-of-no-source}, with what is wrong with it for the nearest; {@code
     *     columns-of-several}; {@code results-sheet}; what is wrong with a file in which no header can be found
     */
    public Chosen choose(Content content, String name, @Nullable String format, Namespaces scope) {
        List<Fit> fits = fits(content, name, format, scope);
        List<Fit> best = best(fits);
        if (best.isEmpty()) {
            throw new ProblemException(NoSource.told(fits, name));
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

    /** Those that take it; none where one that refuses it reads more of it, as its own does but for a misspelt column. */
    private static List<Fit> best(List<Fit> fits) {
        int fewest = fits.stream().filter(Fit::isNear).mapToInt(Fit::left).min().orElse(0);
        return fits.stream()
                .filter(fit -> fit.isTaken() && fit.left() == fewest)
                .toList();
    }

    private static String sources(List<Fit> fits) {
        return fits.stream().map(Fit::source).collect(Collectors.joining(", "));
    }

    private List<Fit> fits(Content content, String name, @Nullable String format, Namespaces scope) {
        return new Fitting(feeds, taker).of(new Headers(content, name), format, scope);
    }
}
