package io.waybill.batch;

import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is wrong with rows of a table, told beside them: by the table's own columns where its mapping says which. */
record BesideRow(List<String> columns, Locale language) {
    /** @param several whether the problems are of several rows, of which one may be the one meant */
    String told(List<Problem> problems, boolean several) {
        return problems.stream().map(problem -> told(problem, several)).collect(Collectors.joining("; "));
    }

    private String told(Problem problem, boolean several) {
        String own = Stream.of(problem.values().getOrDefault("source", "").split(", "))
                .filter(columns::contains)
                .collect(Collectors.joining(", "));
        if (own.isEmpty()) {
            return problem.sentence(language);
        }
        String row = problem.values().get("row");
        String where = several && row != null ? Messages.in(language).text("sentence.row", "row", row) + ", " : "";
        return where + own + ": " + problem.said(language);
    }
}
