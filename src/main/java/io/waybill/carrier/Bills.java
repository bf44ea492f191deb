package io.waybill.carrier;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account was charged on a day, of carriers that list it: the bill, pulled. */
public interface Bills {
    /**
     * Every fee the carrier has booked for this day, as it stands now, from the first page to the last; a credit is negative.
     *
     * @return empty when nothing is booked
     * @throws RuntimeException when it cannot be asked to its end: part of a day is no bill
     */
    List<Fee> booked(LocalDate day);

    /**
     * One fee.
     *
     * @param trackingNumber of the parcel, or the carrier's own number of the shipment; null for a fee of the account
     * @param references what else the carrier knows the shipment by, ours among it
     */
    record Fee(@Nullable String trackingNumber, List<String> references, Charge charge) {}

    /** Whether the carrier is asked for its bill: by the day, or shipment by shipment. */
    static boolean arePulledFrom(Carrier carrier) {
        return carrier instanceof Bills || (carrier instanceof Fees fees && fees.areTheBill());
    }
}
