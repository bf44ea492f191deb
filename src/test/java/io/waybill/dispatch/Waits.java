package io.waybill.dispatch;

import io.waybill.ledger.PurchaseBook.Looks;
import java.math.BigDecimal;
import java.time.Duration;

/** A purchase as patient as a test wants it: a day is worth a tenth of the cheapest price, and tracking is asked for at once. */
public final class Waits {
    private Waits() {}

    public static DispatchSettings of(
            Duration lease, Duration sendWithin, Duration poll, Duration labelPoll, int lookUps, Duration rateWithin) {
        Looks looks = new Looks(labelPoll, Duration.ZERO);
        return new DispatchSettings(lease, sendWithin, poll, looks, lookUps, rateWithin, BigDecimal.TEN);
    }
}
