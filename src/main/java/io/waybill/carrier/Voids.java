package io.waybill.carrier;

import io.waybill.measure.Money;
import org.jspecify.annotations.Nullable;

/** Giving a label back. */
public interface Voids {
    Voided cancel(ShipmentId id, Ref ref);

    sealed interface Voided {
        /** @param refund what the carrier gives back, or null when it did not say */
        record Done(@Nullable Money refund) implements Voided {}

        /** Asked for; the carrier decides later. */
        record Pending(String words) implements Voided {}

        /** @param reason {@code label_not_found | void_period_over | label_already_used | label_already_voided | contact_carrier | unknown} */
        record Refused(String reason, String words) implements Voided {}

        /** No readable answer; ask again. */
        record Unknown(String why) implements Voided {}
    }
}
