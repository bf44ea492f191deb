package io.waybill.batch;

import io.waybill.format.CsvOutput;
import io.waybill.format.Formats;
import io.waybill.format.SeenKeys;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One line a document, for the people who sent the file: what became of it and why. Counts as it writes. */
final class Receipt {
    private static final List<String> COLUMNS = List.of("rows", "orderId", "result", "code", "message");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final Feed feed;
    private final Map<Fate.Result, Integer> counts = new EnumMap<>(Fate.Result.class);
    private final List<Report.Line> lines = new ArrayList<>();
    private final SeenKeys seen = new SeenKeys();

    Receipt(Feed feed) {
        this.feed = feed;
    }

    Map<Fate.Result, Integer> counts() {
        return counts;
    }

    List<Report.Line> lines() {
        return lines;
    }

    /** Writes every outcome up to the last document read, then what is wrong with the file as a whole. */
    void write(Path path, Outcomes outcomes, int documents, List<Problem> problems, String word) {
        NewFile.write(path, out -> {
            mark(out);
            try (CsvOutput csv = Formats.csv(out, delimiter(), COLUMNS)) {
                for (Outcome next = outcomes.next();
                        next != null && next.ordinal() <= documents;
                        next = outcomes.next()) {
                    line(csv, Outcomes.rows(next.firstRow(), next.lastRow()), beside(next, outcomes.told(next)));
                }
                problems.forEach(problem -> csv.row(List.of(
                        problem.values().getOrDefault("row", ""),
                        "",
                        word,
                        problem.code(),
                        problem.sentence(feed.language()))));
            }
        });
    }

    /** The same with the row of this file that said something else of the same order before it. */
    private Fate beside(Outcome outcome, Fate fate) {
        String order = fate.orderId();
        if (order == null || outcome.firstRow() <= 0 || !fate.result().settled()) {
            return fate;
        }
        long earlier = seen.remember(order, outcome.firstRow());
        return earlier == 0 || fate.result() != Fate.Result.REPLACED
                ? fate
                : fate.noting(List.of(Problem.of(BatchCode.REPLACES_ROW, "earlier", earlier)));
    }

    private void line(CsvOutput csv, String rows, Fate fate) {
        counts.merge(fate.result(), 1, Integer::sum);
        if (lines.size() < Report.LINES) {
            lines.add(new Report.Line(rows, fate));
        }
        csv.row(List.of(
                rows,
                number(fate),
                fate.result().word(),
                fate.code() == null ? "" : fate.code(),
                message(fate, feed.language())));
    }

    /** Its number; of rows that were not read together what they have in common, which names them. */
    private static String number(Fate fate) {
        return fate.orderId() != null
                ? fate.orderId()
                : fate.problems().stream()
                        .filter(problem -> problem.code().equals("scattered-group"))
                        .map(problem -> problem.values().getOrDefault("value", ""))
                        .findFirst()
                        .orElse("");
    }

    private static String message(Fate fate, Locale language) {
        return fate.problems().stream()
                .map(problem -> problem.sentence(language))
                .collect(Collectors.joining("; "));
    }

    private char delimiter() {
        return feed.reading().format().tabular() ? feed.reading().delimiter() : ',';
    }

    /** A spreadsheet takes a file without the mark for the machine's old code page, and shows Chinese as noise. */
    private void mark(OutputStream out) throws IOException {
        if (feed.language().getLanguage().equals(Locale.CHINESE.getLanguage())) {
            out.write(BYTE_ORDER_MARK);
        }
    }
}
