package io.waybill.billing;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What the bills of one invoice are held against.
 *
 * @param trackedSince when the first parcel of the account was bought of which any scan is known; null when there is none
 * @param today of the store, in UTC
 * @param corrected the invoice is one that corrects an earlier one of its number
 */
record Basis(
        Contract contract, Unchecked unchecked, @Nullable LocalDate trackedSince, LocalDate today, boolean corrected) {
    Agreed agreed() {
        return new Agreed(contract, unchecked);
    }
}
