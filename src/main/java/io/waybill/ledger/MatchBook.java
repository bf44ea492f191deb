package io.waybill.ledger;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jspecify.annotations.Nullable;

/** What a carrier's invoice may call a shipment by. */
public final class MatchBook {
    private static final String KNOWN = """
            SELECT DISTINCT n.number_value AS said, s.id AS shipment, CAST(COALESCE(s.bought_at, s.created_at) AS DATE) AS bought,
                CAST(NULL AS VARCHAR(40)) AS orphan
            FROM shipment_number n JOIN shipment s ON s.id = n.shipment_uid
            WHERE n.number_value IN (<said>) AND n.replaced_at IS NULL AND s.account = :account""";

    private static final String ORPHANS = """
            SELECT o.carrier_shipment AS said, o.shipment_uid AS shipment, CAST(o.found_at AS DATE) AS bought, o.ref AS orphan
            FROM orphan o WHERE o.carrier_shipment IN (<said>) AND o.account = :account""";

    private static final String ATTEMPTS = """
            SELECT said, shipment, bought, state, ref FROM (
                SELECT a.ref AS said, a.shipment_uid AS shipment, CAST(a.created_at AS DATE) AS bought, a.state, a.ref
                FROM purchase_attempt a WHERE a.ref IN (<said>) AND a.account = :account
                UNION ALL
                SELECT a.order_number, a.shipment_uid, CAST(a.created_at AS DATE), a.state, a.ref
                FROM purchase_attempt a WHERE a.order_number IN (<said>) AND a.account = :account) t""";

    private static final String REFS =
            "SELECT DISTINCT said, shipment, bought, CAST(NULL AS VARCHAR(40)) AS orphan FROM (" + ATTEMPTS + ") a";

    private static final String GIVEN_UP =
            "SELECT said, shipment, bought, ref AS orphan FROM (" + ATTEMPTS + ") a WHERE state = 'GIVEN_UP'";

    private static final String ORDERS = """
            SELECT DISTINCT said, shipment, bought, CAST(NULL AS VARCHAR(40)) AS orphan FROM (
                SELECT o.order_id AS said, s.id AS shipment, CAST(COALESCE(s.bought_at, s.created_at) AS DATE) AS bought
                FROM orders o JOIN shipment s ON s.order_uid = o.id
                WHERE o.order_id IN (<said>) AND s.account = :account
                UNION ALL
                SELECT o.reference, s.id, CAST(COALESCE(s.bought_at, s.created_at) AS DATE)
                FROM orders o JOIN shipment s ON s.order_uid = o.id
                WHERE o.reference IN (<said>) AND s.account = :account) t""";

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
        return ask(KNOWN, account, said);
    }

    /** Those of which a label sold beside the chosen one goes by the number. */
    public List<Known> orphans(String account, Collection<String> said) {
        return ask(ORPHANS, account, said);
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
        return ask(ORDERS, account, said);
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
