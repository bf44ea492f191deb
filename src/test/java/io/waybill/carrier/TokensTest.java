package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Authorization.Call;
import io.waybill.carrier.Authorization.Grant;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {
    private static final Call CALL = new Call("GET", "/", new byte[0]);
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Tokens tokens = new Tokens(
            () -> {
                asked.incrementAndGet();
                return answers.isEmpty() ? token("T" + asked.get(), 3600) : answers.poll();
            },
            answer -> {
                Reply json = Reply.of(answer.body());
                return new Tokens.Token(
                        json.required("access_token"), Duration.ofSeconds(Long.parseLong(json.text("expires_in"))));
            },
            "Authorization",
            now::get);

    @Test
    void a_token_is_kept_until_shortly_before_it_ends() {
        assertThat(granted()).isEqualTo("T1");
        pass(Duration.ofSeconds(3539));
        assertThat(granted()).isEqualTo("T1");
        pass(Duration.ofSeconds(2));
        assertThat(granted()).isEqualTo("T2");
    }

    /** A token is refused soon enough where its time was guessed too long; without any, nothing could be bought. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3600 | 3600",
                "\"14399\" | 14399",
                "3599.5 | 3599",
                "null | 600",
                "\"\" | 600",
                "\"soon\" | 600",
                "-1 | 600",
                "0 | 600",
                "99999999999999999999 | 600"
            })
    void a_token_is_used_however_its_time_is_told(String said, long seconds) {
        Answer.Read answer = (Answer.Read) read(200, "{\"access_token\": \"T\", \"expires_in\": " + said + "}");

        assertThat(Tokens.bearer(answer)).isEqualTo(new Tokens.Token("Bearer T", Duration.ofSeconds(seconds)));
    }

    @Test
    void many_threads_ask_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<String>> all = IntStream.range(0, 8)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return granted();
                    }))
                    .toList();
            start.countDown();
            for (Future<String> one : all) {
                assertThat(one.get()).isEqualTo("T1");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void a_refused_token_is_forgotten_once_however_many_calls_it_refused() {
        Grant.Headers old = (Grant.Headers) tokens.grant(CALL);
        tokens.refused(old);
        assertThat(granted()).isEqualTo("T2");
        tokens.refused(old);
        assertThat(granted()).isEqualTo("T2");
    }

    @Test
    void a_failure_counts_for_a_moment_and_is_told_in_the_carriers_words() {
        answers.add(
                read(401, "{\"response\":{\"errors\":[{\"code\":\"10401\",\"message\":\"ClientId is Invalid\"}]}}"));
        assertThat(tokens.grant(CALL))
                .isInstanceOfSatisfying(
                        Grant.None.class,
                        none -> assertThat(none.why()).isEqualTo("no token: HTTP 401: ClientId is Invalid"));
        assertThat(tokens.grant(CALL)).isInstanceOf(Grant.None.class);
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(3));
        assertThat(granted()).isEqualTo("T2");
    }

    @Test
    void a_carrier_that_says_when_to_come_back_is_not_asked_before() {
        HttpHeaders inAMinute = HttpHeaders.of(Map.of("Retry-After", List.of("60")), (name, value) -> true);
        answers.add(new Answer.Read(429, inAMinute, new byte[0]));
        assertThat(tokens.grant(CALL)).isInstanceOf(Grant.None.class);
        pass(Duration.ofSeconds(20));
        assertThat(tokens.grant(CALL))
                .isInstanceOfSatisfying(
                        Grant.None.class, none -> assertThat(none.retryAfter()).contains(Duration.ofSeconds(40)));
        assertThat(asked).hasValue(1);
        pass(Duration.ofSeconds(41));
        assertThat(granted()).isEqualTo("T2");
    }

    @Test
    void an_answer_without_a_token_grants_nothing() {
        answers.add(read(200, "{\"status\":\"approved\"}"));
        assertThat(tokens.grant(CALL))
                .isInstanceOfSatisfying(
                        Grant.None.class, none -> assertThat(none.why()).contains("cannot be read", "access_token"));
    }

    /** A token in another shape than the one that was expected is a token all the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3cr3t-t0k3n",
                "\"s3cr3t-t0k3n\"",
                "access_token=s3cr3t-t0k3n&expires_in=3600",
                "{\"access_token\":\"s3cr3t-t0k3n\",\"expires_in\":3600} <!-- node 4 -->",
                "{\"access_token\":\"s3cr3t-t0k3n\",\"expi",
                "<token>s3cr3t-t0k3n</token>"
            })
    void an_answer_that_cannot_be_read_is_told_without_the_token_in_it(String body) {
        answers.add(read(200, body));
        assertThat(tokens.grant(CALL))
                .isInstanceOfSatisfying(
                        Grant.None.class,
                        none -> assertThat(none.why())
                                .contains("cannot be read (HTTP 200)")
                                .doesNotContain("s3cr3t"));
    }

    @Test
    void an_answer_of_success_that_gives_no_token_tells_why() {
        answers.add(read(200, "{\"code\":\"40301\",\"msg\":\"The app is not approved.\"}"));
        assertThat(tokens.grant(CALL))
                .isInstanceOfSatisfying(
                        Grant.None.class, none -> assertThat(none.why()).contains("The app is not approved."));
    }

    @Test
    void what_is_granted_shows_no_secret() {
        assertThat(tokens.grant(CALL).toString()).doesNotContain("T1").contains("Authorization");
        assertThat(new Tokens.Token("secret", Duration.ofSeconds(1)).toString()).doesNotContain("secret");
    }

    @Test
    void two_authorizations_are_both_sent_and_one_that_fails_is_the_answer() {
        Authorization both = tokens.and(Authorization.fixed(Map.of("X-Payment", "P")));
        assertThat(((Grant.Headers) both.grant(CALL)).headers()).containsOnlyKeys("Authorization", "X-Payment");
        Authorization broken = tokens.and(call -> new Grant.None("no payment token", java.util.Optional.empty()));
        assertThat(broken.grant(CALL)).isInstanceOf(Grant.None.class);
    }

    private String granted() {
        return String.valueOf(((Grant.Headers) tokens.grant(CALL)).headers().get("Authorization"));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private static Answer token(String token, int seconds) {
        return read(200, "{\"access_token\":\"" + token + "\",\"expires_in\":\"" + seconds + "\"}");
    }

    private static Answer read(int status, String body) {
        return new Answer.Read(status, HttpHeaders.of(Map.of(), (name, value) -> true), body.getBytes(UTF_8));
    }
}
