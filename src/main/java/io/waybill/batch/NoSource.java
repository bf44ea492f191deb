package io.waybill.batch;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A sheet whose columns are those of no source: what is told of it. */
final class NoSource {
    private NoSource() {}

    /**
     * What is wrong with it for the source that comes nearest; of a sheet of results that it is one, whose header is right.
     *
     * @param fits of which none is to be taken
     * @param name of the file, as it was handed over
     */
    static List<Problem> told(List<Fit> fits, String name) {
        if (!fits.isEmpty() && fits.stream().allMatch(Fit::isUnreadable)) {
            return fits.get(0).problems();
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

    private static boolean isOfResults(Problem problem) {
        return problem.code().equals(BatchCode.RESULTS_SHEET.code());
    }
}
