package io.waybill.ledger;

import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;

/** Counts by a word. */
final class Tally {
    private Tally() {}

    /** @param query whose rows are a word and how many there are of it, each word once */
    static Map<String, Integer> of(Query query) {
        return query.map((row, context) -> Map.entry(row.getString(1), row.getInt(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
