package io.waybill.ledger;

import java.math.BigDecimal;
import java.util.List;

/** What is expected of a label that is given back. */
public final class GivenBackBook {
    private final ChargeBook charges;

    GivenBackBook(ChargeBook charges) {
        this.charges = charges;
    }

    /**
     * Expects again, in lines of their own, what was given back of a label and does not come: never more than is given back beyond
     * what came.
     *
     * @param most so much of it
     * @param came what came of all labels whose cost stands with its own
     */
    public void expectAgain(RefundBook.Row refund, String currency, BigDecimal most, BigDecimal came) {
        List<ChargeBook.Row> given = given(refund, currency);
        BigDecimal all = given.stream()
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .negate();
        BigDecimal again = most.min(all.subtract(came)).max(BigDecimal.ZERO);
        boolean isWhole = again.compareTo(all) == 0;
        BigDecimal left = again;
        for (ChargeBook.Row line : again.signum() == 0 ? List.<ChargeBook.Row>of() : given) {
            BigDecimal part = isWhole
                    ? line.amount().negate()
                    : line.amount().negate().min(left);
            if (isWhole || part.signum() > 0) {
                charges.takeBack(line, part, refund.id());
                left = left.subtract(part);
            }
        }
    }

    private List<ChargeBook.Row> given(RefundBook.Row refund, String currency) {
        return charges.ofShipment(refund.shipmentUid()).stream()
                .filter(row -> row.side().equals("expected") && row.currency().equals(currency))
                .filter(row -> row.kind().equals("void_credit") && "orphan".equals(row.reason()) == refund.orphan())
                .toList();
    }
}
