package io.waybill.batch;

import io.waybill.format.FormatCode;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A sheet whose columns are those of no source: what is told of it. */
final class NoSource {
    /** What text says of a workbook, and a workbook of all else. */
    private static final Set<String> OF_WORKBOOKS =
            Set.of(FormatCode.IS_A_WORKBOOK.code(), FormatCode.NOT_A_WORKBOOK.code());

    private NoSource() {}

    /**
     * What is wrong with it for the source that comes nearest; of a sheet of results that it is one, whose header is right.
     *
     * @param fits of which none is to be taken
     * @param name of the file, as it was handed over
     */
    static List<Problem> told(List<Fit> fits, String name) {
        if (!fits.isEmpty() && fits.stream().allMatch(Fit::isUnreadable)) {
            return unreadable(fits);
        }
        Optional<Fit> nearest = fits.stream().filter(Fit::isNear).min(Fit.NEAREST_FIRST);
        List<Problem> wrong = nearest.map(Fit::problems).orElse(List.of());
        if (wrong.stream().anyMatch(NoSource::isOfResults)) {
            return wrong;
        }
        Problem told = Problem.of(
                BatchCode.COLUMNS_OF_NO_SOURCE,
                "name",
                ArchiveName.clean(name),
                "nearest",
                nearest.map(Fit::source).orElse("-"));
        return Stream.concat(Stream.of(told), wrong.stream()).toList();
    }

    /** By whom it tells most; of a file of another kind than is read here, all that is. */
    private static List<Problem> unreadable(List<Fit> fits) {
        Fit telling = fits.stream()
                .filter(fit -> fit.problems().stream().map(Problem::code).noneMatch(OF_WORKBOOKS::contains))
                .findFirst()
                .orElse(fits.get(0));
        return telling.problems().stream()
                .map(problem -> problem.values().containsKey("reads") ? problem.with("reads", formats(fits)) : problem)
                .toList();
    }

    private static String formats(List<Fit> fits) {
        return fits.stream().map(fit -> fit.format().word()).distinct().collect(Collectors.joining(", "));
    }

    private static boolean isOfResults(Problem problem) {
        return problem.code().equals(BatchCode.RESULTS_SHEET.code());
    }
}
