package io.waybill.ledger;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Where one shipment stands, and the word the API uses for it. Declared from least to most advanced: an order's word is
 * that of its least advanced live shipment.
 */
public enum ShipmentState {
    HELD("held"),
    CHOOSING("ready"),
    READY("ready"),
    REFUSED("refused"),
    BUYING("buying"),
    UNKNOWN("unresolved"),
    REVIEW("unresolved"),
    BOUGHT("label_pending"),
    VOIDING("voiding"),
    LABELLED("labelled"),
    VOIDED("voided"),
    CANCELLED("cancelled");

    /** What is said of those with a label, the least advanced first. */
    private static final List<String> PARCELS = List.of("labelled", "in_transit", "delivered");

    private final String word;

    ShipmentState(String word) {
        this.word = word;
    }

    /** The word without tracking; see {@link ShipmentRow#word()}. */
    public String word() {
        return word;
    }

    /** Nothing of it is bought or being bought: what it says may change. */
    public boolean isOpenForChange() {
        return this == HELD || this == CHOOSING || this == READY || this == REFUSED;
    }

    /** A purchase is open: the carrier may be selling right now, or may have sold. */
    public boolean isOpenPurchase() {
        return this == BUYING || this == UNKNOWN || this == REVIEW;
    }

    /** A label was sold, and may be on a parcel. */
    public boolean isSold() {
        return this == BOUGHT || this == LABELLED || this == VOIDING || this == VOIDED;
    }

    /** Given up: counts for the order only when nothing else is left. */
    public boolean isOver() {
        return this == VOIDED || this == CANCELLED;
    }

    /**
     * The order's word: that of its least advanced shipment still alive, else of the most advanced that is over. A further
     * label that a carrier refused takes nothing from the labels there are, nor does one for the way back from what was delivered.
     */
    public static String wordOf(Collection<ShipmentRow> shipments) {
        boolean hasLabel =
                shipments.stream().map(ShipmentRow::state).anyMatch(state -> state == BOUGHT || state == LABELLED);
        return shipments.stream()
                .filter(shipment -> !shipment.state().isOver())
                .filter(shipment -> !hasLabel || shipment.state() != REFUSED || !shipment.isFurther())
                .min(Comparator.comparing(ShipmentRow::state)
                        .thenComparing(ShipmentRow::bringsBack)
                        .thenComparing(shipment -> PARCELS.indexOf(shipment.word())))
                .or(() -> shipments.stream().min(Comparator.comparing(ShipmentRow::state)))
                .map(ShipmentRow::word)
                .orElse("rejected");
    }
}
