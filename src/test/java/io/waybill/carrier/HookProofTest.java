package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), BODY, HEX)).doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), BODY, HEX.toUpperCase(java.util.Locale.ROOT)))
                .doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), BODY, base64)).doesNotThrowAnyException();
    }

    @Test
    void an_hmac_is_taken_in_the_base_64_for_addresses_too() {
        byte[] body = "{\"event\":0}".getBytes(UTF_8);
        String proof = "f31PTPRFVz9_m3pTH-SlDmq7oq6f4xVCGL85Pam7XJE=";
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), body, proof)).doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), body, proof.replace("=", "")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "SHA-256=", "hmac-sha256=", "hmac-sha256-hex=", "sha256:"})
    void an_hmac_may_say_before_it_how_it_was_made(String before) {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(HEX));
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), BODY, before + HEX))
                .doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireHmac(List.of(KEY), BODY, before + base64))
                .doesNotThrowAnyException();
        refused(() -> HookProof.requireHmac(List.of(KEY), BODY, before));
        refused(() -> HookProof.requireHmac(List.of(KEY), BODY, "sha1=" + HEX));
    }

    @Test
    void another_body_key_or_no_proof_is_refused() {
        byte[] other = "what do ya want for nothing!".getBytes(UTF_8);
        refused(() -> HookProof.requireHmac(List.of(KEY), other, HEX));
        refused(() -> HookProof.requireHmac(List.of("jefe".getBytes(UTF_8)), BODY, HEX));
        refused(() -> HookProof.requireHmac(List.of(KEY), BODY, "%%%"));
        refused(() -> HookProof.requireHmac(List.of(KEY), BODY, null));
        refused(() -> HookProof.requireEcho(List.of("secret"), "Secret"));
        refused(() -> HookProof.requireEcho(List.of("secret"), null));
        assertThatCode(() -> HookProof.requireEcho(List.of("secret"), "secret")).doesNotThrowAnyException();
    }

    @Test
    void without_a_secret_nothing_is_taken() {
        assertThatThrownBy(() -> HookSecrets.none("webhookCredential").required())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("webhookCredential");
    }

    @Test
    void while_a_carrier_moves_to_the_next_secret_both_are_taken() {
        HookSecrets both = secrets("webhookToken=env:OLD", "webhookToken.next=env:NEW");
        assertThat(both.isOn()).isTrue();
        assertThatCode(() -> HookProof.requireEcho(both.required(), "old")).doesNotThrowAnyException();
        assertThatCode(() -> HookProof.requireEcho(both.required(), "new")).doesNotThrowAnyException();
        refused(() -> HookProof.requireEcho(both.required(), "older"));
        List<byte[]> keys = List.of("before".getBytes(UTF_8), KEY);
        assertThatCode(() -> HookProof.requireHmac(keys, BODY, HEX)).doesNotThrowAnyException();
        refused(() -> HookProof.requireHmac(keys, "other".getBytes(UTF_8), HEX));

        assertThat(secrets("webhookToken=env:OLD").known()).containsExactly("old");
        assertThat(secrets().isOn()).isFalse();
        assertThat(both).hasToString("HookSecrets[webhookToken]");
        assertThatThrownBy(() -> secrets("webhookToken.next=env:NEW")).hasMessageContaining("webhookToken");
    }

    private static HookSecrets secrets(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            text.append("account.fedex.").append(line).append('\n');
        }
        return HookSecrets.read(
                Settings.of(text.toString(), Map.of("OLD", "old", "NEW", "new"))
                        .section("account")
                        .section("fedex"),
                "webhookToken");
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
