package io.waybill.ledger;

import com.github.f4b6a3.uuid.UuidCreator;
import com.github.f4b6a3.uuid.codec.base.BaseNCodec;
import java.time.Instant;
import java.util.UUID;

/** Hub ids: a readable prefix and a UUIDv7 in Crockford's base 32, so that they sort by time. */
public final class Ids {
    private static final BaseNCodec CROCKFORD = BaseNCodec.newInstance("0123456789ABCDEFGHJKMNPQRSTVWXYZ");

    private Ids() {}

    /** {@code next("ord")} → {@code ord_01J…}. */
    public static String next(String prefix) {
        return prefix + "_" + CROCKFORD.encode(UuidCreator.getTimeOrderedEpoch());
    }

    /** Where ids made at a moment begin: those before it sort before, those of it and later do not. */
    static String from(String prefix, Instant moment) {
        return prefix + "_" + CROCKFORD.encode(new UUID(Math.max(0, moment.toEpochMilli()) << 16, 0));
    }
}
