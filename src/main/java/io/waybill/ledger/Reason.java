package io.waybill.ledger;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a person is needed: the one table of it. Each reason has how soon a person shall look, unless {@code
 * exceptions.due.<reason>} says otherwise, and the facts that settle it; its texts are {@code exception.<reason>.happened},
 * {@code .means} and {@code .todo} in the message bundles.
 */
public enum Reason {
    ORDER_REJECTED(hours(4), Fact.ACCEPTED, Fact.REVISED, Fact.NUMBER_KNOWN),
    FILE_FAILED(hours(4), Fact.TAKEN_IN),
    RELEASE_STUCK(hours(2), Fact.RELEASED, Fact.PACKED, Fact.REVISED, Fact.CANCELLED),
    NO_RATE(hours(1), Fact.CHOSEN, Fact.LABEL, Fact.PACKED, Fact.REVISED, Fact.CANCELLED),
    CARRIER_REFUSED(hours(2), Fact.LABEL, Fact.PACKED, Fact.REVISED, Fact.CANCELLED),
    PURCHASE_FAILED(minutes(30), Fact.LABEL, Fact.REFUSED, Fact.PACKED, Fact.REVISED, Fact.CANCELLED),
    PURCHASE_UNRESOLVED(minutes(30), Fact.LABEL, Fact.REFUSED, Fact.CANCELLED, Fact.BOUGHT_ANYWAY, Fact.RESTORE_DONE),
    BOUGHT_ANYWAY(hours(14 * 24), Fact.VOIDED, Fact.LABEL, Fact.BILLED),
    ORPHAN_LABEL(hours(1), Fact.VOIDED, Fact.LABEL, Fact.BILLED),
    /** Another label of the order was bought elsewhere; the subject is the hub's own. */
    SECOND_LABEL(hours(4), Fact.VOIDED),
    /** Its system changed or called off an order that has a label or is being bought; the subject is the shipment. */
    CHANGED_LATE(hours(2), Fact.VOIDED, Fact.CANCELLED, Fact.REVISED, Fact.LET_GO, Fact.DELIVERED, Fact.RETURNED),
    /** A source's system cannot be asked, or does not let us in; the subject is the source. */
    SOURCE_SILENT(hours(1), Fact.SOURCE_READ),
    /** Rows of a source cannot be marked, or files of it not be fetched or removed; the subject is the source. */
    MARK_FAILED(hours(4), Fact.MARKED),
    LABEL_OVERDUE(hours(1), Fact.LABEL, Fact.VOIDED),
    LABEL_GONE(hours(1), Fact.LABEL, Fact.VOIDED),
    /** A prepaid account has little left; the subject is the account. */
    BALANCE_LOW(hours(4), Fact.FUNDED),
    /** Of a label that was used nothing can be had back any more. */
    VOID_REFUSED(hours(4), Fact.VOIDED, Fact.DELIVERED, Fact.RETURNED),
    /** What was asked back for a label has not come; the subject is the refund. */
    REFUND_OVERDUE(hours(24), Fact.CREDITED, Fact.KEPT),
    /** The last day a claim can be made at the carrier is near or past, and it is open; the subject is the dispute. */
    DISPUTE_DEADLINE(hours(24), Fact.DISPUTE_OVER),
    TRACKING_FAILED(hours(24), Fact.TRACKED, Fact.DELIVERED, Fact.RETURNED, Fact.CANCELLED, Fact.VOIDED),
    HOOK_UNREADABLE(hours(24), Fact.HOOKS_READ),
    /** Settled when no parcel of it is stuck any more; the subject is the shipment. */
    PARCEL_STUCK(hours(24), Fact.OUT_FOR_DELIVERY, Fact.DELIVERED, Fact.RETURNED, Fact.CANCELLED, Fact.VOIDED),
    PARCEL_STILL(hours(24), Fact.MOVED, Fact.DELIVERED, Fact.RETURNED, Fact.CANCELLED, Fact.VOIDED),
    DELIVERY_PARKED(hours(4), Fact.SENT, Fact.DISCARDED),
    /** The file of a closed bundle cannot be written, though its events count as sent; the subject is the sink. */
    BUNDLE_UNWRITTEN(hours(4), Fact.BUNDLED),
    BACKUP_FAILED(hours(4), Fact.BACKED_UP),
    RESTORE_NOT_DONE(hours(24), Fact.RESTORE_DONE);

    private final Duration due;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out to be changed
    private final Set<Fact> facts;

    Reason(Duration due, Fact... facts) {
        this.due = due;
        this.facts = EnumSet.copyOf(Arrays.asList(facts));
    }

    /** The public spelling: {@code order-rejected}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Reason> of(String code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    /** How soon a person shall have looked, where the settings say nothing. */
    public Duration due() {
        return due;
    }

    /** What settles it, any one of them. */
    public Set<Fact> facts() {
        return EnumSet.copyOf(facts);
    }

    private static Duration hours(int hours) {
        return Duration.ofHours(hours);
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
