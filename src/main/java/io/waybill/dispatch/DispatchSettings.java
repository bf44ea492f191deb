package io.waybill.dispatch;

import io.waybill.carrier.CallSettings;
import io.waybill.ledger.PurchaseBook.Looks;
import io.waybill.settings.Durations;
import io.waybill.settings.Section;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * How patient the purchase is, {@code dispatch.*}.
 *
 * @param lease how long a claimed purchase belongs to the node that claimed it; {@code 120s}, or longer where {@code sendWithin} and the
 *     {@linkplain CallSettings#purchase calls of a purchase} by any account may take longer, and never shorter than these
 * @param sendWithin a purchase not sent this long after its claim goes back untouched
 * @param poll how often the ledger is asked when nobody wakes the workers
 * @param looks how long after a sale its label is asked for where it comes later, and so often to begin with; and its tracking
 * @param lookUps after this many look-ups a person is asked; the look-ups go on
 * @param rateWithin prices that have not come by then do not count
 * @param dayWorth what a transit day is worth in the best value, in percent of the cheapest price
 */
public record DispatchSettings(
        Duration lease,
        Duration sendWithin,
        Duration poll,
        Looks looks,
        int lookUps,
        Duration rateWithin,
        BigDecimal dayWorth) {
    private static final BigDecimal USUAL_DAY = BigDecimal.TEN;
    private static final Duration USUAL_LEASE = Duration.ofMinutes(2);
    private static final Duration SHORTEST = Duration.ofMillis(100);

    /** @param tracked how long after a sale anybody can have scanned a parcel */
    public static DispatchSettings read(Section section, Duration tracked) {
        Duration sendWithin = section.duration("sendWithin", Duration.ofSeconds(1), SHORTEST);
        DispatchSettings settings = new DispatchSettings(
                lease(section, sendWithin),
                sendWithin,
                section.duration("poll", Duration.ofMillis(500), Duration.ofMillis(10)),
                new Looks(section.duration("labelPoll", Duration.ofSeconds(2)), tracked),
                section.number("lookUps", 5),
                section.duration("rateWithin", Duration.ofSeconds(8), SHORTEST),
                section.decimal("dayWorth", USUAL_DAY.toPlainString()));
        if (settings.dayWorth().signum() < 0) {
            throw section.bad("dayWorth", settings.dayWorth().toPlainString(), "0, 10, 25.5");
        }
        section.close();
        return settings;
    }

    /** A lease that ends while a purchase is open lets another node buy the same label. */
    private static Duration lease(Section section, Duration sendWithin) {
        Section accounts = section.elsewhere("account");
        boolean isSaid = section.optional("lease").isPresent();
        Duration lease = section.duration("lease", USUAL_LEASE);
        for (String name : accounts.names()) {
            Duration least = sendWithin.plus(CallSettings.purchase(accounts.section(name)));
            if (lease.compareTo(least) < 0) {
                if (isSaid) {
                    throw section.bad(
                            "lease",
                            Durations.inWords(lease),
                            Durations.inWords(least) + " or more: sendWithin and " + CallSettings.PURCHASE_CALLS
                                    + " times connectTimeout and answerTimeout of account." + name);
                }
                lease = least;
            }
        }
        return lease;
    }
}
