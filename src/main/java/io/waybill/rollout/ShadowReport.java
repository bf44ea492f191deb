package io.waybill.rollout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.ShadowBook.LiveOnly;
import io.waybill.ledger.ShadowBook.Pair;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The evidence for switching over: agreement of each field, what it would cost, and the orders only one side had. */
public final class ShadowReport implements Comparison.Hearer {
    private static final int EXAMPLES = 20;

    private final Locale language;
    private final Map<String, Field> fields = new TreeMap<>();
    private final Map<String, CostSum> costs = new TreeMap<>();
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();
    private final ArrayNode fieldList = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode onlyShadow = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode onlyLive = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode noOrders = JsonNodeFactory.instance.arrayNode();
    private long compared;
    private long agreeing;
    private long costsUnknown;
    private long onlyShadowCount;
    private long onlyLiveCount;
    private long noOrderCount;

    ShadowReport(Locale language) {
        this.language = language;
    }

    /** @param since only documents that came, or came again, from then on */
    public static ObjectNode of(
            Comparison comparison, String source, String namespace, Instant since, Locale language) {
        ShadowReport report = new ShadowReport(language);
        boolean complete = comparison.tell(source, namespace, since, report);
        return report.json(source, namespace, complete);
    }

    @Override
    public void pair(Pairing pairing) {
        compared++;
        List<Difference> differences = pairing.differences();
        agreeing += differences.isEmpty() ? 1 : 0;
        Map<String, List<Difference>> byField = new TreeMap<>();
        pairing.pointers().forEach(pointer -> byField.put(Leaves.field(pointer), new ArrayList<>()));
        differences.forEach(
                one -> byField.getOrDefault(one.field(), new ArrayList<>()).add(one));
        byField.forEach((name, found) -> fields.computeIfAbsent(name, first -> new Field(fieldList.addObject(), first))
                .order(found));
        cost(pairing);
    }

    private void cost(Pairing pairing) {
        Money shadow = pairing.shadowCost();
        Money live = pairing.liveCost();
        if (shadow == null || live == null || !shadow.currency().equals(live.currency())) {
            costsUnknown++;
        } else {
            costs.computeIfAbsent(shadow.currency().getCurrencyCode(), code -> new CostSum())
                    .add(shadow.amount(), live.amount());
        }
    }

    @Override
    public void onlyShadow(Pair pair) {
        onlyShadowCount++;
        example(onlyShadow, String.valueOf(pair.orderId()));
    }

    @Override
    public void onlyLive(LiveOnly order) {
        onlyLiveCount++;
        example(onlyLive, order.orderId());
    }

    private static void example(ArrayNode list, String orderId) {
        if (list.size() < EXAMPLES) {
            list.add(orderId);
        }
    }

    @Override
    public void noOrder(Pair pair) {
        noOrderCount++;
        if (noOrders.size() < EXAMPLES) {
            noOrders.addObject().put("orderId", pair.orderId()).put("text", sentences(pair));
        }
    }

    private String sentences(Pair pair) {
        return String.join(
                " ",
                problems(pair).stream()
                        .map(problem -> problem.sentence(language))
                        .toList());
    }

    static List<Problem> problems(Pair pair) {
        return pair.problems() == null ? List.of() : List.of(Json.kept(pair.problems(), Problem[].class));
    }

    ObjectNode json(String source, String namespace, boolean complete) {
        json.put("source", source)
                .put("namespace", namespace)
                .put("documents", compared + onlyShadowCount + noOrderCount)
                .put("compared", compared)
                .put("agreeing", agreeing)
                .put("complete", complete);
        fields.values().forEach(Field::close);
        json.set("fields", sorted());
        ObjectNode cost = json.putObject("cost");
        cost.put("unknown", costsUnknown);
        ArrayNode sums = cost.putArray("sums");
        costs.forEach((currency, sum) -> sum.into(sums.addObject().put("currency", currency)));
        side("onlyShadow", onlyShadowCount, onlyShadow);
        side("onlyLive", onlyLiveCount, onlyLive);
        side("noOrders", noOrderCount, noOrders);
        return json;
    }

    private void side(String name, long count, ArrayNode examples) {
        json.putObject(name).put("count", count).set("examples", examples);
    }

    /** Those that agree least first. */
    private ArrayNode sorted() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        java.util.stream.StreamSupport.stream(fieldList.spliterator(), false)
                .sorted(java.util.Comparator.comparing((com.fasterxml.jackson.databind.JsonNode field) ->
                                field.path("agreement").decimalValue())
                        .thenComparing(field -> field.path("field").asText()))
                .forEach(list::add);
        return list;
    }
}
