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

    /** Never ahead of this database's clock. */
    public Optional<Instant> of(String source) {
        return handle.createQuery(
                        "SELECT LEAST(changed_at, CURRENT_TIMESTAMP) FROM source_position WHERE source = :source")
                .bind("source", source)
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * Forward only: of two nodes that read the same source, the one behind changes nothing. Never beyond this database's clock:
     * what a system that ran ahead of it changes once it was put right would lie behind.
     */
    public void move(String source, Instant to) {
        forward("source_position", "changed_at", "LEAST(%s, CURRENT_TIMESTAMP)", source, to);
    }

    public Optional<Long> number(String source) {
        return handle.createQuery("SELECT taken FROM source_number WHERE source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .findOne();
    }

    /** Forward only. */
    public void moveNumber(String source, long to) {
        forward("source_number", "taken", "%s", source, to);
    }

    /** @param most what it is at most */
    private void forward(String table, String place, String most, String source, Object to) {
        int known = handle.createUpdate(
                        "UPDATE %1$s SET %2$s = %3$s, moved_at = CURRENT_TIMESTAMP WHERE source = :source"
                                .formatted(table, place, most.formatted("GREATEST(%s, :to)".formatted(place))))
                .bind("to", to)
                .bind("source", source)
                .execute();
        if (known == 0) {
            handle.createUpdate("INSERT INTO %s (source, %s, moved_at) VALUES (:source, %s, CURRENT_TIMESTAMP)"
                            .formatted(table, place, most.formatted(":to")))
                    .bind("to", to)
                    .bind("source", source)
                    .execute();
        }
    }
}
