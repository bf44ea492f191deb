package io.waybill.billing;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the bills of one invoice are held against.
 *
 * @param contract as it is today: a line that names no day is not held against what is agreed for later
 * @param trackedSince when a namespace bought the first parcel of the account of which any scan is known; none of a namespace
 *     that has no such parcel, or follows none now; looked up once, by who asks
 * @param today of the store, in UTC
 * @param currency of the invoice
 * @param corrected the invoice is one that corrects an earlier one of its number
 */
record Basis(
        Contract contract,
        Unchecked unchecked,
        Supplier<Map<String, LocalDate>> trackedSince,
        LocalDate today,
        String currency,
        boolean corrected) {
    Basis {
        contract = contract.seenOn(today);
    }

    Agreed agreed() {
        return new Agreed(contract, unchecked, contract.isForeign(currency));
    }

    /** What a price may differ by on a day; nothing where the contract says it in another currency. */
    BigDecimal tolerance(@Nullable LocalDate day) {
        return contract.isForeign(currency) ? BigDecimal.ZERO : contract.tolerance(day);
    }
}
