package io.waybill.carrier;

import io.waybill.order.Order;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who pays, in an order's words {@code sender}, {@code recipient} and {@code thirdParty}.
 *
 * @param transport the sender where nobody is named; of a return also where the recipient is, for they ordered it
 * @param duties whoever is named, the sender by the incoterm DDP, else empty: carriers then ask the recipient
 * @param billing as the order has it, with nothing in it where there is none
 */
public record Payers(String transport, Optional<String> duties, Order.Billing billing) {
    private static final String SENDER = "sender";
    private static final String RECIPIENT = "recipient";
    private static final Order.Billing NOTHING_SAID =
            new Order.Billing(null, null, null, null, null, null, null, List.of());

    public static Payers of(Order order, boolean isReturn) {
        Order.Billing billing = order.billing() == null ? NOTHING_SAID : order.billing();
        String payer = Objects.requireNonNullElse(billing.payer(), SENDER);
        boolean deliveredDutyPaid =
                order.customs() != null && "DDP".equals(order.customs().incoterm());
        return new Payers(
                isReturn && payer.equals(RECIPIENT) ? SENDER : payer,
                Optional.ofNullable(billing.dutiesPayer())
                        .or(() -> deliveredDutyPaid ? Optional.of(SENDER) : Optional.empty()),
                billing);
    }

    /** The recipient pays the duties when they come, and is known by no account. */
    public boolean isDutyOnDelivery() {
        return duties.map(RECIPIENT::equals).orElse(true) && !RECIPIENT.equals(billing.payer());
    }

    /**
     * The account of whoever is not the sender.
     *
     * @throws RefusedException when the order names none
     */
    public String account() {
        return Refusals.needed(billing.account(), "/billing/account");
    }

    /**
     * Where that account is.
     *
     * @throws RefusedException when the order does not say
     */
    public String country() {
        return Refusals.needed(billing.country(), "/billing/country");
    }
}
