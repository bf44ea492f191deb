package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.access.Caller;
import io.waybill.access.Scope;
import io.waybill.intake.Sources;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A caller speaks for no source of somebody else, and does not learn that there is one. */
class SpeakerTest {
    private static final Settings SETTINGS = Settings.of("""
            defaults.namespace=acme
            source.acme-shop.rate=1
            source.globex-shop.namespace=globex
            """);
    private static final Speaker SPEAKER = new Speaker(new Sources(SETTINGS));
    private static final Namespaces ACME = Namespaces.of(Set.of("acme"));

    @Test
    void a_source_of_another_namespace_is_as_unknown_as_one_that_is_not_there() {
        Caller acme = caller(null, ACME, Scope.ORDERS_WRITE);

        assertThat(refusal(acme, "globex-shop").values())
                .containsEntry("source", "globex-shop")
                .containsEntry("known", "acme-shop, local");
        assertThat(refusal(acme, "nobody").values()).containsEntry("known", "acme-shop, local");
        assertThat(refusal(acme, "nobody").code()).isEqualTo("unknown-source");
        assertThat(refusal(caller("acme-shop", ACME, Scope.ADMIN), "globex-shop")
                        .code())
                .isEqualTo("unknown-source");
    }

    @Test
    void a_source_of_its_namespaces_and_that_of_everybody_may_be_named() {
        Caller acme = caller(null, ACME, Scope.ORDERS_WRITE);

        assertThat(source(acme, "acme-shop")).isEqualTo("acme-shop");
        assertThat(source(acme, "local")).isEqualTo("local");
        assertThat(source(caller(null, Namespaces.of(Set.of("globex")), Scope.READ), "local"))
                .isEqualTo("local");
        assertThat(source(acme, null)).isEqualTo("local");
        assertThat(source(Caller.LOCAL, "globex-shop")).isEqualTo("globex-shop");
        assertThat(source(caller(null, Namespaces.ALL, Scope.ORDERS_WRITE), "globex-shop"))
                .isEqualTo("globex-shop");
    }

    @Test
    void who_is_bound_to_a_source_speaks_for_it_whatever_namespaces_it_serves_and_for_no_other() {
        Caller bound = caller("globex-shop", ACME, Scope.ORDERS_WRITE);

        assertThat(source(bound, null)).isEqualTo("globex-shop");
        assertThat(source(bound, "globex-shop")).isEqualTo("globex-shop");
        assertThat(refusal(bound, "acme-shop").code()).isEqualTo("not-your-source");
    }

    private static Problem refusal(Caller caller, String named) {
        List<Problem> told = new ArrayList<>();
        assertThatThrownBy(() -> source(caller, named))
                .isInstanceOfSatisfying(ProblemException.class, refused -> told.addAll(refused.problems()));
        return told.get(0);
    }

    private static String source(Caller caller, @Nullable String named) {
        Map<String, String> query = named == null ? Map.of() : Map.of("source", named);
        return SPEAKER.source(new Request(
                "req", caller, "POST", "/v1/orders", Map.of(), query, Map.of(), new byte[0], Locale.ENGLISH, ""));
    }

    private static Caller caller(@Nullable String source, Namespaces namespaces, Scope scope) {
        return new Caller(
                "erp",
                Optional.ofNullable(source),
                Set.of(scope),
                namespaces,
                false,
                Optional.empty(),
                Optional.empty());
    }
}
