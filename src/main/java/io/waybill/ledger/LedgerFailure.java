package io.waybill.ledger;

import io.waybill.text.Causes;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.event.Level;

/** What a failure of the ledger says of its database: it is gone, has no room, or takes no such value; and how loud that is told. */
public final class LedgerFailure {
    /** PostgreSQL ended a transaction, with its connection, because this process said nothing for long. */
    private static final String STOOD_STILL = "25P03";

    /** Of PostgreSQL: its disk is full, or its memory, or it has no connection left. */
    private static final String NO_ROOM = "53.*";

    /** The states of a connection that is lost or refused, and of a server that ends, is full or only reads any more. */
    private static final String GONE = String.join("|", "08.*", "57P.*", NO_ROOM, STOOD_STILL, EvictReading.READ_ONLY);

    private LedgerFailure() {}

    /**
     * Whether something failed because the database is gone: it refuses, ends or does not take connections, only reads any more, or has
     * no room.
     */
    public static boolean isGone(Throwable failure) {
        return Causes.of(failure).anyMatch(SQLTransientConnectionException.class::isInstance)
                || hasState(failure, GONE)
                || DiskRoom.isMissing(failure);
    }

    /** Whether it is gone for everyone, so that it comes back or who watches it tells; not what one statement alone wants too much of. */
    public static boolean isAway(Throwable failure) {
        return isGone(failure) && !isOfStatement(failure);
    }

    /**
     * How a failure is told where the work is tried again by itself: that the database is gone is told once, by who watches it, and not by
     * each that misses it meanwhile.
     */
    public static Level telling(Throwable failure) {
        return telling(failure, Level.WARN);
    }

    /** The same where any other failure is told as {@code otherwise}. */
    public static Level telling(Throwable failure, Level otherwise) {
        return isAway(failure) ? Level.DEBUG : otherwise;
    }

    /** One statement wants more memory, or more room for its sorting, than the server gives it: who watches the database sees nothing of it. */
    private static boolean isOfStatement(Throwable failure) {
        return hasState(failure, "53[24]00");
    }

    /** Whether a ledger failed, and not another database that an edge reads or writes. */
    public static boolean is(Throwable failure) {
        return failure instanceof JdbiException;
    }

    /** Whether what was to be written does not fit into the database, so that it fails however often it is tried. */
    public static boolean doesNotFit(Throwable failure) {
        return hasState(failure, "2[23].*");
    }

    /** Whether it, or what it came from, has an SQL state that matches {@code pattern}. */
    static boolean hasState(Throwable failure, String pattern) {
        return Causes.of(failure, SQLException.class)
                .anyMatch(sql -> String.valueOf(sql.getSQLState()).matches(pattern));
    }
}
