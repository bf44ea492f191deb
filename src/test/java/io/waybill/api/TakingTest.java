package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TakingTest {
    @Test
    void who_sends_for_another_namespace_is_told_the_own_ones_and_whom_to_ask() {
        Namespaces own = Namespaces.of(Set.of("globex", "initech"));
        Caller caller = new Caller(
                "globex",
                Optional.of("nova"),
                Set.of(Scope.ORDERS_WRITE),
                own,
                false,
                Optional.empty(),
                Optional.empty());

        Taking.requireNamespace(caller, "globex");

        assertThatThrownBy(() -> Taking.requireNamespace(caller, "acme"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problems().get(0).hint(Locale.ENGLISH))
                                .contains("globex, initech", "source.<name>.namespace", "a key of acme"));
    }
}
