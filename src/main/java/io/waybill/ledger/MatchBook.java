package io.waybill.ledger;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What a carrier's invoice may call a shipment by. */
public final class MatchBook {
    private static final String NUMBERS = """
            SELECT DISTINCT n.number_value AS said, n.shipment_uid AS shipment
            FROM shipment_number n WHERE n.number_value IN (<said>) AND n.replaced_at IS NULL AND n.kind <> 'orphan'""";

    private static final String ORDER_NUMBERS = """
            SELECT o.order_id AS said, o.id AS order_uid FROM orders o WHERE o.order_id IN (<said>)
            UNION
            SELECT o.reference, o.id FROM orders o WHERE o.reference IN (<said>)""";

    private static final String SHIPMENTS = """
            SELECT s.id, s.order_uid, s.account, %s AS bought
            FROM shipment s WHERE s.%s IN (<ids>)""";

    private static final String ORPHANS = """
            SELECT o.carrier_shipment AS said, o.shipment_uid AS shipment, %s AS bought, o.ref AS orphan
            FROM orphan o WHERE o.carrier_shipment IN (<said>) AND o.account = :account""".formatted(UtcDay.of("o.found_at"));

    private static final String ORPHAN_NUMBERS = """
            SELECT DISTINCT n.number_value AS said, n.shipment_uid AS shipment
            FROM shipment_number n WHERE n.number_value IN (<said>) AND n.replaced_at IS NULL AND n.kind = 'orphan'""";

    private static final String ORPHANS_OF = """
            SELECT o.carrier_shipment AS said, o.shipment_uid AS shipment, %s AS bought, o.ref AS orphan
            FROM orphan o WHERE o.shipment_uid IN (<said>) AND o.account = :account AND o.state <> 'ADOPTED'""".formatted(UtcDay.of("o.found_at"));

    private static final String ATTEMPTS = """
            SELECT said, shipment, bought, state, ref FROM (
                SELECT a.ref AS said, a.shipment_uid AS shipment, %1$s AS bought, a.state, a.ref
                FROM purchase_attempt a WHERE a.ref IN (<said>) AND a.account = :account
                UNION ALL
                SELECT a.order_number, a.shipment_uid, %1$s, a.state, a.ref
                FROM purchase_attempt a WHERE a.order_number IN (<said>) AND a.account = :account) t""".formatted(UtcDay.of("a.created_at"));

    private static final String REFS =
            "SELECT DISTINCT said, shipment, bought, CAST(NULL AS VARCHAR(40)) AS orphan FROM (" + ATTEMPTS + ") a";

    private static final String GIVEN_UP =
            "SELECT said, shipment, bought, ref AS orphan FROM (" + ATTEMPTS + ") a WHERE state = 'GIVEN_UP'";

    private final Handle handle;

    MatchBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * A shipment that goes by a number.
     *
     * @param bought the day its label was bought
     * @param orphan the ref it was bought under, where the number may be another label's than the shipment's own, or null
     */
    public record Known(
            String said,
            String shipment,
            LocalDate bought,
            @Nullable String orphan) {}

    /** Those a carrier's number is in force for. */
    public List<Known> numbers(String account, Collection<String> said) {
        return together(account, pairs(NUMBERS, said), "id");
    }

    /**
     * Those of which a label sold beside the chosen one goes by the number: the carrier's own, or a tracking number. Which of
     * several labels a tracking number is of is not kept; then it is said of each.
     */
    public List<Known> orphans(String account, Collection<String> said) {
        List<Known> all = new ArrayList<>(ask(ORPHANS, account, said));
        Set<String> named = all.stream().map(Known::said).collect(Collectors.toSet());
        List<Pair> tracking = pairs(ORPHAN_NUMBERS, said).stream()
                .filter(pair -> !named.contains(pair.said()))
                .toList();
        Map<String, List<Known>> beside =
                ask(ORPHANS_OF, account, tracking.stream().map(Pair::id).collect(Collectors.toSet())).stream()
                        .collect(Collectors.groupingBy(Known::shipment));
        for (Pair pair : tracking) {
            beside.getOrDefault(pair.id(), List.of())
                    .forEach(
                            label -> all.add(new Known(pair.said(), label.shipment(), label.bought(), label.orphan())));
        }
        return all;
    }

    /** Those the hub bought under this reference. */
    public List<Known> refs(String account, Collection<String> said) {
        return ask(REFS, account, said);
    }

    /** Those for which a purchase under this reference was given up without knowing whether it sold. */
    public List<Known> givenUp(String account, Collection<String> said) {
        return ask(GIVEN_UP, account, said);
    }

    /** Those of an order with this number or reference. */
    public List<Known> orders(String account, Collection<String> said) {
        return together(account, pairs(ORDER_NUMBERS, said), "order_uid");
    }

    /** What was said, and the id it leads to. */
    private record Pair(String said, String id) {}

    private List<Pair> pairs(String sql, Collection<String> said) {
        return said.isEmpty()
                ? List.of()
                : handle.createQuery(sql)
                        .bindList("said", List.copyOf(said))
                        .map((row, context) -> new Pair(row.getString(1), row.getString(2)))
                        .list();
    }

    /**
     * The shipments of the account these lead to. In two steps: joined, H2 begins with all shipments of the account for every
     * page of an invoice.
     */
    private List<Known> together(String account, List<Pair> pairs, String column) {
        if (pairs.isEmpty()) {
            return List.of();
        }
        Map<String, List<Known>> shipments = new HashMap<>();
        handle.createQuery(SHIPMENTS.formatted(UtcDay.of("COALESCE(s.bought_at, s.created_at)"), column))
                .bindList("ids", pairs.stream().map(Pair::id).distinct().toList())
                .map((row, context) -> {
                    if (account.equals(row.getString("account"))) {
                        Known known =
                                new Known("", row.getString("id"), row.getObject("bought", LocalDate.class), null);
                        shipments
                                .computeIfAbsent(row.getString(column), unused -> new ArrayList<>())
                                .add(known);
                    }
                    return true;
                })
                .list();
        return pairs.stream()
                .flatMap(pair -> shipments.getOrDefault(pair.id(), List.of()).stream()
                        .map(known -> new Known(pair.said(), known.shipment(), known.bought(), null)))
                .toList();
    }

    private List<Known> ask(String sql, String account, Collection<String> said) {
        return said.isEmpty()
                ? List.of()
                : handle.createQuery(sql)
                        .bindList("said", List.copyOf(said))
                        .bind("account", account)
                        .map(ConstructorMapper.of(Known.class))
                        .list();
    }
}
