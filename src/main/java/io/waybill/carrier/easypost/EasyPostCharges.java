package io.waybill.carrier.easypost;

import io.waybill.carrier.Answer;
import io.waybill.carrier.Charge;
import io.waybill.carrier.CodeTable;
import io.waybill.carrier.PriceParts;
import io.waybill.carrier.Reply;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** {@code fees}: what EasyPost took for a shipment, and what it gave back. They name no currency; the rate does. */
final class EasyPostCharges {
    private static final CodeTable TYPES = CodeTable.read(EasyPostCharges.class, "charges.csv", "uncategorized");

    private EasyPostCharges() {}

    /** Nothing when they cannot be read: the label is sold whatever its price. */
    static List<Charge> ofSale(Reply shipment) {
        return PriceParts.ofSale(() -> charged(shipment));
    }

    /** Each fee that was charged; and the postage, where the carrier bills it to an account of its own. */
    private static List<Charge> charged(Reply shipment) {
        List<Charge> charges = new ArrayList<>();
        for (Reply fee : shipment.list("fees")) {
            if (!fee.text("charged").equalsIgnoreCase("false")) {
                add(charges, fee, amount(fee), currency(shipment));
            }
        }
        boolean hasPostage =
                shipment.list("fees").stream().anyMatch(fee -> fee.text("type").equals("PostageFee"));
        Reply rate = shipment.at("selected_rate");
        if (!hasPostage && isPaidByAccount(shipment) && !rate.text("rate").isEmpty()) {
            charges.add(new Charge(
                    "shipping",
                    new Money(new BigDecimal(rate.text("rate")), currency(shipment)),
                    "BASE",
                    rate.text("service")));
        }
        return charges;
    }

    private static boolean isPaidByAccount(Reply shipment) {
        String payer = shipment.text("options", "payment", "type");
        return payer.isEmpty() || payer.equals("SENDER");
    }

    /** With what came back; nothing while nothing was bought. */
    static Optional<List<Charge>> booked(Answer.Read answer) {
        Reply shipment = EasyPostSale.shipment(answer);
        List<Charge> charges = new ArrayList<>(charged(shipment));
        for (Reply fee : shipment.list("fees")) {
            if (fee.text("refunded").equalsIgnoreCase("true")) {
                add(charges, fee, amount(fee).negate(), currency(shipment));
            }
        }
        return EasyPostSale.isBought(shipment) && !charges.isEmpty() ? Optional.of(charges) : Optional.empty();
    }

    /** The sum of what came back; nothing when it is none. */
    static Optional<Money> refunded(Reply shipment) {
        BigDecimal sum = shipment.list("fees").stream()
                .filter(fee -> fee.text("refunded").equalsIgnoreCase("true"))
                .map(EasyPostCharges::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.signum() == 0 ? Optional.empty() : Optional.of(new Money(sum, currency(shipment)));
    }

    private static void add(List<Charge> charges, Reply fee, BigDecimal amount, Currency currency) {
        if (amount.signum() != 0) {
            String type = fee.text("type");
            charges.add(new Charge(TYPES.word(type), new Money(amount, currency), type, null));
        }
    }

    private static BigDecimal amount(Reply fee) {
        return new BigDecimal(fee.required("amount"));
    }

    private static Currency currency(Reply shipment) {
        String code = shipment.text("selected_rate", "currency");
        return Currency.getInstance(code.isEmpty() ? "USD" : code);
    }
}
