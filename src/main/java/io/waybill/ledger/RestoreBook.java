package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Whether this database was restored from a backup. Until somebody says that all is well it may lack the newest
 * purchases, so each shipment's next purchase is looked up first; here stands which have been.
 */
public final class RestoreBook {
    /** Far beyond what the lost time can have used, so that who remembers the last sequence or control number drops nothing. */
    private static final int SEQUENCES_SKIPPED = 1_000;

    /** In SQL: what counts from 0 begins so far above, for the lost time may have begun it already; 0 where nothing was restored. */
    static final String BEGINNING = "(SELECT COUNT(*) * " + SEQUENCES_SKIPPED + " FROM restored)";

    private static final String CLAIM_AS = """
            UPDATE shipment
            SET state = 'BUYING', fence = fence + 1, owner = :owner, attempts = :attempt, lookups = 1,
                account = :account, carrier = :carrier, lease_until = %s
            WHERE id = :id AND state = 'READY' AND fence = :fence""".formatted(FromNow.by("lease"));

    private static final String NOTE = """
            INSERT INTO restored_purchase (restored_id, shipment_uid, result, looked_up_at)
            SELECT :restored, :shipment, :result, CURRENT_TIMESTAMP WHERE NOT EXISTS (
                SELECT 1 FROM restored_purchase WHERE restored_id = :restored AND shipment_uid = :shipment)""";

    /** Held back: under review, and its open attempt is one that was never sent but only named for the look-up. */
    private static final String HELD_BACK = """
            s.state = 'REVIEW' AND EXISTS (SELECT 1 FROM purchase_attempt a JOIN restored r ON r.id = a.sent_by
                                           WHERE a.open_slot = s.id)""";

    private final Handle handle;

    RestoreBook(Handle handle) {
        this.handle = handle;
    }

    /** The same for what has a last number: how much higher what was numbered at {@code last} goes on, null where nothing was. */
    static String skippedSince(String last) {
        return "(SELECT COUNT(*) * " + SEQUENCES_SKIPPED + " FROM restored WHERE " + last + " IS NULL OR restored_at > "
                + last + ")";
    }

    /** @param backup the file it came from, as it was called */
    public record Restored(String id, String backup, Instant restoredAt) {}

    /** What came of the look-up of a shipment's earlier purchases: none, one that was adopted, or nobody can tell. */
    public enum Result {
        FREE,
        FOUND,
        REVIEW
    }

    /** This database has just been restored: from now on purchases are looked up first, until {@link #done}. */
    public String mark(String backup, String actor) {
        String id = Ids.next("rst");
        handle.createUpdate("""
                        INSERT INTO restored (id, backup, restored_at, restored_by)
                        VALUES (:id, :backup, CURRENT_TIMESTAMP, :actor)""")
                .bind("id", id)
                .bind("backup", backup)
                .bind("actor", actor)
                .execute();
        handle.createUpdate("UPDATE orders SET event_sequence = event_sequence + :skipped")
                .bind("skipped", SEQUENCES_SKIPPED)
                .execute();
        handle.createUpdate("UPDATE control_number SET last_number = last_number + :skipped")
                .bind("skipped", SEQUENCES_SKIPPED)
                .execute();
        return id;
    }

    /** The newest restore that is not done. */
    public Optional<Restored> open() {
        return handle.createQuery("""
                        SELECT id, backup, restored_at FROM restored
                        WHERE done_at IS NULL ORDER BY restored_at DESC, id DESC LIMIT 1""").map(ConstructorMapper.of(Restored.class)).findOne();
    }

    /** Ends it; false when nothing was open. */
    public boolean done(String actor) {
        return handle.createUpdate("""
                                UPDATE restored SET done_at = CURRENT_TIMESTAMP, done_by = :actor
                                WHERE done_at IS NULL""").bind("actor", actor).execute() > 0;
    }

    public boolean isLookedUp(String restored, String shipment) {
        return handle.createQuery("""
                        SELECT COUNT(*) FROM restored_purchase
                        WHERE restored_id = :restored AND shipment_uid = :shipment""")
                        .bind("restored", restored)
                        .bind("shipment", shipment)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /** Noted once; in the commit that acts on it. */
    public void lookedUp(String restored, String shipment, Result result) {
        handle.createUpdate(NOTE)
                .bind("restored", restored)
                .bind("shipment", shipment)
                .bind("result", result.name())
                .execute();
    }

    /** READY → BUYING, looked up already: under the attempt and the account it was, or may have been, bought with. */
    public boolean claimAs(AttemptRow attempt, ShipmentRow row, String carrier, String owner, Duration lease) {
        return handle.createUpdate(CLAIM_AS)
                        .bind("owner", owner)
                        .bind("attempt", attempt.attempt())
                        .bind("account", attempt.account())
                        .bind("carrier", carrier)
                        .bind("lease", FromNow.seconds(lease))
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
    }

    /** Shipments that were not bought only because nobody could look them up. */
    public List<ShipmentRow> heldBack(int limit) {
        return ShipmentBook.list(
                handle.createQuery(ShipmentBook.COLUMNS + " WHERE " + HELD_BACK + " ORDER BY s.id LIMIT :limit")
                        .bind("limit", limit));
    }

    /** Back to READY, to be bought; false when it was settled meanwhile. */
    public boolean letGo(ShipmentRow row) {
        boolean mine = handle.createUpdate("""
                                UPDATE shipment SET state = 'READY', fence = fence + 1, due = CURRENT_TIMESTAMP,
                                    problem = NULL, owner = NULL, lease_until = NULL
                                WHERE id = :id AND fence = :fence AND state = 'REVIEW'""")
                        .bind("id", row.id())
                        .bind("fence", row.fence())
                        .execute()
                == 1;
        if (mine) {
            handle.createUpdate("""
                            UPDATE purchase_attempt SET state = 'NOT_SENT', open_slot = NULL,
                                settled_at = CURRENT_TIMESTAMP
                            WHERE open_slot = :id""").bind("id", row.id()).execute();
        }
        return mine;
    }
}
