package io.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that open one thing for a short while without a key, because they are signed. The key that signs lives as long as
 * this process: after a restart a link is made anew.
 */
public final class Links {
    /** How long a link works. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final int LONGEST = 2_000;
    private final InstantSource clock;
    private final byte[] key = new byte[32];

    Links(InstantSource clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(key);
    }

    /** @param token to be put into an address as it is */
    public record Link(String token, Instant expiresAt) {}

    /** @param what the link opens; whoever has the link can read it */
    public Link to(String what) {
        Instant end = clock.instant().plus(LIFE);
        String claim = base64((end.getEpochSecond() + " " + what).getBytes(UTF_8));
        return new Link(claim + "." + base64(hmac(claim)), end);
    }

    /** What the link opens; empty when nobody here made it, or its time is over. */
    public Optional<String> open(String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > LONGEST) {
            return Optional.empty();
        }
        String claim = token.substring(0, dot);
        if (!MessageDigest.isEqual(
                base64(hmac(claim)).getBytes(UTF_8), token.substring(dot + 1).getBytes(UTF_8))) {
            return Optional.empty();
        }
        String said = new String(Base64.getUrlDecoder().decode(claim), UTF_8);
        int space = said.indexOf(' ');
        boolean over = clock.instant().getEpochSecond() >= Long.parseLong(said.substring(0, space));
        return over ? Optional.empty() : Optional.of(said.substring(space + 1));
    }

    private byte[] hmac(String claim) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(claim.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
