package io.waybill.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.BoughtBook.Bought;
import io.waybill.ledger.ShadowBook.Pair;
import io.waybill.measure.Money;
import io.waybill.order.Json;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One order both sides had: what each says of it, and what it costs with each.
 *
 * @param shadowCost null when it was not rated
 * @param liveCost what its label is expected to cost, or null when there is none, or none in one currency
 */
record Pairing(
        String orderId,
        Map<String, String> shadow,
        Map<String, String> live,
        @Nullable Money shadowCost,
        @Nullable Money liveCost) {

    /**
     * @param bought the label of the live side, or null. Of an order that is known by its label alone only what that says is
     *     compared
     */
    static Pairing of(Pair pair, @Nullable Bought bought) {
        JsonNode said = Json.kept(String.valueOf(pair.live()));
        Map<String, String> shadow = new TreeMap<>(Leaves.of(Json.kept(String.valueOf(pair.effective()))));
        Map<String, String> live = new TreeMap<>(Leaves.of(said));
        if (!said.has("shipTo")) {
            shadow.keySet().retainAll(live.keySet());
        }
        if (bought != null && pair.carrier() != null) {
            put(shadow, live, "/shipment/carrier", small(pair.carrier()), small(bought.carrier()));
            put(shadow, live, "/shipment/service", pair.service(), bought.service());
        }
        return new Pairing(
                String.valueOf(pair.orderId()), shadow, live, cost(pair), bought == null ? null : bought.cost());
    }

    /** Another portal's export says {@code UPS}. */
    private static String small(String carrier) {
        return carrier.toLowerCase(Locale.ROOT);
    }

    private static void put(
            Map<String, String> shadow,
            Map<String, String> live,
            String pointer,
            @Nullable String mine,
            @Nullable String theirs) {
        if (mine != null && theirs != null) {
            shadow.put(pointer, mine);
            live.put(pointer, theirs);
        }
    }

    private static @Nullable Money cost(Pair pair) {
        return pair.amount() == null || pair.currency() == null
                ? null
                : new Money(pair.amount(), Currency.getInstance(pair.currency()));
    }

    /** Every field at least one side says something of. */
    TreeSet<String> pointers() {
        TreeSet<String> all = new TreeSet<>(shadow.keySet());
        all.addAll(live.keySet());
        return all;
    }

    List<Difference> differences() {
        List<Difference> found = new ArrayList<>();
        for (String pointer : pointers()) {
            if (!Objects.equals(shadow.get(pointer), live.get(pointer))) {
                found.add(new Difference(
                        orderId, Leaves.field(pointer), pointer, shadow.get(pointer), live.get(pointer)));
            }
        }
        return found;
    }
}
