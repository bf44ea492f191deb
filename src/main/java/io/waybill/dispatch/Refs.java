package io.waybill.dispatch;

import com.github.f4b6a3.uuid.UuidCreator;
import io.waybill.carrier.Ref;
import io.waybill.ledger.AttemptRow;
import io.waybill.text.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Names of purchases. All can be rebuilt from the order alone, so they survive a restore of an older backup. */
final class Refs {
    /** The namespace of our name-based UUIDs: the UUID of {@code waybill.io} under RFC 9562's DNS namespace. */
    private static final UUID PURCHASE_KEYS =
            UuidCreator.getNameBasedSha1(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "waybill.io");

    private Refs() {}

    /** The ref of attempt 1, 2, … of a shipment: {@code 4K7QZ…-1}. */
    static Ref of(String namespace, String orderId, int seq, int attempt) {
        String name = namespace + "\0" + orderId + "\0" + seq;
        String number = seq == 1 ? orderId : orderId + "-" + seq;
        UUID key = UuidCreator.getNameBasedSha1(PURCHASE_KEYS, name);
        return new Ref(hash(name) + "-" + attempt, key, number);
    }

    static Ref of(AttemptRow attempt) {
        return new Ref(attempt.ref(), UUID.fromString(attempt.purchaseKey()), attempt.orderNumber());
    }

    /** 125 bits of SHA-256 in 25 digits of base 32. */
    private static String hash(String name) {
        byte[] digest = Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8));
        String digits =
                new BigInteger(1, digest).shiftRight(256 - 125).toString(32).toUpperCase(Locale.ROOT);
        return "0".repeat(25 - digits.length()) + digits;
    }
}
