package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes of one PostgreSQL, seen from one of them. Its name and its duties are advisory locks of one session: when the
 * session ends, the others take its claims and its duties over. It beats every second, and then looks who is gone.
 */
public final class Nodes implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** How long an answer of the server is believed. */
    private static final Duration BELIEVED = Duration.ofSeconds(1);

    /** An earlier run's session of this name may take so long to end, where its whole machine went. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final long PAUSE_MS = 500;
    private static final int COUNT_EVERY = 5;

    private final Ledger ledger;
    private final Identity identity;
    private final TakeOver takeOver;
    private final Runnable outgrown;
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "node"));

    private final Duties duties;
    private @Nullable NodeSession session;
    private long askedAt;
    private boolean standsDown;
    private volatile boolean member;
    private volatile Map<String, String> living = Map.of();
    private final Set<String> toldElsewhere = new HashSet<>();
    private List<String> seenElsewhere = List.of();
    private int beats;

    /**
     * Who a node is.
     *
     * @param name the same after a restart; no two at a time
     * @param run this process; purchases and deliveries are claimed under it
     * @param silence after so long without a word it counts as gone
     */
    public record Identity(String name, String run, String version, Duration silence) {}

    private Nodes(Ledger ledger, Identity identity, Runnable takenOver, Runnable outgrown) {
        this.ledger = ledger;
        this.identity = identity;
        this.takeOver = new TakeOver(ledger, identity.name(), takenOver);
        this.duties = new Duties(identity.name(), BEAT);
        this.outgrown = outgrown;
    }

    /**
     * Joins the nodes of this database; alone on the embedded one.
     *
     * @param takenOver told when a node was found gone and its claims are free
     * @param outgrown told when the database was changed in a way this hub does not know
     * @throws ProblemException {@code node-name-taken} when a node of this name lives; {@code ledger-pooled},
     *     {@code ledger-shared}
     */
    public static Membership join(Ledger ledger, Identity identity, Runnable takenOver, Runnable outgrown) {
        if (ledger.database().isEmbedded()) {
            return Membership.alone(identity.name(), identity.version());
        }
        Nodes nodes = new Nodes(ledger, identity, takenOver, outgrown);
        try {
            nodes.joinAtStart();
        } catch (RuntimeException e) {
            nodes.close();
            throw e;
        }
        var unused = nodes.clock.scheduleWithFixedDelay(
                nodes::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
        return nodes;
    }

    private void joinAtStart() {
        requireSessions();
        long begun = System.nanoTime();
        NodeBook.@Nullable Row before = row();
        boolean isAnothers =
                (before == null || before.run() == null) && isElsewhere(); // else an earlier run may not have ended
        while (!joined()) {
            NodeBook.Row now = row();
            boolean lives = before != null && now != null && now.heartbeatAt().isAfter(before.heartbeatAt());
            if (isAnothers || lives || System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new ProblemException(
                        isElsewhere()
                                ? shared(identity.name())
                                : Problem.of(LedgerCode.NODE_NAME_TAKEN, "node", identity.name()));
            }
            pause();
        }
    }

    /** Before any lock is taken, which a pool by transactions would keep for whoever comes next. */
    private void requireSessions() {
        try (Connection own = ledger.database().session("waybill " + identity.name())) {
            PoolBetween.requireSessions(own, ledger.database());
        } catch (SQLException e) {
            LOG.debug("whether a pool is in between could not be seen", e);
        }
    }

    private NodeBook.@Nullable Row row() {
        return ledger.read(tx -> tx.nodes().find(identity.name())).orElse(null);
    }

    private boolean isElsewhere() {
        return ledger.read(tx -> tx.nodes().elsewhere()).contains(identity.name());
    }

    private Problem shared(String node) {
        return Problem.of(
                LedgerCode.LEDGER_SHARED, "node", node, "url", ledger.database().toldUrl());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Takes the name's lock and tells the others; false while another session has it. */
    private synchronized boolean joined() {
        try {
            if (session == null) {
                session = NodeSession.open(ledger.database(), identity.name(), identity.silence());
            }
            if (!session.tryLock("node " + identity.name())) {
                return false;
            }
        } catch (SQLException e) {
            lose(e);
            return false;
        }
        ledger.commitAll(tx -> tx.nodes()
                .join(identity.name(), identity.run(), identity.version())
                .ifPresent(earlier -> TakeOver.found(tx, identity.name(), earlier)));
        askedAt = System.nanoTime();
        member = true;
        LOG.info("Node {} joined", identity.name());
        return true;
    }

    @Override
    public synchronized boolean has(String duty) {
        if (standsDown || !isHeard()) {
            return false;
        }
        try {
            return duties.take(Objects.requireNonNull(session), duty);
        } catch (SQLException e) {
            lose(e);
            return false;
        }
    }

    /** The session lives: asked for at most once a second, and always after this process stood still. */
    private synchronized boolean isHeard() {
        if (!member || session == null) {
            return false;
        }
        if (System.nanoTime() - askedAt < BELIEVED.toNanos()) {
            return true;
        }
        try {
            session.require();
            askedAt = System.nanoTime();
            return true;
        } catch (SQLException e) {
            lose(e);
            return false;
        }
    }

    private synchronized void lose(SQLException e) {
        if (member || session != null) {
            LOG.warn(
                    "Node {} has lost its session, and with it its duties; it joins again: {}",
                    identity.name(),
                    e.getMessage());
        }
        member = false;
        duties.lost();
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private void beat() {
        try {
            if (isHeard() ? isCounted() : joined()) {
                takeOver.look();
                if (beats++ % COUNT_EVERY == 0) {
                    living = ledger.read(tx -> tx.nodes().alive()).stream()
                            .collect(Collectors.toMap(NodeBook.Row::id, row -> String.valueOf(row.version())));
                    tellElsewhere();
                }
                if (ledger.isOutgrown()) {
                    outgrown.run();
                }
            }
        } catch (Throwable e) { // or it would never beat again, and its duties would be nobody's
            LOG.warn("node {} could not look after the others and tries again: {}", identity.name(), e.toString());
        }
    }

    /** Each once, and not before it is seen twice: one of ours is seen once, while it joins. */
    private void tellElsewhere() {
        List<String> now = ledger.read(tx -> tx.nodes().elsewhere());
        now.stream()
                .filter(node -> seenElsewhere.contains(node) && toldElsewhere.add(node))
                .forEach(node -> LOG.warn("{}", shared(node)));
        seenElsewhere = now;
    }

    /** Whoever was found gone and lives all the same counts again. */
    private boolean isCounted() {
        boolean counted = ledger.commitSoon(tx -> tx.nodes().beat(identity.name(), identity.run()));
        if (!counted) {
            ledger.commitAll(tx -> tx.nodes().join(identity.name(), identity.run(), identity.version()));
        }
        return true;
    }

    @Override
    public boolean isMember() {
        return member;
    }

    @Override
    public Map<String, String> living() {
        return living;
    }

    @Override
    public synchronized void standDown() {
        standsDown = true;
        try {
            if (session != null) {
                duties.giveBack(session);
            }
        } catch (SQLException e) {
            lose(e);
        }
    }

    @Override
    public synchronized void standUp() {
        standsDown = false;
    }

    /** What is still claimed is released here, or by the others when this cannot. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            clock.awaitTermination(15, TimeUnit.SECONDS);
            if (member) {
                ledger.commitAll(tx -> {
                    tx.nodes().leave(identity.name(), identity.run());
                    TakeOver.release(tx, identity.name(), identity.run());
                });
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JdbiException e) {
            LOG.warn("node {} could not say that it leaves; the others will see: {}", identity.name(), e.toString());
        }
        synchronized (this) {
            member = false;
            if (session != null) {
                session.close();
                session = null;
            }
        }
    }
}
