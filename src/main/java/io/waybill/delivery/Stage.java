package io.waybill.delivery;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a namespace may switch on one by one; the events of a stage that is off are not sent. */
enum Stage {
    LABELS("order.accepted", "order.held", "order.rejected", "order.labelled", "order.refused", "shipment.voided"),
    TRACKING("tracking.updated"),
    BILLING("billing.charged", "billing.adjusted", "billing.refunded", "invoice.reconciled");

    /** Every event a sink can take, and the stage it belongs to; exceptions belong to none and are always sent. */
    static final Map<String, Optional<Stage>> BY_EVENT = byEvent();

    private final String[] events;

    Stage(String... events) {
        this.events = events;
    }

    /** As the settings spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Optional<Stage>> byEvent() {
        Map<String, Optional<Stage>> byEvent = new TreeMap<>();
        for (Stage stage : values()) {
            for (String event : stage.events) {
                byEvent.put(event, Optional.of(stage));
            }
        }
        byEvent.put("exception.opened", Optional.empty());
        byEvent.put("exception.closed", Optional.empty());
        return byEvent;
    }
}
