package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HookProofTest {
    /** RFC 4231, test case 2. */
    private static final byte[] KEY = "Jefe".getBytes(UTF_8);

    private static final byte[] BODY = "what do ya want for nothing?".getBytes(UTF_8);
    private static final String HEX = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void an_hmac_is_taken_in_hex_and_in_base_64() {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
        assertThatCode(() -> HookProof.requireHmac(KEY, BODY, HEX)).doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(KEY, BODY, HEX.toUpperCase(java.util.Locale.ROOT)))
                .doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(KEY, BODY, base64)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "SHA-256=", "hmac-sha256=", "hmac-sha256-hex=", "sha256:"})
    void an_hmac_may_say_before_it_how_it_was_made(String before) {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
        assertThatCode(() -> HookProof.requireHmac(KEY, BODY, before + HEX)).doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(KEY, BODY, before + base64)).doesNotThrowAnyException();
        refused(() -> HookProof.requireHmac(KEY, BODY, before));
        refused(() -> HookProof.requireHmac(KEY, BODY, "sha1=" + HEX));
    }

    @Test
    void another_body_key_or_no_proof_is_refused() {
        byte[] other = "what do ya want for nothing!".getBytes(UTF_8);
        refused(() -> HookProof.requireHmac(KEY, other, HEX));
        refused(() -> HookProof.requireHmac("jefe".getBytes(UTF_8), BODY, HEX));
        refused(() -> HookProof.requireHmac(KEY, BODY, "%%%"));
        refused(() -> HookProof.requireHmac(KEY, BODY, null));
        refused(() -> HookProof.requireEcho("secret", "Secret"));
        refused(() -> HookProof.requireEcho("secret", null));
        assertThatCode(() -> HookProof.requireEcho("secret", "secret")).doesNotThrowAnyException();
    }

    @Test
    void without_a_secret_nothing_is_taken() {
        assertThatThrownBy(() -> HookProof.secret(Optional.empty(), "webhookCredential"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("webhookCredential");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> org.assertj.core.api.Assertions.assertThat(
                                        e.problems().get(0).code())
                                .isEqualTo("carrier-hook-refused"));
    }
}
