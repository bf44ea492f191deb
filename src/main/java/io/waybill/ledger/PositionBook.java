package io.waybill.ledger;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Up to where the changes, or the numbered rows, of each source's system were taken in. */
public final class PositionBook {
    private final Handle handle;

    PositionBook(Handle handle) {
        this.handle = handle;
    }

    public Optional<Instant> of(String source) {
        return handle.createQuery("SELECT changed_at FROM source_position WHERE source = :source")
                .bind("source", source)
                .mapTo(Instant.class)
                .findOne();
    }

    /** Forward only: of two nodes that read the same source, the one behind changes nothing. */
    public void move(String source, Instant to) {
        int known =
                handle.createUpdate("""
                        UPDATE source_position
                        SET changed_at = CASE WHEN changed_at < :to THEN :to ELSE changed_at END, moved_at = CURRENT_TIMESTAMP
                        WHERE source = :source""").bind("to", to).bind("source", source).execute();
        if (known == 0) {
            handle.createUpdate("""
                            INSERT INTO source_position (source, changed_at, moved_at)
                            VALUES (:source, :to, CURRENT_TIMESTAMP)""").bind("source", source).bind("to", to).execute();
        }
    }

    public Optional<Long> number(String source) {
        return handle.createQuery("SELECT taken FROM source_number WHERE source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .findOne();
    }

    /** Forward only. */
    public void moveNumber(String source, long to) {
        int known =
                handle.createUpdate("""
                        UPDATE source_number
                        SET taken = CASE WHEN taken < :to THEN :to ELSE taken END, moved_at = CURRENT_TIMESTAMP
                        WHERE source = :source""").bind("to", to).bind("source", source).execute();
        if (known == 0) {
            handle.createUpdate("""
                            INSERT INTO source_number (source, taken, moved_at)
                            VALUES (:source, :to, CURRENT_TIMESTAMP)""").bind("source", source).bind("to", to).execute();
        }
    }

    /** How new the newest is that was taken in of a document. */
    public Optional<Instant> document(String source, String identity) {
        return handle.createQuery(
                        "SELECT changed_at FROM source_newest WHERE source = :source AND identity = :identity")
                .bind("source", source)
                .bind("identity", identity)
                .mapTo(Instant.class)
                .findOne();
    }

    /** Forward only. */
    public void document(String source, String identity, Instant changed) {
        int known = handle.createUpdate("""
                        UPDATE source_newest SET changed_at = CASE WHEN changed_at < :to THEN :to ELSE changed_at END
                        WHERE source = :source AND identity = :identity""")
                .bind("to", changed)
                .bind("source", source)
                .bind("identity", identity)
                .execute();
        if (known == 0) {
            handle.createUpdate("""
                            INSERT INTO source_newest (source, identity, changed_at) VALUES (:source, :identity, :to)""")
                    .bind("source", source)
                    .bind("identity", identity)
                    .bind("to", changed)
                    .execute();
        }
    }
}
