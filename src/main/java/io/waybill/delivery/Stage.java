package io.waybill.delivery;

import io.waybill.ledger.Reason;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a namespace may switch on one by one; the events of a stage that is off are not sent. */
enum Stage {
    LABELS,
    TRACKING,
    BILLING;

    /** Every event a sink can take, and the stage it belongs to; exceptions belong to none and are always sent. */
    static final Map<String, Optional<Stage>> BY_EVENT = byEvent();

    /** What only a team that follows its parcels is asked about. */
    static final Set<Reason> OF_TRACKING = EnumSet.of(Reason.TRACKING_FAILED, Reason.PARCEL_STUCK, Reason.PARCEL_STILL);

    /** As the settings spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Optional<Stage>> byEvent() {
        Map<String, Optional<Stage>> byEvent = new TreeMap<>();
        for (String labels : List.of(
                "order.accepted",
                "order.held",
                "order.rejected",
                "order.labelled",
                "order.refused",
                "shipment.voided")) {
            byEvent.put(labels, Optional.of(LABELS));
        }
        byEvent.put("tracking.updated", Optional.of(TRACKING));
        for (String billing : List.of(
                "billing.charged", "billing.adjusted", "billing.refunded", "invoice.reconciled", "journal.posted")) {
            byEvent.put(billing, Optional.of(BILLING));
        }
        byEvent.put("exception.opened", Optional.empty());
        byEvent.put("exception.closed", Optional.empty());
        return byEvent;
    }
}
