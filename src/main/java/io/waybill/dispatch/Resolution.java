package io.waybill.dispatch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a person says became of a purchase nobody could settle.
 *
 * @param reason why, in the person's words; kept in the story and the audit log
 * @param shipment which one of the order, or null when only one can be meant
 * @param trackingNumber of the label that was sold, or null
 * @param carrierShipment the carrier's own number of it, or null when it is the tracking number
 */
public record Resolution(
        Action action,
        String reason,
        @Nullable String shipment,
        @Nullable String trackingNumber,
        @Nullable String carrierShipment) {

    /** The three ways on. */
    public enum Action {
        /** This label was sold: it is the shipment's. */
        ADOPT,
        /** This label was sold and is of no use: void it, and once that is confirmed buy the same once more. */
        VOID_AND_REBUY,
        /** Buy again although the first purchase may have sold. */
        BUY_ANYWAY;

        /** The public spelling: {@code buy-anyway}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Action> of(String text) {
            return Arrays.stream(values())
                    .filter(action -> action.text().equals(text))
                    .findFirst();
        }
    }

    /** The same of this shipment. */
    public Resolution of(@Nullable String itsShipment) {
        return new Resolution(action, reason, itsShipment, trackingNumber, carrierShipment);
    }

    /** The number the carrier knows the label by, or null when none was given. */
    @Nullable
    String number() {
        return carrierShipment == null ? trackingNumber : carrierShipment;
    }
}
