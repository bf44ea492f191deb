package io.waybill.batch;

import io.waybill.problem.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document.
 *
 * @param orderId the customer's number, as far as it could be read
 * @param uid the hub's id of what it became
 * @param code why, when it was not accepted
 */
public record Fate(
        Result result,
        @Nullable String orderId,
        @Nullable String uid,
        @Nullable String code,
        List<Problem> problems) {
    public Fate {
        problems = List.copyOf(problems);
    }

    /** The same with what was noted about it behind its problems. */
    public Fate noting(List<Problem> notes) {
        return notes.isEmpty()
                ? this
                : new Fate(
                        result,
                        orderId,
                        uid,
                        code,
                        Stream.concat(problems.stream(), notes.stream()).toList());
    }

    /** The same with the number its document names, where it has none yet. */
    public Fate named(@Nullable String number) {
        return orderId != null || number == null ? this : new Fate(result, number, uid, code, problems);
    }

    /** An order that is held counts as accepted. */
    public enum Result {
        ACCEPTED,
        DUPLICATE,
        REPLACED,
        CONFLICT,
        REJECTED,
        SKIPPED,

        /** Its batch was stopped before it. */
        NOT_TAKEN,

        /** It was taken in, and called off unbought when its batch was stopped. */
        CALLED_OFF;

        /** The word in receipts: {@code accepted}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Known to the hub for good: a file dropped again does not take it again. */
        boolean settled() {
            return this == ACCEPTED || this == REPLACED || this == DUPLICATE;
        }

        /** Somebody has to correct it: it stands in the quarantine file. */
        boolean bad() {
            return this == REJECTED || this == CONFLICT;
        }
    }

    public static Fate accepted(String orderId, String uid) {
        return new Fate(Result.ACCEPTED, orderId, uid, null, List.of());
    }

    /** Rejected for these problems, of which the first names the code. */
    public static Fate rejected(@Nullable String orderId, List<Problem> problems) {
        return new Fate(
                Result.REJECTED,
                orderId,
                null,
                problems.isEmpty() ? null : problems.get(0).code(),
                problems);
    }
}
