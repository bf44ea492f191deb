package io.waybill.ledger;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Which shipments are to be audited, and when: those that were tried more than once, or whose label a person named. */
public final class SweepBook {
    static final String DUE = ShipmentBook.COLUMNS + " WHERE s.account = :account AND " + FromNow.passed("s.audit_due")
            + " ORDER BY s.account, s.audit_due LIMIT :limit";

    static final String DUE_WITHOUT_ACCOUNT = ShipmentBook.COLUMNS + " WHERE s.account IS NULL AND "
            + FromNow.passed("s.audit_due") + " ORDER BY s.account, s.audit_due LIMIT :limit";

    private static final String TO_COME =
            ShipmentBook.COLUMNS + " WHERE s.audit_due IS NOT NULL AND s.id > :after ORDER BY s.id LIMIT :limit";

    private final Handle handle;

    SweepBook(Handle handle) {
        this.handle = handle;
    }

    /** Those of one account whose time has come. */
    public List<ShipmentRow> due(String account, int limit) {
        return ShipmentBook.list(
                handle.createQuery(DUE).bind("account", account).bind("limit", limit));
    }

    /** Those of no account whose time has come. */
    public List<ShipmentRow> dueWithoutAccount(int limit) {
        return ShipmentBook.list(handle.createQuery(DUE_WITHOUT_ACCOUNT).bind("limit", limit));
    }

    /**
     * Everything that is to be audited some time, by id.
     *
     * @param after the last id of the page before, or empty
     */
    public List<ShipmentRow> toCome(String after, int limit) {
        return ShipmentBook.list(
                handle.createQuery(TO_COME).bind("after", after).bind("limit", limit));
    }

    /** Looks at it at {@code next}; one that was bought, tried again or decided meanwhile says itself when. */
    public void schedule(ShipmentRow row, Instant next) {
        handle.createUpdate("UPDATE shipment SET audit_due = :next WHERE id = :id AND fence = :fence")
                .bind("next", next)
                .bind("id", row.id())
                .bind("fence", row.fence())
                .execute();
    }

    /**
     * Every ref was looked up. One that was tried again meanwhile stays due: of that nothing was looked up.
     *
     * @param next when again, or null when that was the last time
     */
    public void audited(ShipmentRow row, @Nullable Instant next) {
        handle.createUpdate("UPDATE shipment SET audited_at = CURRENT_TIMESTAMP, audit_due = :next"
                        + " WHERE id = :id AND fence = :fence")
                .bind("next", next)
                .bind("id", row.id())
                .bind("fence", row.fence())
                .execute();
    }
}
