package io.waybill.api;

import io.waybill.ledger.Namespaces;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys callers send, as they are kept: a source has its own, and so have the namespaces of a caller that is bound to
 * none, for shops number from 1.
 */
final class IdempotencyKeys {
    private static final int LONGEST = 255;
    private static final int MARK = 40;

    private IdempotencyKeys() {}

    /**
     * Null when the call brings none.
     *
     * @throws ProblemException {@code bad-idempotency-key}
     */
    static @Nullable String of(Request request) {
        String key = request.header("Idempotency-Key").orElse(null);
        if (key == null) {
            return null;
        }
        if (key.length() > LONGEST) {
            throw new ProblemException(
                    Problem.of(ApiCode.BAD_IDEMPOTENCY_KEY, "length", key.length(), "most", LONGEST));
        }
        Namespaces namespaces = request.caller().namespaces();
        boolean shared = namespaces.all() || request.caller().source().isPresent();
        return shared ? key : mark(namespaces) + key;
    }

    private static String mark(Namespaces namespaces) {
        return Sha256.of(String.join(",", namespaces.names())).substring(0, MARK) + "/";
    }

    /** Problems that name the key as it was sent. */
    static List<Problem> asSent(List<Problem> problems, Request request) {
        return problems.stream()
                .map(problem -> problem.code().equals(OrderCode.IDEMPOTENCY_KEY_REUSED.code())
                        ? problem.with("key", request.header("Idempotency-Key").orElse(""))
                        : problem)
                .toList();
    }
}
