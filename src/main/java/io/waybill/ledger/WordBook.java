package io.waybill.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The words of recipients' names, kept beside their orders and gone with them. */
final class WordBook {
    /** More orders than this have a common word: going through the newest finds a page of them sooner. */
    private static final int COMMON = 50_000;

    private static final String KEEP = "INSERT INTO order_word (order_uid, word) VALUES (:order, :word)";

    private static final String COUNT = """
            SELECT COUNT(*) FROM (SELECT 1 AS one FROM order_word w WHERE w.word >= :from AND w.word < :to LIMIT :most) t""";

    /** Each by an index of its own. */
    private static final String EXACT = """
            SELECT a.id FROM orders a WHERE a.order_id = :text
            UNION SELECT b.id FROM orders b WHERE b.reference = :text
            UNION SELECT i.order_uid FROM order_identifier i WHERE i.id_value = :text""";

    private final Handle handle;

    WordBook(Handle handle) {
        this.handle = handle;
    }

    /** @param recipients by order */
    void keep(Map<String, String> recipients) {
        Sql kept = Sql.of(handle, KEEP);
        recipients.forEach((order, name) -> NameWords.of(name)
                .forEach(word -> kept.bind("order", order).bind("word", word).add()));
        kept.write();
    }

    void replace(String order, @Nullable String recipient) {
        handle.createUpdate("DELETE FROM order_word WHERE order_uid = :order")
                .bind("order", order)
                .execute();
        if (recipient != null) {
            keep(Map.of(order, recipient));
        }
    }

    /** A condition on an order {@code o} and the values in it: a number of it is this text, or its recipient's name has all its words. */
    Found find(String text) {
        Map<String, Object> values = new HashMap<>(Map.of("text", text));
        List<Part> parts = new ArrayList<>();
        for (String word : NameWords.asked(text)) {
            int place = parts.size();
            values.put("from" + place, word);
            values.put("to" + place, NameWords.after(word));
            parts.add(new Part(place, count(word)));
        }
        return new Found(condition(parts), values);
    }

    record Found(String condition, Map<String, Object> values) {}

    private record Part(int place, long orders) {
        String range(String alias) {
            return "%1$s.word >= :from%2$d AND %1$s.word < :to%2$d".formatted(alias, place);
        }

        String beside(String order) {
            return "EXISTS (SELECT 1 FROM order_word v WHERE v.order_uid = " + order + " AND " + range("v") + ")";
        }
    }

    private static String condition(List<Part> parts) {
        if (parts.isEmpty()) {
            return "o.id IN (" + EXACT + ")";
        }
        Part rarest = parts.stream().min(Comparator.comparingLong(Part::orders)).orElseThrow();
        if (rarest.orders() >= COMMON) {
            String all = parts.stream().map(part -> part.beside("o.id")).collect(Collectors.joining(" AND "));
            return "(o.id IN (" + EXACT + ") OR (" + all + "))";
        }
        String others = parts.stream()
                .filter(part -> !part.equals(rarest))
                .map(part -> " AND " + part.beside("w.order_uid"))
                .collect(Collectors.joining());
        return "o.id IN (" + EXACT + " UNION SELECT w.order_uid FROM order_word w WHERE " + rarest.range("w") + others
                + ")";
    }

    private long count(String word) {
        return handle.createQuery(COUNT)
                .bind("from", word)
                .bind("to", NameWords.after(word))
                .bind("most", COMMON)
                .mapTo(Long.class)
                .one();
    }
}
