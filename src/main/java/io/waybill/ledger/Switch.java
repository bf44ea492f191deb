package io.waybill.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing a namespace has switched.
 *
 * @param name a channel, a stage or a source
 * @param isOn false for a channel that is read-only, whatever its times say
 * @param opensAt a channel takes orders that were placed from then on; null for any
 * @param closesAt a channel takes orders that were placed before; null for any
 * @param wasOn before the change, as the other two that begin so
 * @param changeId of what was changed together and can be rolled back; null when there is nothing to roll back
 */
public record Switch(
        String namespace,
        Kind kind,
        String name,
        boolean isOn,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        boolean wasOn,
        @Nullable Instant wasOpensAt,
        @Nullable Instant wasClosesAt,
        @Nullable String changeId,
        String changedBy,
        Instant changedAt,
        @Nullable String reason) {
    public enum Kind {
        CHANNEL,
        STAGE,
        SHADOW
    }

    /** Whether a channel takes an order that was placed then. */
    public boolean takes(Instant placed) {
        return isOn
                && (opensAt == null || !placed.isBefore(opensAt))
                && (closesAt == null || placed.isBefore(closesAt));
    }

    /** Whether the last change made anything of it otherwise. */
    public boolean isChange() {
        return isOn != wasOn || !Objects.equals(opensAt, wasOpensAt) || !Objects.equals(closesAt, wasClosesAt);
    }

    /** Whether the last change let less through than before. */
    public boolean wasNarrowed() {
        return (wasOn && !isOn) || (closesAt != null && (wasClosesAt == null || closesAt.isBefore(wasClosesAt)));
    }

    /** Whether before the last change it took orders by when they were placed. */
    public boolean wasBounded() {
        return wasOpensAt != null || wasClosesAt != null;
    }
}
