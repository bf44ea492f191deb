package io.waybill.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** How new the newest is that was taken in of each document, by its system's clock and by what that calls it. */
public final class NewestBook {
    /** How far two clocks that are right may be apart. */
    private static final Duration APART = Duration.ofMinutes(5);

    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final Comparator<Change> BY_DOCUMENT =
            Comparator.comparing(Change::source).thenComparing(Change::identity);

    private final Handle handle;

    NewestBook(Handle handle) {
        this.handle = handle;
    }

    /** @param at when its system changed the document last */
    public record Change(String source, String identity, Instant at) {}

    /**
     * Which of these are older than what was taken in before, and how new that is. The rest is the newest from now on; whoever has
     * another change of one of these documents waits for this transaction. What is still to come was told by a clock that runs
     * ahead: it keeps nothing out that is not.
     *
     * @param changes of one document in the order in which they come
     */
    public Map<Change, Instant> older(List<Change> changes, Instant now) {
        Instant latest = now.plus(APART);
        Map<Change, Instant> older = new HashMap<>();
        changes.stream()
                .sorted(BY_DOCUMENT)
                .forEach(change -> known(change, change.at().isBefore(latest) ? latest : NEVER)
                        .ifPresent(known -> older.put(change, known)));
        return older;
    }

    /** Locked always in the same order: of two transactions none waits for the other. */
    private Optional<Instant> known(Change change, Instant latest) {
        boolean newest = handle.createUpdate("""
                                UPDATE source_newest SET changed_at = :at WHERE source = :source AND identity = :identity
                                    AND (changed_at <= :at OR changed_at > :latest)""")
                        .bindMethods(change)
                        .bind("latest", latest)
                        .execute()
                == 1;
        Optional<Instant> known = newest ? Optional.empty() : of(change.source(), change.identity());
        if (!newest && known.isEmpty()) {
            handle.createUpdate(
                            "INSERT INTO source_newest (source, identity, changed_at) VALUES (:source, :identity, :at)")
                    .bindMethods(change)
                    .execute();
        }
        return known;
    }

    Optional<Instant> of(String source, String identity) {
        return handle.createQuery(
                        "SELECT changed_at FROM source_newest WHERE source = :source AND identity = :identity")
                .bind("source", source)
                .bind("identity", identity)
                .mapTo(Instant.class)
                .findOne();
    }

    /**
     * Documents that changed longer ago than that: nobody hands them over again.
     *
     * @return how many there were, at most {@code limit}
     */
    public int forget(Duration age, int limit) {
        return handle.createUpdate("""
                        DELETE FROM source_newest WHERE (source, identity) IN (SELECT source, identity FROM source_newest
                            WHERE changed_at < %s ORDER BY source, identity LIMIT :limit)""".formatted(FromNow.by("age")))
                .bind("age", -FromNow.seconds(age))
                .bind("limit", limit)
                .execute();
    }
}
