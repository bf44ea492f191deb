package io.waybill.api;

import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.intake.Sources;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which source a caller speaks for: its own, or one it names and sees. */
record Speaker(Sources sources) {
    /** In the place of a source's name: the one whose mapping reads the columns of a sheet. */
    private static final String ANY = "*";

    /**
     * A caller bound to a source speaks for no other; who is bound to none may name any that brings orders of its
     * namespaces, and one of others is as unknown as one that is not there.
     *
     * @throws ProblemException {@code not-your-source}; {@code unknown-source} with those the caller sees
     */
    String source(Request request) {
        Caller caller = request.caller();
        String named = request.query("source").orElse("");
        String own = caller.source().orElse(Sources.LOCAL);
        if (named.isEmpty() || named.equals(own)) {
            return own;
        }
        if (isBound(caller)) {
            throw new ProblemException(Problem.of(ApiCode.NOT_YOUR_SOURCE, "name", named, "own", own));
        }
        requireSeen(sources, named, caller);
        return named;
    }

    /** The same of a file; empty where a caller that is bound to none leaves open which of its sources that is for. */
    Optional<String> sourceOfFile(Request request) {
        if (request.query("source").filter(ANY::equals).isEmpty()) {
            return Optional.of(source(request));
        }
        return isBound(request.caller()) ? request.caller().source() : Optional.empty();
    }

    private static boolean isBound(Caller caller) {
        return !caller.source().orElse(Sources.LOCAL).equals(Sources.LOCAL) && !caller.may(Scope.ADMIN);
    }

    /** @throws ProblemException {@code unknown-source} with those the caller sees, as for one that is not there */
    static void requireSeen(Sources sources, String named, Caller caller) {
        if (!sources.isSeen(named, caller.namespaces())) {
            throw new ProblemException(
                    Problem.of(OrderCode.UNKNOWN_SOURCE, "source", named, "known", known(sources, caller)));
        }
    }

    private static String known(Sources sources, Caller caller) {
        return sources.names().stream()
                .filter(name -> sources.isSeen(name, caller.namespaces()))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
