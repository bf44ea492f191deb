package io.waybill.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.ledger.Ids;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LinkKeyBook.Row;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that open one thing for a short while without a key, because they are signed. What signs them is in the ledger, so that
 * every node opens them; it signs for an hour and is forgotten in the next.
 */
public final class Links {
    /** How long a link works. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final Duration SIGNS = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofHours(2);
    private static final int LONGEST = 2_000;

    /** Whoever guesses costs the ledger no more than a look a second. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Ledger ledger;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private volatile List<Row> keys = List.of();
    private long looked = System.nanoTime() - LOOK_EVERY.toNanos();

    Links(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** @param token to be put into an address as it is */
    public record Link(String token, Instant expiresAt) {}

    /** @param what the link opens; whoever has the link can read it */
    public Link to(String what) {
        Instant end = clock.instant().plus(LIFE);
        Row key = signing();
        String claim = key.id() + "." + base64((end.getEpochSecond() + " " + what).getBytes(UTF_8));
        return new Link(claim + "." + base64(hmac(key, claim)), end);
    }

    /** The newest, or a new one. */
    private synchronized Row signing() {
        keys = ledger.read(tx -> tx.linkKeys().all(SIGNS));
        if (keys.isEmpty() || !keys.get(0).fresh()) {
            byte[] secret = new byte[32];
            random.nextBytes(secret);
            ledger.commitAll(tx -> tx.linkKeys().add(Ids.next("lnk"), secret, KEPT));
            keys = ledger.read(tx -> tx.linkKeys().all(SIGNS));
        }
        return keys.get(0);
    }

    /** What the link opens; empty when nobody here made it, or its time is over. */
    public Optional<String> open(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        String claim = parts[0] + "." + parts[1];
        boolean ours = key(parts[0])
                .filter(key ->
                        MessageDigest.isEqual(base64(hmac(key, claim)).getBytes(UTF_8), parts[2].getBytes(UTF_8)))
                .isPresent();
        if (!ours) {
            return Optional.empty();
        }
        String said = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        int space = said.indexOf(' ');
        boolean over = clock.instant().getEpochSecond() >= Long.parseLong(said.substring(0, space));
        return over ? Optional.empty() : Optional.of(said.substring(space + 1));
    }

    private Optional<Row> key(String id) {
        return known(id).or(() -> {
            look();
            return known(id);
        });
    }

    private Optional<Row> known(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    /** Another node may have made one. */
    private synchronized void look() {
        if (System.nanoTime() - looked >= LOOK_EVERY.toNanos()) {
            looked = System.nanoTime();
            keys = ledger.read(tx -> tx.linkKeys().all(SIGNS));
        }
    }

    private static byte[] hmac(Row key, String claim) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.secret(), "HmacSHA256"));
            return mac.doFinal(claim.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
