package io.waybill.dispatch;

/**
 * What an audit saw.
 *
 * @param shipments how many were looked at
 * @param found labels that were sold and not known
 * @param unanswered shipments of which a carrier did not answer for every ref, or that are being bought
 * @param complete false when the time was over before the end
 */
public record Audited(int shipments, int found, int unanswered, boolean complete) {
    static final Audited NOTHING = new Audited(0, 0, 0, true);
    static final Audited UNANSWERED = new Audited(1, 0, 1, true);

    Audited plus(Audited other) {
        return new Audited(
                shipments + other.shipments,
                found + other.found,
                unanswered + other.unanswered,
                complete && other.complete);
    }

    Audited unfinished() {
        return new Audited(shipments, found, unanswered, false);
    }
}
