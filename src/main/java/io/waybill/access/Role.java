package io.waybill.access;

import static io.waybill.access.Scope.*;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a person does here, and so what their key may do. */
public enum Role {
    OPS(Set.of(READ, ORDERS_WRITE, LABELS_BUY, LABELS_VOID, LABELS_BUY_ANYWAY)),
    FINANCE(Set.of(READ, MONEY_READ, MONEY_APPROVE)),
    SUPPORT(Set.of(READ)),
    ADMIN(Set.of(Scope.ADMIN));

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Scope> scopes;

    Role(Set<Scope> scopes) {
        this.scopes = scopes;
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ProblemException {@code unknown-role} */
    public static Role of(String text) {
        return Arrays.stream(values())
                .filter(role -> role.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.of(AccessCode.UNKNOWN_ROLE, "role", text)));
    }
}
