package io.waybill.api;

import io.waybill.access.Access;
import io.waybill.access.Caller;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.KeyBook;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who can look after an exception: the people who hold a key that works and sees its namespace. */
record Assignees(Access access) {

    /** @throws ProblemException {@code unknown-assignee} */
    void require(Tx tx, String name, ExceptionBook.Row exception) {
        SortedSet<String> known = known(tx, exception.namespace());
        if (!known.contains(name)) {
            throw new ProblemException(Problem.of(
                            ApiCode.UNKNOWN_ASSIGNEE,
                            "assignee",
                            name,
                            "known",
                            known.isEmpty() ? "-" : String.join(", ", known))
                    .at("/assignee"));
        }
    }

    /** While no key exists there is one person: whoever sits at this machine. */
    private SortedSet<String> known(Tx tx, String namespace) {
        Instant now = tx.now();
        SortedSet<String> known = new TreeSet<>();
        if (!access.isKeyed()) {
            known.add(Caller.LOCAL.name());
        }
        tx.keys().all().stream()
                .filter(key -> key.person() && works(key, now) && sees(key, namespace))
                .forEach(key -> known.add(key.name()));
        return known;
    }

    private static boolean works(KeyBook.Row key, Instant now) {
        return key.revokedAt() == null
                && (key.expiresAt() == null || key.expiresAt().isAfter(now));
    }

    private static boolean sees(KeyBook.Row key, String namespace) {
        return key.namespaces().equals("*")
                || Arrays.asList(key.namespaces().split(",", -1)).contains(namespace);
    }
}
