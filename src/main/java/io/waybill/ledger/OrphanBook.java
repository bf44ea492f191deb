package io.waybill.ledger;

import io.waybill.text.Shortened;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Orphans: labels a carrier sold for a shipment that has another one, or that was decided otherwise. Each is a row of
 * work until its void is confirmed; one carrier number is an orphan at most once. Its state is {@code LIVE} while its void
 * is asked for, {@code VOIDED}, {@code STUCK} when only a person can go on, {@code ADOPTED} when it became its shipment's
 * label after all.
 */
public final class OrphanBook {
    private static final String ADD = """
            INSERT INTO orphan (id, shipment_uid, ref, account, carrier, carrier_shipment, state, asks, due, found_at)
            SELECT :id, :shipment, :ref, :account, :carrier, :number, 'LIVE', 0, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP
            WHERE NOT EXISTS (SELECT 1 FROM orphan WHERE account = :account AND carrier_shipment = :number)""";

    private static final String DUE = """
            SELECT o.id, o.shipment_uid, o.ref, a.purchase_key, a.order_number, o.account, o.carrier, o.carrier_shipment, o.asks
            FROM orphan o JOIN purchase_attempt a ON a.ref = o.ref
            WHERE o.account = :account AND o.state = 'LIVE' AND o.due <= CURRENT_TIMESTAMP
            ORDER BY o.account, o.state, o.due LIMIT :limit""";

    private static final String CLAIM = """
            UPDATE orphan SET asks = asks + 1, due = %s
            WHERE id = :id AND asks = :asks AND state = 'LIVE'""".formatted(FromNow.by("wait"));

    private static final String POSTPONE =
            "UPDATE orphan SET due = %s WHERE id = :id AND state = 'LIVE'".formatted(FromNow.by("wait"));

    private static final String SETTLE = """
            UPDATE orphan SET state = :to, words = :words, settled_at = CURRENT_TIMESTAMP
            WHERE id = :id AND (state = 'LIVE' OR (state = 'STUCK' AND :to = 'VOIDED'))""";

    private static final String ADOPT = """
            UPDATE orphan SET state = 'ADOPTED', settled_at = CURRENT_TIMESTAMP
            WHERE account = :account AND carrier_shipment = :number
              AND (state = 'STUCK' OR (state = 'LIVE' AND asks = 0))""";

    private static final String ASK_AGAIN = """
            UPDATE orphan SET state = 'LIVE', asks = CASE WHEN state = 'LIVE' THEN asks ELSE 0 END, due = CURRENT_TIMESTAMP
            WHERE shipment_uid = :shipment AND state IN ('LIVE', 'STUCK')""";

    private static final String AMONG = "SELECT carrier_shipment FROM orphan WHERE carrier_shipment = ANY(:numbers)";

    private static final String STATE = """
            SELECT CASE WHEN state = 'LIVE' AND asks > 0 THEN 'ASKED' ELSE state END FROM orphan
            WHERE account = :account AND carrier_shipment = :number""";

    private final Handle handle;

    OrphanBook(Handle handle) {
        this.handle = handle;
    }

    /**
     * One orphan whose void is to be asked for.
     *
     * @param ref the attempt that bought it, with its key and order number
     * @param carrier it was sold by; null of one that an earlier version wrote down when its shipment had left the account
     * @param asks how often the carrier was asked to void it
     */
    public record Row(
            String id,
            String shipmentUid,
            String ref,
            String purchaseKey,
            String orderNumber,
            String account,
            @Nullable String carrier,
            String carrierShipment,
            int asks) {}

    /**
     * @param carrier it was sold by, which the settings may not name for its account any more
     * @return false when this label is known already
     */
    public boolean add(AttemptRow attempt, String carrier, String carrierShipment) {
        return handle.createUpdate(ADD)
                        .bind("id", Ids.next("orp"))
                        .bind("shipment", attempt.shipmentUid())
                        .bind("ref", attempt.ref())
                        .bind("account", attempt.account())
                        .bind("carrier", carrier)
                        .bind("number", carrierShipment)
                        .execute()
                == 1;
    }

    /** Those of one account whose void is to be asked for now. */
    public List<Row> due(String account, int limit) {
        return handle.createQuery(DUE)
                .bind("account", account)
                .bind("limit", limit)
                .map(ConstructorMapper.of(Row.class))
                .list();
    }

    /** Takes the next turn of asking; nobody else asks before {@code wait} is over. */
    public boolean claim(Row row, Duration wait) {
        return changed(handle.createUpdate(CLAIM)
                .bind("asks", row.asks())
                .bind("wait", FromNow.seconds(wait))
                .bind("id", row.id()));
    }

    public void postpone(Row row, Duration wait) {
        handle.createUpdate(POSTPONE)
                .bind("wait", FromNow.seconds(wait))
                .bind("id", row.id())
                .execute();
    }

    /**
     * @param to {@code VOIDED | STUCK | ADOPTED}; that it is void is a fact also where another asker was refused meanwhile
     * @return false when it is settled already
     */
    public boolean settle(Row row, String to, @Nullable String words) {
        return changed(handle.createUpdate(SETTLE)
                .bind("to", to)
                .bind("words", words == null ? null : Shortened.to(2000, words))
                .bind("id", row.id()));
    }

    /**
     * It became its shipment's label after all.
     *
     * @return the ref it was charged under, when it was an orphan until now
     */
    public Optional<String> adopt(String account, String carrierShipment) {
        return changed(handle.createUpdate(ADOPT).bind("account", account).bind("number", carrierShipment))
                ? handle.createQuery("SELECT ref FROM orphan WHERE account = :account AND carrier_shipment = :number")
                        .bind("account", account)
                        .bind("number", carrierShipment)
                        .mapTo(String.class)
                        .findOne()
                : Optional.empty();
    }

    /** Asks again for the void of every orphan of a shipment, those a person was told of too; answers how many. */
    public int askAgain(String shipment) {
        return handle.createUpdate(ASK_AGAIN).bind("shipment", shipment).execute();
    }

    /** {@link #stateOf}, which stays until the transaction is over: no void of it is asked for meanwhile. */
    public @Nullable String lock(String account, String carrierShipment) {
        return handle.createQuery(STATE + " FOR UPDATE")
                .bind("account", account)
                .bind("number", carrierShipment)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    /** Its state, {@code ASKED} of a live one whose void the carrier may have heard of, or null when it is no orphan. */
    public @Nullable String stateOf(String account, String carrierShipment) {
        return handle.createQuery(STATE)
                .bind("account", account)
                .bind("number", carrierShipment)
                .mapTo(String.class)
                .findOne()
                .orElse(null);
    }

    /** Which of these numbers are, or once were, orphans' at any account. */
    public Asked<Set<String>> among(Collection<String> carrierShipments) {
        return Sql.of(handle, AMONG)
                .bindArray("numbers", carrierShipments)
                .askStrings()
                .map(Set::copyOf);
    }

    /** Whether anything bought under this ref is still to be voided. */
    public boolean isLeft(String ref) {
        return is(ref, "LIVE", "STUCK");
    }

    /** Whether an orphan bought under this ref became its shipment's label after all. */
    public boolean isAdopted(String ref) {
        return is(ref, "ADOPTED");
    }

    /** Whether more than one label bought under this ref is, or once was, an orphan. */
    public boolean areSeveral(String ref) {
        return handle.createQuery("SELECT COUNT(*) FROM orphan WHERE ref = :ref")
                        .bind("ref", ref)
                        .mapTo(Long.class)
                        .one()
                > 1;
    }

    private boolean is(String ref, String... states) {
        return handle.createQuery("SELECT COUNT(*) FROM orphan WHERE ref = :ref AND state IN (<states>)")
                        .bind("ref", ref)
                        .bindList("states", List.of(states))
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    private static boolean changed(Update update) {
        return update.execute() == 1;
    }
}
