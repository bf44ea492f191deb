package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The proofs carriers send with their webhooks, compared in constant time. */
public final class HookProof {
    /** {@code sha256=}, {@code hmac-sha256-hex=}: how it was made, before it. */
    private static final Pattern NAMED =
            Pattern.compile("^(hmac[-_]?)?sha-?256([-_](hex|base64))?[=:]\\s*", Pattern.CASE_INSENSITIVE);

    private HookProof() {}

    /**
     * One of the account's secrets is sent along.
     *
     * @throws ProblemException {@code carrier-hook-refused}
     */
    public static void requireEcho(List<String> secrets, @Nullable String given) {
        if (given == null
                || secrets.stream().noneMatch(secret -> isSame(secret.getBytes(UTF_8), given.getBytes(UTF_8)))) {
            throw refused();
        }
    }

    /**
     * HMAC-SHA256 over the raw bytes by one of the account's keys, in hex or base 64 of either alphabet: carriers' pages say both, and some what it is
     * before it.
     *
     * @throws ProblemException {@code carrier-hook-refused}
     */
    public static void requireHmac(List<byte[]> keys, byte[] body, @Nullable String given) {
        String proof = given == null ? "" : NAMED.matcher(given.strip()).replaceFirst("");
        if (keys.stream().noneMatch(key -> isHmac(key, body, proof))) {
            throw refused();
        }
    }

    private static boolean isHmac(byte[] key, byte[] body, String given) {
        byte[] expected = hmac(key, body);
        return isSame(expected, hex(given)) || isSame(expected, base64(given));
    }

    /** Names a delivery by its bytes, where the carrier gives it no id. */
    public static String nameOf(byte[] body) {
        return "sha256:" + Sha256.of(body);
    }

    private static ProblemException refused() {
        return new ProblemException(Problem.of(CarrierCode.CARRIER_HOOK_REFUSED));
    }

    private static boolean isSame(byte[] expected, byte[] given) {
        return MessageDigest.isEqual(expected, given);
    }

    private static byte[] hmac(byte[] key, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text.strip().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
