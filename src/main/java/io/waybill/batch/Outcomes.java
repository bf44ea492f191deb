package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LookBook;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The recorded outcomes of one file in order, a page at a time, beside a reader that walks the same file. */
final class Outcomes {
    private static final int PAGE = 1_000;
    private static final int PROBLEMS = 50;

    private final IntFunction<List<Outcome>> pages;
    private final @Nullable Instant since;
    private final Deque<Outcome> page = new ArrayDeque<>();
    private int loaded;
    private boolean ended;

    Outcomes(Ledger ledger, FileRow file, int after) {
        this(from -> ledger.read(tx -> tx.outcomes().of(file.id(), from, PAGE)), file.receivedAt(), after);
    }

    Outcomes(IntFunction<List<Outcome>> pages, @Nullable Instant since, int after) {
        this.pages = pages;
        this.since = since;
        this.loaded = after;
    }

    /** What a look at a batch found. */
    static Outcomes looked(Ledger ledger, BatchRow batch) {
        return new Outcomes(
                from -> ledger.read(tx -> tx.looks().rows(batch.id(), from, PAGE)).stream()
                        .map(Outcomes::of)
                        .toList(),
                null,
                0);
    }

    private static Outcome of(LookBook.Row row) {
        return new Outcome(
                row.ordinal(),
                row.firstRow(),
                row.lastRow(),
                row.orderId(),
                row.orderUid(),
                row.result(),
                row.code(),
                row.problems(),
                null,
                null);
    }

    /** The next one, or null after the last. */
    @Nullable
    Outcome next() {
        fill();
        return page.poll();
    }

    /** The outcome of this very document, or null; asked in rising order. */
    @Nullable
    Outcome of(Document document) {
        fill();
        while (!page.isEmpty() && page.getFirst().ordinal() < document.ordinal()) {
            page.removeFirst();
            fill();
        }
        Outcome first = page.peekFirst();
        boolean same = first != null
                && first.ordinal() == document.ordinal()
                && first.firstRow() == document.firstRow()
                && first.lastRow() == document.lastRow();
        return same ? first : null;
    }

    /** What this drop of the file says of a document: one that was settled before is a duplicate now. */
    Fate told(Outcome outcome) {
        Fate.Result result = result(outcome);
        Instant recorded = outcome.recordedAt();
        boolean before = recorded != null && since != null && recorded.isBefore(since);
        return new Fate(
                before && result.settled() ? Fate.Result.DUPLICATE : result,
                outcome.orderId(),
                outcome.orderUid(),
                outcome.code(),
                problems(outcome.problems()));
    }

    static Fate.Result result(Outcome outcome) {
        return Fate.Result.valueOf(outcome.result());
    }

    static Outcome of(Document document, Fate fate) {
        return new Outcome(
                document.ordinal(),
                document.firstRow(),
                document.lastRow(),
                fate.orderId(),
                fate.uid(),
                fate.result().name(),
                fate.code(),
                json(fate.problems()),
                null,
                null);
    }

    /** Empty where they are not known. */
    static String rows(long first, long last) {
        if (first == 0) {
            return "";
        }
        return first == last ? String.valueOf(first) : first + "-" + last;
    }

    static @Nullable String json(List<Problem> problems) {
        return problems.isEmpty()
                ? null
                : Json.text(problems.stream().limit(PROBLEMS).toList());
    }

    static List<Problem> problems(@Nullable String json) {
        return json == null ? List.of() : List.of(Json.kept(json, Problem[].class));
    }

    private void fill() {
        if (!page.isEmpty() || ended) {
            return;
        }
        List<Outcome> more = pages.apply(loaded);
        ended = more.size() < PAGE;
        page.addAll(more);
        loaded = more.isEmpty() ? loaded : more.get(more.size() - 1).ordinal();
    }
}
