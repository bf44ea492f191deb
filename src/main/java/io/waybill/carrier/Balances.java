package io.waybill.carrier;

import io.waybill.measure.Money;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an account that is paid beforehand has left. */
public interface Balances {
    /**
     * As it stands now.
     *
     * @throws RuntimeException when it cannot be asked
     */
    Balance balance();

    /** @param least below this a person is told; null when nobody wants to know */
    record Balance(Money left, @Nullable BigDecimal least) {
        public boolean isLow() {
            return least != null && left.amount().compareTo(least) < 0;
        }
    }
}
