package io.waybill.ledger;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a namespace may switch on one by one. Of a stage that is off no events are sent and no exceptions opened. Without labels
 * an order is held before its purchase, without tracking no carrier is asked where a parcel is, without refunds not what became
 * of a label given back, without billing no bill is pulled for an account that serves nobody else.
 */
public enum Stage {
    LABELS,
    TRACKING,
    REFUNDS,
    BILLING;

    /** Every event a sink can take, and the stage it belongs to; exceptions belong to none and are always sent. */
    @SuppressWarnings("ImmutableEnumChecker") // never handed out to be changed
    public static final Map<String, Optional<Stage>> BY_EVENT = byEvent();

    /** What only a team that follows its parcels is asked about. */
    private static final Set<Reason> OF_TRACKING =
            EnumSet.of(Reason.TRACKING_FAILED, Reason.PARCEL_STUCK, Reason.PARCEL_STILL);

    /** As the settings spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Stage> read(String word) {
        return Arrays.stream(values())
                .filter(stage -> stage.word().equals(word))
                .findFirst();
    }

    /** {@code labels, tracking, …}. */
    public static String words() {
        return Arrays.stream(values()).map(Stage::word).collect(Collectors.joining(", "));
    }

    /** The one whose people are asked; empty for what concerns everybody. */
    public static Optional<Stage> of(Reason reason) {
        if (reason == Reason.REFUND_OVERDUE) {
            return Optional.of(REFUNDS);
        }
        if (reason == Reason.DISPUTE_DEADLINE) {
            return Optional.of(BILLING);
        }
        return OF_TRACKING.contains(reason) ? Optional.of(TRACKING) : Optional.empty();
    }

    private static Map<String, Optional<Stage>> byEvent() {
        Map<String, Optional<Stage>> byEvent = new TreeMap<>();
        for (String labels : List.of(
                "order.accepted",
                "order.held",
                "order.cancelled",
                "order.rejected",
                "order.labelled",
                "order.refused",
                "shipment.voided")) {
            byEvent.put(labels, Optional.of(LABELS));
        }
        byEvent.put("tracking.updated", Optional.of(TRACKING));
        byEvent.put("billing.refunded", Optional.of(REFUNDS));
        for (String billing : List.of("billing.charged", "billing.adjusted", "invoice.reconciled", "journal.posted")) {
            byEvent.put(billing, Optional.of(BILLING));
        }
        byEvent.put("exception.opened", Optional.empty());
        byEvent.put("exception.closed", Optional.empty());
        return byEvent;
    }
}
