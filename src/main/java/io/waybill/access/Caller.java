package io.waybill.access;

import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Optional;
import java.util.Set;

/**
 * Who is asking.
 *
 * @param name of the key, or of the person; the actor in the audit log
 * @param source the source this caller's orders come from; empty when it may name one
 * @param namespaces what it sees; the id of another namespace does not exist for it
 * @param person true when a person holds the key
 * @param key its id; empty for those without one
 * @param session the browser session it calls from, by the sha256 of its token; empty when the key itself was sent
 */
public record Caller(
        String name,
        Optional<String> source,
        Set<Scope> scopes,
        Namespaces namespaces,
        boolean person,
        Optional<String> key,
        Optional<String> session) {
    /** Whoever sits at this machine while no key exists. */
    public static final Caller LOCAL =
            new Caller("local", Optional.of("local"), Set.of(Scope.ADMIN), Namespaces.ALL, false);

    /** On the few paths that ask for no key: may do nothing, sees nothing. */
    public static final Caller ANYONE =
            new Caller("anyone", Optional.empty(), Set.of(), Namespaces.of(Set.of()), false);

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    Caller(String name, Optional<String> source, Set<Scope> scopes, Namespaces namespaces, boolean person) {
        this(name, source, scopes, namespaces, person, Optional.empty(), Optional.empty());
    }

    Caller in(String browserSession) {
        return new Caller(name, source, scopes, namespaces, person, key, Optional.of(browserSession));
    }

    public boolean may(Scope scope) {
        return scopes.contains(scope) || scopes.contains(Scope.ADMIN);
    }

    /**
     * What is everybody's may only be seen and done by who sees everybody.
     *
     * @throws ProblemException {@code scope-missing}
     */
    public void requireAllNamespaces() {
        if (!namespaces.all()) {
            throw new ProblemException(
                    Problem.of(AccessCode.SCOPE_MISSING, "caller", name, "scope", "admin, of all namespaces"));
        }
    }

    /** @throws ProblemException {@code scope-missing} */
    public void require(Scope scope) {
        if (!may(scope)) {
            throw new ProblemException(Problem.of(AccessCode.SCOPE_MISSING, "caller", name, "scope", scope.text()));
        }
    }
}
