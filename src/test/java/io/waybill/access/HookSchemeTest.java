package io.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waybill.access.HookScheme.Style;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookSchemeTest {
    private static final byte[] KEY = "0123456789abcdef01234567".getBytes(UTF_8);
    private static final byte[] BODY = "{\"id\":1,\"名\":\"值\"}".getBytes(UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void what_standard_webhooks_signs_is_let_in_and_named_by_its_id() throws Exception {
        assertThat(HookScheme.STANDARD.verify(List.of(KEY), standard(NOW, BODY)::get, BODY, NOW))
                .isEqualTo("msg_1");
    }

    @Test
    void the_worked_example_of_the_standard_is_let_in() {
        byte[] key = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        Map<String, String> headers = Map.of(
                "webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp", "1614265330",
                "webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        byte[] body = "{\"test\": 2432232314}".getBytes(UTF_8);

        assertThat(HookScheme.STANDARD.verify(List.of(key), headers::get, body, Instant.ofEpochSecond(1614265330)))
                .isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
    }

    @Test
    void one_good_signature_among_several_is_enough() throws Exception {
        Map<String, String> headers = standard(NOW, BODY);
        headers.compute("webhook-signature", (name, good) -> "v1,b2xk v2,x " + good);

        assertThat(HookScheme.STANDARD.verify(List.of(KEY), headers::get, BODY, NOW))
                .isEqualTo("msg_1");
    }

    @Test
    void a_header_full_of_signatures_costs_no_more_than_one() {
        Map<String, String> headers = Map.of(
                "webhook-id", "msg_1",
                "webhook-timestamp", String.valueOf(NOW.getEpochSecond()),
                "webhook-signature", "v1, ".repeat(4_000));
        byte[] body = new byte[1024 * 1024];

        assertTimeoutPreemptively(
                Duration.ofSeconds(15),
                () -> assertThatThrownBy(() -> HookScheme.STANDARD.verify(List.of(KEY, BODY), headers::get, body, NOW))
                        .isInstanceOf(ProblemException.class));
    }

    @Test
    void a_changed_body_id_or_time_is_refused() throws Exception {
        Map<String, String> headers = standard(NOW, BODY);
        byte[] other = BODY.clone();
        other[2] ^= 1;
        refused(headers, other);
        Map<String, String> otherId = new HashMap<>(headers);
        otherId.put("webhook-id", "msg_2");
        refused(otherId, BODY);
        Map<String, String> otherTime = new HashMap<>(headers);
        otherTime.put("webhook-timestamp", String.valueOf(NOW.getEpochSecond() + 1));
        refused(otherTime, BODY);
    }

    @Test
    void only_five_minutes_lie_between_signing_and_now() throws Exception {
        for (Duration off : new Duration[] {Duration.ofSeconds(299), Duration.ofSeconds(-299)}) {
            assertThat(HookScheme.STANDARD.verify(List.of(KEY), standard(NOW.plus(off), BODY)::get, BODY, NOW))
                    .isEqualTo("msg_1");
        }
        for (Duration off : new Duration[] {Duration.ofSeconds(301), Duration.ofSeconds(-301)}) {
            assertThatThrownBy(() ->
                            HookScheme.STANDARD.verify(List.of(KEY), standard(NOW.plus(off), BODY)::get, BODY, NOW))
                    .hasMessageContaining("5 minutes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"webhook-id", "webhook-timestamp", "webhook-signature"})
    void a_missing_header_is_named(String name) throws Exception {
        Map<String, String> headers = standard(NOW, BODY);
        headers.remove(name);
        assertThatThrownBy(() -> HookScheme.STANDARD.verify(List.of(KEY), headers::get, BODY, NOW))
                .hasMessageContaining(name);
    }

    @Test
    void a_plain_signature_is_base64_or_hex_of_the_body() throws Exception {
        HookScheme shop = new HookScheme(Style.BASE64, "X-Shop-Hmac", "", "X-Shop-Delivery");
        HookScheme other = new HookScheme(Style.HEX, "X-Signature", "sha256=", null);
        String base64 = Base64.getEncoder().encodeToString(hmac(BODY));
        String hex = "sha256=" + HexFormat.of().withUpperCase().formatHex(hmac(BODY));

        assertThat(shop.verify(List.of(KEY), Map.of("X-Shop-Hmac", base64, "X-Shop-Delivery", "d-1")::get, BODY, NOW))
                .isEqualTo("d-1");
        assertThat(other.verify(List.of(KEY), Map.of("X-Signature", hex)::get, BODY, NOW))
                .startsWith("sha256:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "", "sha256=zz", "sha256=00", "sha1=00", "sha256=\u00e9"})
    void a_wrong_signature_is_refused_however_it_is_spelled(String signature) {
        HookScheme scheme = new HookScheme(Style.HEX, "X-Signature", "sha256=", null);
        assertThatThrownBy(() -> scheme.verify(List.of(KEY), Map.of("X-Signature", signature)::get, BODY, NOW))
                .isInstanceOf(io.waybill.problem.ProblemException.class);
    }

    private static void refused(Map<String, String> headers, byte[] body) {
        assertThatThrownBy(() -> HookScheme.STANDARD.verify(List.of(KEY), headers::get, body, NOW))
                .hasMessageContaining("signature does not fit");
    }

    private static Map<String, String> standard(Instant at, byte[] body) throws Exception {
        String head = "msg_1." + at.getEpochSecond() + ".";
        byte[] signed = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(UTF_8), 0, signed, 0, head.length());
        System.arraycopy(body, 0, signed, head.length(), body.length);
        Map<String, String> headers = new HashMap<>();
        headers.put("webhook-id", "msg_1");
        headers.put("webhook-timestamp", String.valueOf(at.getEpochSecond()));
        headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(hmac(signed)));
        return headers;
    }

    private static byte[] hmac(byte[] bytes) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        return mac.doFinal(bytes);
    }
}
