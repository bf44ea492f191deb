package io.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * How a sender signs its webhooks: HMAC-SHA256 over the raw bytes, compared in constant time.
 *
 * @param style by Standard Webhooks over {@code id.timestamp.body}, or over the body alone in base 64 or hex
 * @param header that carries the signature
 * @param prefix before the signature, such as {@code sha256=}; not of Standard Webhooks
 * @param idHeader that names the delivery; null knows a delivery by its bytes
 */
public record HookScheme(
        Style style, String header, String prefix, @Nullable String idHeader) {
    /** A delivery signed longer ago, or further ahead, is refused. Only Standard Webhooks signs its time. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    public static final HookScheme STANDARD = new HookScheme(Style.STANDARD, "webhook-signature", "", "webhook-id");

    private static final String TIMESTAMP = "webhook-timestamp";
    private static final int LONGEST_ID = 300;

    /** How the signature is spelled. */
    public enum Style {
        STANDARD,
        BASE64,
        HEX
    }

    /**
     * Refuses what no holder of a key signed.
     *
     * @param keys one, or two while a sender moves from one to the next
     * @param headers a header's value by its name, or null
     * @return names the delivery: the same delivery has the same id
     * @throws ProblemException {@code hook-not-signed}, {@code hook-refused}, {@code hook-too-old}; none says what was expected
     */
    public String verify(List<byte[]> keys, Function<String, @Nullable String> headers, byte[] body, Instant now) {
        String given = required(headers, header);
        String id = idHeader == null ? "sha256:" + Sha256.of(body) : required(headers, idHeader);
        if (id.length() > LONGEST_ID) {
            throw problem(AccessCode.HOOK_REFUSED);
        }
        if (style == Style.STANDARD) {
            String timestamp = required(headers, TIMESTAMP);
            requireRecent(timestamp, now);
            List<byte[]> good = signatures(keys, (id + "." + timestamp + ".").getBytes(UTF_8), body);
            require(Arrays.stream(given.split(" ", -1))
                    .filter(one -> one.startsWith("v1,"))
                    .map(one -> decoded(one.substring(3)))
                    .anyMatch(one -> isAmong(good, one)));
        } else {
            require(given.startsWith(prefix)
                    && isAmong(signatures(keys, new byte[0], body), decoded(given.substring(prefix.length()))));
        }
        return id;
    }

    /** Made once for each key: a header can bring thousands of signatures, and nobody has proved anything yet. */
    private static List<byte[]> signatures(List<byte[]> keys, byte[] head, byte[] body) {
        return keys.stream().map(key -> hmac(key, head, body)).toList();
    }

    private static boolean isAmong(List<byte[]> good, byte[] signature) {
        return good.stream().anyMatch(one -> MessageDigest.isEqual(one, signature));
    }

    private byte[] decoded(String signature) {
        try {
            return style == Style.HEX
                    ? HexFormat.of().parseHex(signature.toLowerCase(Locale.ROOT))
                    : Base64.getDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static void requireRecent(String timestamp, Instant now) {
        Instant signed =
                timestamp.matches("\\d{1,12}") ? Instant.ofEpochSecond(Long.parseLong(timestamp)) : Instant.MIN;
        if (signed.isBefore(now.minus(TOLERANCE)) || signed.isAfter(now.plus(TOLERANCE))) {
            throw problem(AccessCode.HOOK_TOO_OLD);
        }
    }

    private static void require(boolean signed) {
        if (!signed) {
            throw problem(AccessCode.HOOK_REFUSED);
        }
    }

    private static String required(Function<String, @Nullable String> headers, String name) {
        String value = headers.apply(name);
        if (value == null || value.isBlank()) {
            throw new ProblemException(Problem.of(AccessCode.HOOK_NOT_SIGNED, "header", name));
        }
        return value.strip();
    }

    private static ProblemException problem(Code code) {
        return new ProblemException(Problem.of(code, "minutes", TOLERANCE.toMinutes()));
    }

    private static byte[] hmac(byte[] key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
