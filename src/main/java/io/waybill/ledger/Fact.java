package io.waybill.ledger;

import java.util.Locale;

/** What settles an exception: something that happened to its subject, never somebody's click. */
public enum Fact {
    /** A document has become an order. */
    ACCEPTED,
    /** Other content has come under the same number. */
    REVISED,
    /** What was rejected without a number is known by its number now, and told there. */
    NUMBER_KNOWN,
    /** A file was read to its end. */
    TAKEN_IN,
    PACKED,
    RELEASED,
    /** Its own system, which had taken it back, says it again as it was bought. */
    LET_GO,
    CANCELLED,
    /** An account was chosen by price. */
    CHOSEN,
    LABEL,
    /** The carrier said no, so that it certainly sold nothing. */
    REFUSED,
    /** A person had another label bought without knowing. */
    BOUGHT_ANYWAY,
    /** A carrier's invoice lists the label: that it was sold, and for how much, is known. */
    BILLED,
    /** The carrier has taken the label back. */
    VOIDED,
    /** What was asked back has come. */
    CREDITED,
    /** A person lets the carrier keep, for a reason, what has not come of what was asked back. */
    KEPT,
    /** All of a claim has come, or the carrier's no is on record. */
    DISPUTE_OVER,
    /** The carrier told where the parcel is. */
    TRACKED,
    /** Something new happened to the parcel. */
    MOVED,
    /** Everything a carrier pushed was read. */
    HOOKS_READ,
    OUT_FOR_DELIVERY,
    DELIVERED,
    /** A parcel that was sent back is with its sender again. */
    RETURNED,
    /** A prepaid account has more again. */
    FUNDED,
    /** A backup was made. */
    BACKED_UP,
    /** A person has ended what follows a restore. */
    RESTORE_DONE,
    /** A source's system answered. */
    SOURCE_READ,
    /** Every row a source was taken from is marked. */
    MARKED,
    /** The sink has the event. */
    SENT,
    /** A person decided, for a reason, that the sink is not told the event any more. */
    DISCARDED,
    /** The file of a sink's oldest bundle is there. */
    BUNDLED;

    /** As the API and events spell it: {@code out-for-delivery}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
