package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.ledger.Namespaces;
import io.waybill.order.OrderCode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One number used by two who see nothing of each other is two keys. */
class IdempotencyKeysTest {
    @Test
    void who_is_bound_to_no_source_has_keys_of_its_namespaces() {
        String acme = kept(null, Namespaces.of(Set.of("acme")), "1001");

        assertThat(acme).isNotEqualTo(kept(null, Namespaces.of(Set.of("globex")), "1001"));
        assertThat(acme).isEqualTo(kept(null, Namespaces.of(Set.of("acme")), "1001"));
        assertThat(acme).isNotEqualTo(kept(null, Namespaces.of(Set.of("acme")), "1002"));
        assertThat(kept(null, Namespaces.of(Set.of("acme")), "k".repeat(255))).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void those_of_a_source_and_of_all_namespaces_stay_as_they_are_sent() {
        assertThat(kept("shop", Namespaces.of(Set.of("acme")), "1001")).isEqualTo("1001");
        assertThat(kept(null, Namespaces.ALL, "1001")).isEqualTo("1001");
        assertThat(IdempotencyKeys.of(request(null, Namespaces.of(Set.of("acme")), Map.of())))
                .isNull();
    }

    @Test
    void one_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> kept(null, Namespaces.ALL, "k".repeat(256))).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_key_that_was_used_is_told_as_it_was_sent() {
        Namespaces acme = Namespaces.of(Set.of("acme"));
        Problem reused = Problem.of(OrderCode.IDEMPOTENCY_KEY_REUSED, "key", kept(null, acme, "1001"));

        assertThat(IdempotencyKeys.asSent(List.of(reused), request(null, acme, Map.of("Idempotency-Key", "1001"))))
                .containsExactly(Problem.of(OrderCode.IDEMPOTENCY_KEY_REUSED, "key", "1001"));
    }

    private static String kept(@Nullable String source, Namespaces namespaces, String key) {
        return Objects.requireNonNull(IdempotencyKeys.of(request(source, namespaces, Map.of("Idempotency-Key", key))));
    }

    private static Request request(@Nullable String source, Namespaces namespaces, Map<String, String> headers) {
        Caller caller = new Caller(
                "erp",
                Optional.ofNullable(source),
                Set.of(Scope.ORDERS_WRITE),
                namespaces,
                false,
                Optional.empty(),
                Optional.empty());
        return new Request(
                "req", caller, "POST", "/v1/orders", Map.of(), Map.of(), headers, new byte[0], Locale.ENGLISH, "");
    }
}
