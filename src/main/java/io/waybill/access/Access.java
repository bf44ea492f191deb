package io.waybill.access;

import io.waybill.ledger.Ids;
import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LedgerFailure;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of this hub. All of them are held in memory and read again every few seconds, so that asking never waits for
 * the database and guessing costs it nothing. What this hub creates or revokes counts at once; what another node does,
 * after {@link #REFRESH}.
 */
public final class Access implements AutoCloseable {
    static final Duration REFRESH = Duration.ofSeconds(5);
    private static final Duration USE_IS_WRITTEN_EVERY = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);

    private final Ledger ledger;
    private final InstantSource clock;
    private final Map<String, Caller> granted = new ConcurrentHashMap<>();
    private final Map<String, Instant> used = new ConcurrentHashMap<>();
    private final Map<String, Instant> written = new ConcurrentHashMap<>();
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "access");
        thread.setDaemon(true);
        return thread;
    });
    private final Links links;
    private final Sessions sessions;
    private volatile Keys keys;

    private Access(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.links = new Links(ledger, clock);
        this.keys = Keys.of(ledger.read(tx -> tx.keys().all()));
        this.sessions = new Sessions(ledger, clock, id -> keys.byId(id, clock.instant()));
        Future<?> unused = refresher.scheduleWithFixedDelay(
                this::keepUp, REFRESH.toMillis(), REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    public static Access open(Ledger ledger) {
        return open(ledger, InstantSource.system());
    }

    static Access open(Ledger ledger, InstantSource clock) {
        return new Access(ledger, clock);
    }

    /** @param secret shown once, to be handed to its holder; only its sha256 is kept */
    public record Created(String id, String secret) {}

    /** Makes a key. It works when this returns. */
    public Created create(NewKey wanted, String actor) {
        Created created = new Created(Ids.next("key"), Secret.next());
        ledger.commitAll(tx -> {
            tx.keys().insert(row(created, wanted, actor, tx));
            tx.audit().record(actor, "key.created", created.id(), null, wanted.name() + " " + wanted.scopesText());
        });
        refresh();
        return created;
    }

    /** Every key there ever was, oldest first. */
    public List<KeyBook.Row> list() {
        return ledger.read(tx -> tx.keys().all());
    }

    /**
     * Takes a key back. It is refused from the moment this returns.
     *
     * @throws ProblemException {@code unknown-key-id} when there is no such key, or it is revoked already
     */
    public void revoke(String id, String actor) {
        boolean revoked = ledger.commit(tx -> {
            boolean found = tx.keys().revoke(id);
            if (found) {
                tx.audit().record(actor, "key.revoked", id, null, null);
            }
            return found;
        });
        refresh();
        if (!revoked) {
            throw new ProblemException(Problem.of(AccessCode.UNKNOWN_KEY_ID, "id", id));
        }
    }

    /** Lets a secret in that no key holds, until this hub stops: the token file of local commands. */
    public void grant(String secret, Caller caller) {
        granted.put(Secret.sha256(secret), caller);
    }

    /** The caller who holds this secret; empty when it is unknown, expired or revoked. */
    public Optional<Caller> caller(String secret) {
        String sha256 = Secret.sha256(secret);
        Optional<Keys.Key> key = keys.find(sha256, clock.instant());
        key.ifPresent(found -> used.put(found.id(), clock.instant()));
        return key.map(Keys.Key::caller).or(() -> Optional.ofNullable(granted.get(sha256)));
    }

    /** Who is signed in with a browser. */
    public Sessions sessions() {
        return sessions;
    }

    /** Links that need no key. */
    public Links links() {
        return links;
    }

    /** True from the first key on, even when it is revoked: from then on every call needs one. */
    public boolean isKeyed() {
        return !keys.isEmpty();
    }

    @Override
    public void close() {
        refresher.shutdown();
        try {
            if (refresher.awaitTermination(5, TimeUnit.SECONDS)) {
                writeUse();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads every key again and notes when they were used. */
    synchronized void refresh() {
        keys = Keys.of(list());
    }

    private void keepUp() {
        try {
            refresh();
            writeUse();
            sessions.refresh();
        } catch (Throwable e) { // what is thrown on ends the clock
            LOG.atLevel(LedgerFailure.telling(e))
                    .log("The keys could not be read again; those read last stay in force: {}", e.toString());
        }
    }

    void writeUse() {
        used.forEach((id, at) -> {
            Instant last = written.get(id);
            if (last == null || last.plus(USE_IS_WRITTEN_EVERY).isBefore(at)) {
                ledger.commitAll(tx -> tx.keys().used(id));
                written.put(id, at);
            }
            used.remove(id, at);
        });
    }

    private static KeyBook.Row row(Created created, NewKey wanted, String actor, Tx tx) {
        Instant now = tx.now();
        Namespaces namespaces = wanted.namespaces();
        return new KeyBook.Row(
                created.id(),
                wanted.name(),
                wanted.role().isPresent(),
                wanted.role().map(Role::text).orElse(null),
                Secret.sha256(created.secret()),
                wanted.scopesText(),
                wanted.source().orElse(null),
                namespaces.all() ? "*" : String.join(",", namespaces.names()),
                now,
                actor,
                wanted.validFor().map(now::plus).orElse(null),
                null,
                null);
    }
}
