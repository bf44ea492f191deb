package io.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.SessionBook.Row;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Who is signed in with a browser. A session belongs to a key and ends with it, by itself after {@link #IDLE} without a
 * request or {@link #LIFE} in all, and when it is signed out. All are held in memory, as the keys are; the ledger keeps
 * them over a restart, without what the cookie holds.
 */
public final class Sessions {
    public static final Duration IDLE = Duration.ofMinutes(30);
    public static final Duration LIFE = Duration.ofHours(12);

    private final Ledger ledger;
    private final InstantSource clock;
    private final Function<String, Optional<Caller>> byKey;
    private final Map<String, Row> live = new ConcurrentHashMap<>();
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    /** @param byKey the caller behind a key's id; empty when the key is over */
    Sessions(Ledger ledger, InstantSource clock, Function<String, Optional<Caller>> byKey) {
        this.ledger = ledger;
        this.clock = clock;
        this.byKey = byKey;
        refresh();
    }

    /**
     * A session that has begun.
     *
     * @param token for the cookie; nobody keeps it
     * @param csrf what a page must send with every change
     */
    public record Opened(String token, String csrf, Instant endsAt) {}

    /** Signs the holder of a key in. It works when this returns. */
    public synchronized Opened open(String keyId, String actor) {
        String token = Secret.next();
        Instant now = clock.instant();
        Row row = new Row(Secret.sha256(token), keyId, now, now);
        ledger.commitAll(tx -> {
            tx.sessions().forget(now.minus(LIFE.multipliedBy(2)));
            tx.sessions().insert(row);
            tx.audit().record(actor, "session.opened", keyId, null, null);
        });
        live.put(row.idSha256(), row);
        return new Opened(token, csrf(row.idSha256()), now.plus(LIFE));
    }

    /** The caller whose browser holds this token, marked with the session. */
    public Optional<Caller> caller(String token) {
        String id = Secret.sha256(token);
        Instant now = clock.instant();
        Row row = live.get(id);
        if (row == null || isOver(row, now)) {
            return Optional.empty();
        }
        live.computeIfPresent(id, (same, known) -> new Row(id, known.keyId(), known.createdAt(), now));
        return byKey.apply(row.keyId()).map(caller -> caller.in(id));
    }

    /** Whether a page that sends this was given it for this session: another site cannot know it. */
    public static boolean isCsrf(String session, String given) {
        return MessageDigest.isEqual(csrf(session).getBytes(UTF_8), given.getBytes(UTF_8));
    }

    /** What pages of a session send with every change. */
    public static String csrf(String session) {
        return Secret.sha256("csrf " + session);
    }

    /** Signs out. The token opens nothing when this returns. */
    public synchronized void end(String session, String actor) {
        live.remove(session);
        ledger.commitAll(tx -> {
            tx.sessions().end(session);
            tx.audit().record(actor, "session.ended", null, null, null);
        });
    }

    /** Notes when sessions were used, and reads those of the ledger again: others may have begun or ended elsewhere. */
    synchronized void refresh() {
        Instant now = clock.instant();
        writeSeen(now);
        Map<String, Row> kept = new HashMap<>();
        ledger.read(tx -> tx.sessions().since(now.minus(LIFE))).forEach(row -> kept.put(row.idSha256(), row));
        live.keySet().retainAll(kept.keySet());
        kept.forEach((id, row) -> live.merge(id, row, Sessions::later));
        live.values().removeIf(row -> isOver(row, now));
        written.keySet().retainAll(live.keySet());
    }

    private void writeSeen(Instant now) {
        for (Row row : live.values()) {
            Instant last = written.getOrDefault(row.idSha256(), row.createdAt());
            if (last.plusSeconds(60).isBefore(row.lastSeenAt())) {
                ledger.commitAll(tx -> tx.sessions().seen(row.idSha256(), row.lastSeenAt()));
                written.put(row.idSha256(), now);
            }
        }
    }

    private static Row later(Row one, Row other) {
        return one.lastSeenAt().isAfter(other.lastSeenAt()) ? one : other;
    }

    private static boolean isOver(Row row, Instant now) {
        return row.createdAt().plus(LIFE).isBefore(now)
                || row.lastSeenAt().plus(IDLE).isBefore(now);
    }
}
