package io.waybill.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes orders of {@code order_no;city} into a map that outlives a crash of the hub. */
public final class ShopTaker implements Taker {
    enum Wrong implements Code {
        CITY_IS_MISSING,
        ORDER_BOUGHT_MEANWHILE,
        COLUMN_IS_MISSING
    }

    /** What was created: orderId to city. */
    public final Map<String, String> orders = new ConcurrentHashMap<>();

    /** Orders that are being bought. */
    public final Set<String> bought = ConcurrentHashMap.newKeySet();

    public int created;
    public int asked;
    public int dieAt = -1;

    /** What happens in between, once. */
    public Runnable meanwhile = () -> {};

    private final Map<String, Fate> answers = new HashMap<>();

    private Fate takeOne(Document document, Context context) {
        if (++asked == dieAt) {
            throw new IllegalStateException("the database is gone");
        }
        Fate before = answers.get(context.key());
        if (before != null && before.result() != Fate.Result.REJECTED) {
            return before;
        }
        String id = document.tree().path("order_no").asText();
        if (bought.contains(id)) {
            Problem why = Problem.of(Wrong.ORDER_BOUGHT_MEANWHILE, "orderId", id);
            return new Fate(Fate.Result.CONFLICT, id, "ord_" + id, why.code(), List.of(why));
        }
        Fate now = decide(document);
        answers.put(context.key(), now);
        return now;
    }

    @Override
    public synchronized List<Fate> takeAll(List<Handed> handed) {
        Runnable happens = meanwhile;
        meanwhile = () -> {};
        happens.run();
        if (handed.size() > 1 && asked < dieAt && asked + handed.size() >= dieAt) {
            throw new IllegalStateException("the database is gone");
        }
        return handed.stream()
                .map(one -> takeOne(one.document(), one.context()))
                .toList();
    }

    private Fate decide(Document document) {
        JsonNode tree = document.tree();
        String id = tree.path("order_no").asText();
        String city = tree.path("city").asText();
        if (!document.problems().isEmpty()) {
            return Fate.rejected(id, document.problems());
        }
        if (city.isBlank() || tree.has("waybill_reason")) {
            return Fate.rejected(id, List.of(Problem.of(Wrong.CITY_IS_MISSING, "row", document.firstRow())));
        }
        if (city.equals(orders.get(id))) {
            return new Fate(Fate.Result.DUPLICATE, id, "ord_" + id, null, List.of());
        }
        if (orders.put(id, city) != null) {
            return new Fate(Fate.Result.REPLACED, id, "ord_" + id, null, List.of());
        }
        created++;
        return Fate.accepted(id, "ord_" + id);
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return columns.isEmpty() || columns.contains("order_no")
                ? List.of()
                : List.of(Problem.of(Wrong.COLUMN_IS_MISSING, "column", "order_no"));
    }
}
