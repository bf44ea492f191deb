package io.waybill.access;

import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key to be made: for a system with its scopes, or for a person with a role.
 *
 * @param source the source its orders are bound to; empty is any
 * @param validFor empty is until revoked
 */
public record NewKey(
        String name,
        Optional<Role> role,
        Set<Scope> scopes,
        Optional<String> source,
        Namespaces namespaces,
        Optional<Duration> validFor) {

    /** Kept in a list where a comma parts them and a star is all. */
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public NewKey {
        scopes = Set.copyOf(scopes);
        if (name.isBlank() || name.length() > 200) {
            throw new ProblemException(Problem.of(AccessCode.KEY_WITHOUT_NAME).at("/name"));
        }
        if (scopes.isEmpty()) {
            throw new ProblemException(
                    Problem.of(AccessCode.KEY_WITHOUT_SCOPES, "name", name).at("/scopes"));
        }
        namespaces.names().forEach(NewKey::requireName);
    }

    public static NewKey forPerson(String name, Role role, Namespaces namespaces) {
        return new NewKey(name, Optional.of(role), role.scopes(), Optional.empty(), namespaces, Optional.empty());
    }

    public NewKey validFor(Duration time) {
        return new NewKey(name, role, scopes, source, namespaces, Optional.of(time));
    }

    private static void requireName(String namespace) {
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new ProblemException(
                    Problem.of(AccessCode.BAD_NAMESPACE, "namespace", namespace).at("/namespaces"));
        }
    }

    /** In a fixed order, as stored. */
    String scopesText() {
        return String.join(",", EnumSet.copyOf(scopes).stream().map(Scope::text).toList());
    }
}
