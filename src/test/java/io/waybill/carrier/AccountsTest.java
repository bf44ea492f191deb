package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    @Test
    void an_account_is_billed_on_scan_where_its_settings_say_so_and_a_word_nobody_knows_is_refused() {
        assertThat(billed("on_carrier_acceptance").isBilledOnScan()).isTrue();
        assertThat(billed("on_creation").isBilledOnScan()).isFalse();
        assertThatThrownBy(() -> billed("on_scan"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("on_carrier_acceptance");
    }

    @Test
    void a_key_of_an_account_that_nobody_reads_is_refused() {
        assertThatThrownBy(() -> new Accounts(Settings.of("""
                        account.box.adapter=sandbox
                        account.box.lease=5m
                        """).section("account"), new Carriers()))
                .hasMessageContaining("account.box.lease");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_000})
    void an_account_that_nobody_could_buy_with_is_refused_by_its_key(int workers) {
        assertThatThrownBy(
                        () -> new Accounts(Settings.of("""
                        account.box.adapter=sandbox
                        account.box.baseUrl=http://127.0.0.1:1
                        account.box.workers=%s
                        """.formatted(workers)).section("account"), new Carriers()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account.box.workers=\"" + workers + "\"")
                .hasMessageContaining("1 to 1000");
    }

    private static Account billed(String event) {
        return new Accounts(Settings.of("""
                account.box.adapter=sandbox
                account.box.baseUrl=http://127.0.0.1:1
                account.box.chargeEvent=%s
                """.formatted(event)).section("account"), new Carriers())
                .find("box")
                .orElseThrow();
    }
}
