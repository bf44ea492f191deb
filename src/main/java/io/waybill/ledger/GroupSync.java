package io.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Durability for H2, whose commit returns before it is on disk: many threads commit, one forces the file, and each waits for a force
 * that started after its own commit. What is forced is the store it was made in: a database that could not write is closed and
 * opened anew behind its pool, and says nothing of what the one before it held.
 */
final class GroupSync implements Durability {
    /** Room for so many is made beforehand. */
    private static final int AT_ONCE = 64;

    private static final Optional<Exception> LEFT =
            Optional.of(new SQLException("what puts it there broke off; the process may be short of memory"));

    private final BlockingQueue<Commit> waiting = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::run, "ledger-sync");
    private volatile boolean closed;

    /**
     * @param store null of one that only wakes the worker
     * @param over why it may not be on disk; empty when it is
     */
    record Commit(@Nullable MVStore store, CompletableFuture<Optional<Exception>> over) {
        Commit(@Nullable MVStore store) {
            this(store, new CompletableFuture<>());
        }

        void refuse() {
            over.complete(Optional.of(new SQLException("the ledger is closed")));
        }
    }

    GroupSync() {
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public Settling of(Connection connection) throws SQLException {
        SessionLocal session =
                (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = session.getDatabase().getStore().getMvStore();
        return () -> settle(new Commit(store));
    }

    void settle(Commit commit) {
        waiting.add(commit);
        if (closed) {
            commit.refuse(); // nobody may come for it any more
        }
        commit.over().join().ifPresent(failure -> {
            throw new IllegalStateException("the commit may not be on disk: " + failure.getMessage(), failure);
        });
    }

    private void run() {
        List<Commit> commits = new ArrayList<>(AT_ONCE);
        while (!closed) {
            commits.clear();
            try {
                commits.add(waiting.take());
                waiting.drainTo(commits);
                settle(commits);
            } catch (Throwable e) { // nobody interrupts it, and without this thread every commit would wait for ever
                leave(commits);
            }
        }
        waiting.forEach(Commit::refuse);
    }

    /** Makes nothing new: there may be no memory for it. */
    private static void leave(List<Commit> commits) {
        for (int i = 0; i < commits.size(); i++) {
            commits.get(i).over().complete(LEFT);
        }
    }

    private static void settle(List<Commit> commits) {
        commits.stream()
                .filter(commit -> commit.store() != null)
                .collect(Collectors.groupingBy(Commit::store))
                .forEach((store, its) -> {
                    Optional<Exception> failure = force(store);
                    its.forEach(commit -> commit.over().complete(failure));
                });
    }

    /**
     * {@code CHECKPOINT SYNC}, and the wait it leaves out: what H2's background writer has taken to be written a moment
     * before counts as saved already, though no byte of it need be in the file yet.
     */
    private static Optional<Exception> force(MVStore store) {
        try {
            store.commit();
            if (store.getFileStore() != null) { // a database in memory has no disk to reach
                store.executeFilestoreOperation(() -> {});
                store.sync();
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        } catch (Error e) { // without this thread every commit would wait for ever
            return Optional.of(new IllegalStateException(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        waiting.add(new Commit(null));
    }
}
