package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.waybill.settings.Settings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountLineTest {
    private static final byte[] BODY = {'{', '}'};
    private final Deque<ResponseDefinitionBuilder> answers = new ArrayDeque<>();
    private final List<Long> rests = new ArrayList<>();
    private final Scripted carrier = new Scripted();

    private final class Scripted extends CarrierStub {
        Scripted() {
            on("POST", "/token")
                    .answers(call ->
                            json(200, "{\"access_token\":\"T" + calls("/token").size() + "\"}"));
            on("GET", "/.*").answers(call -> next());
            on("POST", "/.*").answers(call -> next());
            on("DELETE", "/.*").answers(call -> next());
        }

        private ResponseDefinitionBuilder next() {
            ResponseDefinitionBuilder next = answers.poll();
            return next == null ? json(200, "{}") : next;
        }

        static ResponseDefinitionBuilder of(int status) {
            return status(status);
        }

        static ResponseDefinitionBuilder nothing() {
            return silence();
        }
    }

    @AfterEach
    void stop() {
        carrier.close();
    }

    @Test
    void a_read_is_tried_three_times_with_a_rest_between() {
        answers.add(Scripted.of(503));
        answers.add(Scripted.nothing());
        assertThat(line().read("/x", Map.of()))
                .isInstanceOfSatisfying(
                        Answer.Read.class, answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(rests).hasSize(2).allMatch(rest -> rest < 400);
        for (int i = 0; i < 3; i++) {
            answers.add(Scripted.of(500));
        }
        line().ask("/x", Map.of(), BODY);
        assertThat(carrier.calls("/x")).hasSize(6);
    }

    @Test
    void a_read_comes_back_when_the_carrier_said_so_unless_that_is_long() {
        answers.add(Scripted.of(429).withHeader("Retry-After", "2"));
        line().read("/x", Map.of());
        assertThat(rests).singleElement().satisfies(rest -> assertThat(rest).isBetween(2_000L, 2_200L));
        answers.add(Scripted.of(429).withHeader("Retry-After", "3600"));
        assertThat(((Answer.Read) line().read("/y", Map.of())).retryAfter()).contains(Duration.ofHours(1));
        assertThat(carrier.calls("/y")).hasSize(1);
    }

    @Test
    void a_purchase_is_sent_once_whatever_comes_back() {
        for (ResponseDefinitionBuilder bad :
                List.of(Scripted.of(401), Scripted.of(429), Scripted.of(500), Scripted.of(503), Scripted.nothing())) {
            answers.add(bad);
            line().buy("/buy", Map.of(), BODY);
        }
        assertThat(carrier.calls("/buy")).hasSize(5);
        assertThat(rests).isEmpty();
    }

    @Test
    void a_change_is_not_sent_again_after_silence_or_5xx() {
        answers.add(Scripted.nothing());
        answers.add(Scripted.of(503));
        line().change("DELETE", "/void", Map.of(), new byte[0]);
        line().change("DELETE", "/void", Map.of(), new byte[0]);
        assertThat(carrier.calls("/void")).hasSize(2);
    }

    @Test
    void a_refused_token_is_renewed_once_for_what_buys_nothing() {
        answers.add(Scripted.of(401));
        line().change("DELETE", "/void", Map.of(), new byte[0]);
        assertThat(carrier.calls("/void"))
                .extracting(call -> call.header("Authorization"))
                .containsExactly("Bearer T1", "Bearer T2");
        for (int i = 0; i < 2; i++) {
            answers.add(Scripted.of(401));
        }
        assertThat(line().change("DELETE", "/again", Map.of(), new byte[0]))
                .isInstanceOfSatisfying(
                        Answer.Read.class, answer -> assertThat(answer.status()).isEqualTo(401));
        assertThat(carrier.calls("/again")).hasSize(2);
    }

    @Test
    void a_purchase_with_a_refused_token_has_a_new_one_the_next_time() {
        AccountLine line = line();
        answers.add(Scripted.of(401));
        line.buy("/buy", Map.of(), BODY);
        line.buy("/buy", Map.of(), BODY);
        assertThat(carrier.calls("/buy"))
                .extracting(call -> call.header("Authorization"))
                .containsExactly("Bearer T1", "Bearer T2");
    }

    @Test
    void an_account_calls_no_more_often_than_it_may() {
        AccountLine line = line(1);
        long slow = 0;
        for (int i = 0; i < 6; i++) {
            Answer answer = line.buy("/buy", Map.of(), BODY);
            slow += answer instanceof Answer.NothingSent nothing && nothing.isHeldBack() ? 1 : 0;
        }
        assertThat(slow).isPositive();
        assertThat(carrier.calls("/buy")).hasSize((int) (6 - slow));
    }

    @Test
    void the_mode_says_which_host_and_an_address_of_ones_own_goes_before() {
        assertThat(calls("mode=production").base()).hasHost("live.example");
        assertThat(calls("mode=test").base()).hasHost("test.example");
        assertThat(calls("mode=production", "baseUrl=http://127.0.0.1:8").base())
                .hasHost("127.0.0.1");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> calls("workers=4"))
                .hasMessageContaining("account.x.mode");
    }

    private static CallSettings calls(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("account.x.").append(line).append('\n');
        }
        return CallSettings.read(
                Settings.of(text.toString()).section("account").section("x"),
                "https://test.example",
                "https://live.example");
    }

    private AccountLine line() {
        return line(0);
    }

    private AccountLine line(int perSecond) {
        CarrierHttp http = new CarrierHttp(carrier.url(), Duration.ofSeconds(3), Duration.ofSeconds(30));
        return new AccountLine(
                http,
                Tokens.clientCredentials(http, "/token", "id", "secret", Map.of()),
                answer -> answer.status() == 401,
                perSecond,
                Duration.ZERO,
                rests::add);
    }
}
