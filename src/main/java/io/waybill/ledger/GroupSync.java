package io.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.h2.engine.Session;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;

/**
 * Durability for H2, whose commit returns before it is on disk: many threads commit, one forces
 * the file, and each waits for a force that started after its own commit.
 */
final class GroupSync implements Durability {
    private final DataSource pool;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private final Thread worker = new Thread(this::run, "ledger-sync");
    private final Condition wanted = lock.newCondition();
    private long asked;
    private long synced;
    private long failedUpTo;
    private Exception failure = new SQLException("the ledger is closed");
    private boolean closed;

    GroupSync(DataSource pool) {
        this.pool = pool;
        worker.setDaemon(true);
        worker.start();
    }

    @Override
    public void settle() {
        lock.lock();
        try {
            long mine = ++asked;
            wanted.signal();
            while (synced < mine) {
                if (failedUpTo >= mine || closed) {
                    throw new IllegalStateException("the commit may not be on disk: " + failure.getMessage(), failure);
                }
                done.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (true) {
            long target = nextTarget();
            if (target < 0) {
                return;
            }
            Exception problem = sync();
            lock.lock();
            try {
                if (problem == null) {
                    synced = target;
                } else {
                    failure = problem;
                    failedUpTo = target;
                }
                done.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private long nextTarget() {
        lock.lock();
        try {
            while (Math.max(synced, failedUpTo) == asked && !closed) {
                wanted.awaitUninterruptibly();
            }
            return closed ? -1 : asked;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Exception sync() {
        try (Connection connection = pool.getConnection()) {
            force(connection);
            return null;
        } catch (SQLException | RuntimeException e) {
            return e;
        } catch (Error e) { // without this thread every commit would wait for ever
            return new IllegalStateException(e);
        }
    }

    /**
     * {@code CHECKPOINT SYNC}, and the wait it leaves out: what H2's background writer has taken to be written a moment
     * before counts as saved already, though no byte of it need be in the file yet.
     */
    private static void force(Connection connection) throws SQLException {
        Session session = connection.unwrap(JdbcConnection.class).getSession();
        MVStore store = ((SessionLocal) session).getDatabase().getStore().getMvStore();
        store.commit();
        if (store.getFileStore() == null) {
            return; // a database in memory has no disk to reach
        }
        store.executeFilestoreOperation(() -> {});
        store.sync();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wanted.signalAll();
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
