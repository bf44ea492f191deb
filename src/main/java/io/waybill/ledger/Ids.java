package io.waybill.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.codec.base.BaseNCodec;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Hub ids: a readable prefix and a UUIDv7 in Crockford's base 32, so that they sort by time. */
public final class Ids {
    private static final BaseNCodec CROCKFORD = BaseNCodec.newInstance("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    private static final Pattern ID = Pattern.compile("[a-z]+_0[0-9A-HJKMNP-TV-Z]{25}");

    private Ids() {}

    /** {@code next("ord")} → {@code ord_01J…}. */
    public static String next(String prefix) {
        return prefix + "_" + CROCKFORD.encode(UuidCreator.getTimeOrderedEpoch());
    }

    /** {@link #next}, and in any case one that sorts after another, though that was made by a clock that is ahead. */
    static String nextAfter(String other, String prefix) {
        String next = next(prefix);
        return next.compareTo(other) > 0
                ? next
                : moment(other)
                        .map(made -> UuidCreator.getTimeOrderedEpoch(made.plusMillis(1)))
                        .map(uuid -> prefix + "_" + CROCKFORD.encode(uuid))
                        .orElse(next);
    }

    /** When an id was made; empty where it is none of {@link #next}. */
    public static Optional<Instant> moment(String id) {
        return Optional.of(id).filter(text -> ID.matcher(text).matches()).map(text -> {
            UUID made = CROCKFORD.decode(text.substring(text.indexOf('_') + 1));
            return Instant.ofEpochMilli(made.getMostSignificantBits() >>> 16);
        });
    }

    /** Where ids made at a moment begin: those before it sort before, those of it and later do not. */
    static String from(String prefix, Instant moment) {
        return prefix + "_" + CROCKFORD.encode(new UUID(Math.max(0, moment.toEpochMilli()) << 16, 0));
    }
}
