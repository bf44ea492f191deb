package io.waybill.access;

import io.waybill.text.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/** {@code wbk_} and 256 random bits. So much chance needs no salt and no slow hash: sha256 is enough. */
final class Secret {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    static String next() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return "wbk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String sha256(String secret) {
        return Sha256.of(secret);
    }
}
