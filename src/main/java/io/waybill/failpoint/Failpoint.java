package io.waybill.failpoint;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The moments of the purchase protocol at which a process may die, the disk may be full or the database may be gone.
 * Nothing happens at any of them, and nothing is paid, unless the system property {@value #PROPERTY} names it:
 *
 * <pre>
 * before-t2=halt                            the process ends there, without a word to anybody
 * mid-file=halt@3                           at the third time
 * before-t2-commit+commit-in-doubt=halt     only where a thread came straight from the first to the second
 * </pre>
 *
 * What happens there: {@code halt}; {@code stop} (SIGSTOP; goes on after SIGCONT); {@code full} (no space left on the
 * disk, three times); {@code lose} (the work is done, but its answer is lost). Several, separated by commas.
 */
public enum Failpoint {
    /** The order is written and not committed; with its intent, where a worker is free. */
    BEFORE_T0_COMMIT,
    /** The order is on disk; its sender does not know yet. */
    AFTER_T0,
    /** A document of a file is taken in; the next is not. */
    MID_FILE,
    /** Every document of a file is taken in; the file is where it was dropped. */
    BEFORE_ARCHIVE,
    /** A row of another system's table is taken in; the row is not marked. */
    BEFORE_MARK,
    /** A shipment that waited is claimed and the intent written, not committed. */
    BEFORE_T1_COMMIT,
    /** The intent is on disk and it is not too late to send; no byte has left. */
    BEFORE_SEND,
    /** Half of the request has left. */
    HALF_SENT,
    /** The carrier has sold, its answer has begun to arrive and is not read. */
    ANSWER_IN_FLIGHT,
    /** The answer is read. */
    BEFORE_T2,
    /** The sale is written and not committed. */
    BEFORE_T2_COMMIT,
    /** The database has taken a commit; nobody knows yet whether it is on disk. */
    COMMIT_IN_DOUBT,
    /** The sale is on disk; nobody is told yet. */
    AFTER_T2,
    /** A sink has taken an event; that it has is not recorded. */
    RECEIVER_TOOK,
    /** A look-up has found a sale; it is not recorded. */
    IN_RECOVERY,
    /** The carrier has given a label back; that it has is not recorded. */
    VOID_SENT;

    /** Names what is armed; a test seam, not a setting. */
    public static final String PROPERTY = "waybill.failpoint";

    private static final @Nullable Armed ARMED = Armed.read(System.getProperty(PROPERTY, ""));

    /** The thread is here. Returns, unless this point is armed. */
    public void here() {
        if (ARMED != null) {
            ARMED.reached(this);
        }
    }

    /** Whether anything is armed here; for the points that need preparation. */
    public boolean isArmed() {
        return ARMED != null && ARMED.knows(this);
    }

    /** As the property names it: {@code before-t2}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
