package io.waybill.carrier;

import io.waybill.measure.Money;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prices without buying. */
public interface Rates {
    /** Every service of this account for this shipment, with a reason where one is excluded. Empty when the carrier does not answer. */
    List<Rate> rates(Shipment shipment);

    /**
     * @param charges the parts of {@code total}
     * @param total what the account pays: its negotiated price where it has one
     * @param list the price without the account's agreement, where the carrier states it beside; never added to anything
     * @param days transit days, or null when unknown
     * @param excluded why this service cannot take the shipment, or null when it can
     */
    record Rate(
            String service,
            List<Charge> charges,
            @Nullable Money total,
            @Nullable Money list,
            @Nullable Integer days,
            @Nullable LocalDate promised,
            @Nullable String excluded) {
        /** With one price. */
        public Rate(
                String service,
                List<Charge> charges,
                @Nullable Money total,
                @Nullable Integer days,
                @Nullable LocalDate promised,
                @Nullable String excluded) {
            this(service, charges, total, null, days, promised, excluded);
        }
    }
}
