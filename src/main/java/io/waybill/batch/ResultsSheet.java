package io.waybill.batch;

import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A sheet of results that is handed over as if it were one of orders: who corrects its rows is told which file is for that. */
final class ResultsSheet {
    private ResultsSheet() {}

    /**
     * What is wrong with a file as its columns show, in words that help who handed over what a batch gave back.
     *
     * @param name of the file, as it was handed over
     */
    static List<Problem> told(Taker taker, List<String> columns, String name, Feed feed) {
        List<Problem> problems = taker.refuse(columns, feed);
        int own = columns.size() - Sheet.EXTRAS.size();
        if (problems.isEmpty() || own < 1) {
            return problems;
        }
        List<String> added = columns.subList(own, columns.size());
        boolean isOfResults = Stream.of(Locale.ENGLISH, Locale.CHINESE).anyMatch(language -> isAdded(added, language))
                && taker.refuse(columns.subList(0, own), feed).isEmpty();
        return isOfResults
                ? List.of(Problem.of(
                        BatchCode.RESULTS_SHEET, "name", ArchiveName.clean(name), "columns", String.join(", ", added)))
                : problems;
    }

    /** A name that the sheet had before is numbered. */
    private static boolean isAdded(List<String> columns, Locale language) {
        return IntStream.range(0, columns.size())
                .allMatch(place -> columns.get(place)
                        .replaceFirst("_\\d+$", "")
                        .equals(Messages.in(language).text("sheet." + Sheet.EXTRAS.get(place))));
    }
}
