package io.waybill.readiness;

import io.waybill.problem.Problem;

/**
 * Which kept document one is: it has no row any more by which a person would find it.
 *
 * @param file what it came in, its own where it came alone
 * @param kind how a sentence calls it, {@code document} or {@code order}
 * @param name its id, or the number of the order
 */
public record Kept(String file, String kind, String name) {
    /** One that its mapping is applied to again. */
    public static Kept document(String file, String id) {
        return new Kept(file, "document", id);
    }

    /** One that came as an order. */
    public static Kept order(String file, String number) {
        return new Kept(file, "order", number);
    }

    /** The problem told by its document; its own sentence keeps what it says of rows. */
    Problem name(Problem problem) {
        Problem named = problem.with("keptAs", kind).with("keptName", name);
        return problem.values().containsKey("record") ? named.with("record", name) : named;
    }
}
