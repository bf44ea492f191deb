package io.waybill.access;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One thing a caller may do. {@link #ADMIN} may do all of them. */
public enum Scope {
    READ,
    ORDERS_WRITE,
    LABELS_BUY,
    LABELS_VOID,
    /** Buys although an earlier purchase may have succeeded. */
    LABELS_BUY_ANYWAY,
    MONEY_READ,
    MONEY_APPROVE,
    ADMIN;

    /** The public spelling: {@code labels:buy-anyway}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replaceFirst("_", ":").replace('_', '-');
    }

    /** @throws ProblemException {@code unknown-scope} */
    public static Scope of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(
                        AccessCode.UNKNOWN_SCOPE,
                        "scope",
                        text,
                        "known",
                        Arrays.stream(values()).map(Scope::text).collect(Collectors.joining(", ")))));
    }
}
