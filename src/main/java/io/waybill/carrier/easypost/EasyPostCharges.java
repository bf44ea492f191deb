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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code fees}: what EasyPost took for a shipment, and what it gave back, always in US dollars. Each is read on its own: one that
 * cannot be read hides no other.
 */
final class EasyPostCharges {
    private static final Logger LOG = LoggerFactory.getLogger(EasyPostCharges.class);
    private static final CodeTable TYPES = CodeTable.read(EasyPostCharges.class, "charges.csv", "uncategorized");
    private static final Currency DOLLARS = Currency.getInstance("USD");
    private static final String POSTAGE = "PostageFee";

    private EasyPostCharges() {}

    private record Fee(String type, BigDecimal amount, boolean charged, boolean refunded) {
        boolean isPostage() {
            return type.equals(POSTAGE);
        }

        /** The postage by its name; one without a name by what it comes to. */
        boolean tells(Optional<BigDecimal> rate) {
            return isPostage()
                    || (type.isEmpty()
                            && rate.filter(postage -> postage.compareTo(amount) == 0)
                                    .isPresent());
        }

        Charge charge(BigDecimal value) {
            return new Charge(TYPES.word(type), new Money(value, DOLLARS), type, null);
        }
    }

    /** Nothing when they cannot be read: the label is sold whatever its price. */
    static List<Charge> ofSale(Reply shipment) {
        return PriceParts.ofSale(() -> charges(shipment, counted(shipment)));
    }

    /** Each fee that counts; and the postage by its rate, where no fee tells it and the account pays for it. */
    private static List<Charge> charges(Reply shipment, List<Fee> fees) {
        List<Charge> charges = new ArrayList<>();
        fees.stream()
                .filter(fee -> fee.amount().signum() != 0)
                .map(fee -> fee.charge(fee.amount()))
                .forEach(charges::add);
        Optional<BigDecimal> rate = PriceParts.amount(shipment, "selected_rate", "rate");
        if (fees(shipment).stream().noneMatch(fee -> fee.tells(rate)) && isPaidByAccount(shipment)) {
            charges.addAll(PriceParts.ofSale(() -> postage(shipment.at("selected_rate"))));
        }
        return charges;
    }

    private static List<Charge> postage(Reply rate) {
        String currency = rate.text("currency");
        return PriceParts.amount(rate, "rate")
                .map(sum -> new Charge(
                        "shipping",
                        new Money(sum, currency.isEmpty() ? DOLLARS : Currency.getInstance(currency)),
                        "BASE",
                        rate.text("service")))
                .stream()
                .toList();
    }

    /** What was charged; of the postage, what will be where none was yet. */
    private static List<Fee> counted(Reply shipment) {
        List<Fee> all = fees(shipment);
        List<Fee> counted = new ArrayList<>(all.stream().filter(Fee::charged).toList());
        if (counted.stream().noneMatch(Fee::isPostage) && isPaidByAccount(shipment)) {
            all.stream().filter(Fee::isPostage).findFirst().ifPresent(counted::add);
        }
        return counted;
    }

    private static List<Fee> fees(Reply shipment) {
        List<Fee> fees = new ArrayList<>();
        for (Reply fee : shipment.list("fees")) {
            try {
                fees.add(new Fee(
                        fee.text("type"),
                        PriceParts.amount(fee, "amount")
                                .orElseThrow(
                                        () -> new IllegalArgumentException(fee.required("amount") + " is no amount")),
                        !fee.text("charged").equalsIgnoreCase("false"),
                        fee.text("refunded").equalsIgnoreCase("true")));
            } catch (RuntimeException unreadable) {
                LOG.warn("a {} cannot be read: {}", fee.text("type"), unreadable.toString());
            }
        }
        return fees;
    }

    private static boolean isPaidByAccount(Reply shipment) {
        String payer = shipment.text("options", "payment", "type");
        return payer.isEmpty() || payer.equals("SENDER");
    }

    /** What was charged and what came back, and nothing that is yet to be charged; nothing while nothing was bought. */
    static Optional<List<Charge>> booked(Answer.Read answer) {
        Reply shipment = EasyPostSale.shipment(answer);
        List<Fee> fees = fees(shipment).stream()
                .filter(fee -> fee.charged() || fee.refunded())
                .toList();
        List<Charge> charges = new ArrayList<>(charges(shipment, fees));
        fees.stream()
                .filter(fee -> fee.refunded() && fee.amount().signum() != 0)
                .map(fee -> fee.charge(fee.amount().negate()))
                .forEach(charges::add);
        return EasyPostSale.isBought(shipment) && !charges.isEmpty() ? Optional.of(charges) : Optional.empty();
    }

    /** The sum of what came back; nothing when it is none. */
    static Optional<Money> refunded(Reply shipment) {
        BigDecimal sum = counted(shipment).stream()
                .filter(Fee::refunded)
                .map(Fee::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.signum() == 0 ? Optional.empty() : Optional.of(new Money(sum, DOLLARS));
    }
}
