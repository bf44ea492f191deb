package io.waybill.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Durability for H2, whose commit returns before it is on disk: many threads commit, one runs {@code CHECKPOINT SYNC},
 * and each waits for a sync that started after its own commit.
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
    private SQLException failure = new SQLException("the ledger is closed");
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
            SQLException problem = sync();
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

    private @org.jspecify.annotations.Nullable SQLException sync() {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
            return null;
        } catch (SQLException e) {
            return e;
        }
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
