package io.waybill.carrier;

import io.waybill.settings.Section;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How long an account's purchases are looked after.
 *
 * @param labelWithin a label that comes later than this after its purchase is told to a person
 * @param auditAt when every ref of a shipment that was tried more than once is looked up again, after its last try
 * @param voidWindow how long the carrier takes labels back; the last audit comes shortly before its end
 * @param refundWithin what is asked back and has not come by then is told to a person
 * @param pullsBill whether a carrier that can be asked for its bill is; not where files of it are read in
 */
public record Aftercare(
        Duration labelWithin, List<Duration> auditAt, Duration voidWindow, Duration refundWithin, boolean pullsBill) {
    public static final Aftercare DEFAULT = new Aftercare(
            Duration.ofMinutes(30),
            List.of(Duration.ofMinutes(15), Duration.ofHours(24)),
            Duration.ofDays(28),
            Duration.ofDays(30),
            true);

    /** Refunds are asked about every twentieth of their time, which is to leave the carrier some rest. */
    private static final Duration SHORTEST = Duration.ofHours(1);

    /** The last audit leaves this part of the void window for voiding what it finds. */
    private static final int MARGIN = 50;

    /** With the usual patience for refunds. */
    public Aftercare(Duration labelWithin, List<Duration> auditAt, Duration voidWindow) {
        this(labelWithin, auditAt, voidWindow, Duration.ofDays(30));
    }

    /** Pulling the bill where it can be. */
    public Aftercare(Duration labelWithin, List<Duration> auditAt, Duration voidWindow, Duration refundWithin) {
        this(labelWithin, auditAt, voidWindow, refundWithin, true);
    }

    public Aftercare {
        auditAt = List.copyOf(auditAt);
    }

    /** {@code labelWithin}, {@code auditAt} (one or more, such as {@code 15m,24h}), {@code voidWindow}, {@code refundWithin} and {@code pullBill}. */
    static Aftercare read(Section account) {
        return new Aftercare(
                account.duration("labelWithin", DEFAULT.labelWithin),
                account.durations("auditAt", DEFAULT.auditAt),
                account.duration("voidWindow", DEFAULT.voidWindow),
                account.duration("refundWithin", DEFAULT.refundWithin, SHORTEST),
                account.flag("pullBill", DEFAULT.pullsBill));
    }

    /** The first audit after {@code done} of what was last tried at {@code tried}; empty when there is none left. */
    public Optional<Instant> auditAfter(Instant tried, Instant done) {
        return Stream.concat(auditAt.stream(), Stream.of(voidWindow.minus(voidWindow.dividedBy(MARGIN))))
                .map(tried::plus)
                .filter(time -> time.isAfter(done))
                .min(Instant::compareTo);
    }
}
