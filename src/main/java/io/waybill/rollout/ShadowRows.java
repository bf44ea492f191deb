package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.ShadowBook.LiveOnly;
import io.waybill.ledger.ShadowBook.Pair;
import io.waybill.measure.Money;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The same as a table: a row for each field that differs, and one for each order without any, or that only one side had. */
public final class ShadowRows implements Comparison.Hearer {
    public static final List<String> COLUMNS =
            List.of("orderId", "result", "field", "shadow", "live", "shadowCost", "liveCost");

    private final List<ObjectNode> rows = new ArrayList<>();
    private final Locale language;

    private ShadowRows(Locale language) {
        this.language = language;
    }

    public static List<ObjectNode> of(
            Comparison comparison, String source, String namespace, Instant since, Locale language) {
        ShadowRows rows = new ShadowRows(language);
        comparison.tell(source, namespace, since, rows);
        return rows.rows;
    }

    @Override
    public void pair(Pairing pairing) {
        List<Difference> differences = pairing.differences();
        if (differences.isEmpty()) {
            costs(row(pairing.orderId(), "same", null, null, null), pairing);
        }
        differences.forEach(
                one -> costs(row(one.orderId(), "different", one.pointer(), one.shadow(), one.live()), pairing));
    }

    private static void costs(ObjectNode row, Pairing pairing) {
        row.put("shadowCost", cost(pairing.shadowCost())).put("liveCost", cost(pairing.liveCost()));
    }

    private static @Nullable String cost(@Nullable Money money) {
        return money == null ? null : CostSum.plain(money.amount()) + " " + money.currency();
    }

    @Override
    public void onlyShadow(Pair pair) {
        alone(row(pair.orderId(), "only-shadow", null, null, null));
    }

    @Override
    public void onlyLive(LiveOnly order) {
        alone(row(order.orderId(), "only-live", null, null, order.source()));
    }

    @Override
    public void noOrder(Pair pair) {
        ShadowReport.problems(pair)
                .forEach(problem ->
                        alone(row(pair.orderId(), "no-order", pointer(problem), problem.sentence(language), null)));
    }

    private static @Nullable String pointer(Problem problem) {
        return problem.pointer();
    }

    private static void alone(ObjectNode row) {
        row.putNull("shadowCost").putNull("liveCost");
    }

    private ObjectNode row(
            @Nullable String orderId,
            String what,
            @Nullable String field,
            @Nullable String shadow,
            @Nullable String live) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("orderId", orderId)
                .put("result", what)
                .put("field", field)
                .put("shadow", shadow)
                .put("live", live);
        rows.add(row);
        return row;
    }
}
