package io.waybill.carrier;

import io.waybill.order.Address;
import java.time.LocalDate;
import java.util.List;

/** Handing a day's parcels over in one paper: USPS's SCAN form, DHL's daily close, FedEx's Ground close. */
public interface Manifests {
    /** How many shipments one manifest takes. */
    int mostInOne();

    /** Whether shipments of this service, in our word or the carrier's, are handed over so. */
    default boolean takes(String service) {
        return true;
    }

    /** Whether one close takes in all that the account has, from wherever it leaves. */
    default boolean closesAll() {
        return false;
    }

    /**
     * Closes these shipments, which leave on one day and, unless it {@link #closesAll}, from one address. Asking again for what is closed is {@link
     * Closed.Refused}, never a second paper that counts.
     */
    Closed close(List<ShipmentId> shipments, Address from, LocalDate day);

    sealed interface Closed {
        /**
         * @param number the manifest's, or empty when the carrier gives it none
         * @param papers to be printed and handed over; of type {@code manifest}
         * @param left what the carrier did not take in, with its words
         */
        record Done(String number, List<Label.Document> papers, List<Left> left) implements Closed {}

        /** Nothing was closed. */
        record Refused(String words) implements Closed {}

        /** No readable answer; look before asking again. */
        record Unknown(String why) implements Closed {}
    }

    /** A shipment that is not in the manifest. */
    record Left(ShipmentId shipment, String words) {}
}
