package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Which shipments can go on now. Each look reads no more than what it hands out and changes nothing, but for the one that
 * several nodes share.
 */
public final class DueBook {
    private static final String LOCK_CHOOSING = """
            SELECT id FROM shipment WHERE id = ANY(:ids) AND state = 'CHOOSING' AND due <= CURRENT_TIMESTAMP
            FOR UPDATE SKIP LOCKED""";

    private static final String LEASE_CHOOSING =
            "UPDATE shipment SET due = %s WHERE id = ANY(:ids)".formatted(FromNow.by("wait"));

    private static final List<String> HELD_FOR_A_TIME = List.of("shipDate", "spendingLimit", "stageOff");

    /** Ordered, as the next is, by the whole of an index, so that a long backlog is read only as far as the limit. */
    static final String HELD_UNTIL_NOW = ShipmentBook.COLUMNS + """
             WHERE s.state = 'HELD' AND s.hold_reason = :reason AND s.due <= CURRENT_TIMESTAMP
            ORDER BY s.hold_reason, s.due LIMIT :limit""";

    private static final String DUE = ShipmentBook.COLUMNS + """
             WHERE s.account = :account AND s.state = :state AND s.due <= CURRENT_TIMESTAMP
            ORDER BY s.account, s.state, s.due, s.id LIMIT :limit""";

    /** From account to account by the index. H2 reads what equals a bound though it is excluded, so it is just above the name. */
    static final String ACCOUNT_AFTER = """
            SELECT s.account FROM shipment s WHERE s.account > :account || '\1'
            ORDER BY s.account, s.state, s.due, s.id LIMIT 1""";

    static final String UNTOLD = ShipmentBook.COLUMNS + """
             WHERE s.account = :account AND s.state = :state AND s.due <= :before
              AND NOT EXISTS (SELECT 1 FROM exception e WHERE e.open_slot = :reason || '/' || s.id)
            ORDER BY s.account, s.state, s.due, s.id LIMIT :limit""";

    private static final String UNSETTLED = ShipmentBook.COLUMNS + " WHERE s.state = :state AND s.lease_until <= ";

    /** The index as a whole, or H2 sorts all that is not settled. */
    private static final String OLDEST = " ORDER BY s.state, s.lease_until LIMIT :limit";

    static final String UNSETTLED_OF_ACCOUNT = UNSETTLED + "CURRENT_TIMESTAMP AND s.account = :account" + OLDEST;

    private final Handle handle;

    DueBook(Handle handle) {
        this.handle = handle;
    }

    /** Held shipments whose ship date has come, or the day after the one whose limit was reached; of each reason the oldest. */
    public List<ShipmentRow> heldUntilNow(int limit) {
        return HELD_FOR_A_TIME.stream()
                .flatMap(reason ->
                        ShipmentBook.list(handle.createQuery(HELD_UNTIL_NOW)
                                        .bind("reason", reason)
                                        .bind("limit", limit))
                                .stream())
                .toList();
    }

    /** Shipments of one account that may be bought now, the sources in turns. */
    public List<ShipmentRow> ready(String account, int limit) {
        return new Lanes(handle, ShipmentState.READY, account).take(limit);
    }

    /** Shipments whose account is to be chosen now, the sources in turns. */
    public List<ShipmentRow> choosing(int limit) {
        return new Lanes(handle, ShipmentState.CHOOSING, null).take(limit);
    }

    /** The same for one of several nodes: the others find them due again after {@code lease}, unless they are chosen or postponed. */
    public List<ShipmentRow> takeChoosing(int limit, Duration lease) {
        List<ShipmentRow> due = choosing(limit);
        if (due.isEmpty()) {
            return due;
        }
        List<String> ids = due.stream().map(ShipmentRow::id).toList();
        Set<String> taken = new HashSet<>(
                Sql.of(handle, LOCK_CHOOSING).bindArray("ids", ids).strings());
        if (!taken.isEmpty()) {
            Sql.of(handle, LEASE_CHOOSING)
                    .bindArray("ids", taken)
                    .bind("wait", FromNow.seconds(lease))
                    .execute();
        }
        return due.stream().filter(row -> taken.contains(row.id())).toList();
    }

    /** The shipments of one account in one state whose time has come, oldest due first. */
    public List<ShipmentRow> of(String account, ShipmentState state, int limit) {
        return ShipmentBook.list(handle.createQuery(DUE)
                .bind("account", account)
                .bind("state", state.name())
                .bind("limit", limit));
    }

    /** Every account that a shipment stands at, whatever the settings know. */
    public List<String> accounts() {
        List<String> all = new ArrayList<>();
        Optional<String> next = accountAfter("");
        while (next.isPresent()) {
            all.add(next.get());
            next = accountAfter(next.get());
        }
        return all;
    }

    private Optional<String> accountAfter(String account) {
        return handle.createQuery(ACCOUNT_AFTER)
                .bind("account", account)
                .mapTo(String.class)
                .findOne();
    }

    /** Those due {@code before} of whom nobody is told this now, oldest due first. */
    public List<ShipmentRow> untold(String account, ShipmentState state, Reason reason, Instant before, int limit) {
        return ShipmentBook.list(handle.createQuery(UNTOLD)
                .bind("account", account)
                .bind("state", state.name())
                .bind("reason", reason.code())
                .bind("before", before)
                .bind("limit", limit));
    }

    /** Purchases of one account whose outcome is not known and that nobody is working on, of each state the oldest. */
    public List<ShipmentRow> unsettled(String account, int limit) {
        return unsettled(() -> handle.createQuery(UNSETTLED_OF_ACCOUNT).bind("account", account), limit);
    }

    /** The same for accounts that are not among those {@code known}, which nobody works on since {@code before}. */
    public List<ShipmentRow> unsettledElsewhere(List<String> known, Instant before, int limit) {
        String others = known.isEmpty() ? "" : " AND s.account NOT IN (<known>)";
        return unsettled(
                () -> {
                    Query query = handle.createQuery(UNSETTLED + ":before" + others + OLDEST)
                            .bind("before", before);
                    return known.isEmpty() ? query : query.bindList("known", known);
                },
                limit);
    }

    private static List<ShipmentRow> unsettled(Supplier<Query> query, int limit) {
        return Stream.of(ShipmentState.BUYING, ShipmentState.UNKNOWN)
                .flatMap(state ->
                        ShipmentBook.list(
                                query.get().bind("state", state.name()).bind("limit", limit))
                                .stream())
                .toList();
    }
}
