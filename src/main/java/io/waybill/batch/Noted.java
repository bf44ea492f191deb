package io.waybill.batch;

import io.waybill.format.Document;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was noted of the documents of a file, for who sees only its first rows: of each kind the first, and of how many. */
final class Noted {
    private final Map<String, Problem> first = new LinkedHashMap<>();
    private int documents;

    void of(Document document) {
        document.notes().forEach(note -> first.putIfAbsent(note.code(), note));
        documents += document.notes().isEmpty() ? 0 : 1;
    }

    /** Of each kind the first; empty when nothing was noted. */
    List<Problem> first() {
        return List.copyOf(first.values());
    }

    /** The same, and of how many documents something was noted where they are more than one. */
    List<Problem> told() {
        List<Problem> told = new ArrayList<>(first.values());
        if (documents > 1) {
            told.add(Problem.of(BatchCode.BATCH_ROWS_NOTED, "documents", documents));
        }
        return told;
    }
}
