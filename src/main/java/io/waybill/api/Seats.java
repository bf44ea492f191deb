package io.waybill.api;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many long tables are written at once: each reads the ledger page by page, and callers' labels come first. Who finds every seat
 * taken waits a little for one, unless as many wait already as there are seats: whoever waits holds a worker.
 */
final class Seats {
    private static final int COME_AGAIN_SECONDS = 10;

    private final int size;
    private final Semaphore free;
    private final Semaphore room;
    private final Duration patience;

    Seats(int size, Duration patience) {
        this.size = size;
        this.free = new Semaphore(size);
        this.room = new Semaphore(2 * size);
        this.patience = patience;
    }

    /** One of them, until it is closed. */
    @FunctionalInterface
    interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws ProblemException {@code too-many-tables} when none became free meanwhile, or too many wait for one */
    Seat take() {
        if (!room.tryAcquire()) {
            throw tooMany();
        }
        if (!isFreeSoon()) {
            room.release();
            throw tooMany();
        }
        return () -> {
            free.release();
            room.release();
        };
    }

    private ProblemException tooMany() {
        return new ProblemException(Problem.of(ApiCode.TOO_MANY_TABLES, "most", size, "seconds", COME_AGAIN_SECONDS));
    }

    private boolean isFreeSoon() {
        try {
            return free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
