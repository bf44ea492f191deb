package io.waybill.billing;

import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** An invoice that changes what an earlier one said of the same shipment. */
record Correction(Bill bill, Basis basis, Claims claims) {
    boolean isOne() {
        return basis.corrected() && !bill.isFirst();
    }

    /**
     * What a correction adds is claimed as far as the shipment is billed above its price then, and above what its contract says of the
     * weight and the extras; no reason of the carrier's is looked at.
     */
    void run() {
        List<InvoiceLineBook.Line> added =
                claims.left.stream().filter(bill::isOfPrice).toList();
        BigDecimal price = bill.priced().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal before = Bill.sum(bill.before().stream()
                .filter(line -> !Bill.isBeside(line) && bill.isOfPrice(line))
                .toList());
        BigDecimal more = Bill.sum(added);
        BigDecimal over = before.add(more).subtract(price).subtract(agreed(added));
        BigDecimal amount = Bill.sum(claims.left);
        InvoiceLineBook.Line line = claims.left.stream()
                .max(Comparator.comparing(one -> one.words().amount()))
                .orElse(null);
        if (line == null || amount.signum() == 0) {
            return;
        }
        boolean within = over.compareTo(basis.tolerance(line.words().shipDate())) <= 0;
        BigDecimal claim = within || bill.priced().isEmpty() || added.stream().anyMatch(this::isOwed)
                ? BigDecimal.ZERO
                : more.min(over).min(amount);
        claims.finding(
                AuditRule.INVOICE_CORRECTED,
                claim.signum() > 0 ? line : claims.left.get(0),
                amount,
                claim.max(BigDecimal.ZERO),
                claim.signum() > 0
                        ? "billed=" + Amounts.plain(before.add(more)) + "; expected=" + Amounts.plain(price)
                        : "");
    }

    /** The extras among these that cost what the contract says. */
    private BigDecimal agreed(List<InvoiceLineBook.Line> added) {
        return Bill.sum(added.stream()
                .filter(line -> line.words().amount().signum() > 0)
                .filter(line -> Bill.Part.of(line.words().type()) == Bill.Part.EXTRAS)
                .filter(line -> {
                    BigDecimal price = basis.agreed().accessorial(line.words());
                    return price != null && price.compareTo(line.words().amount()) == 0;
                })
                .toList());
    }

    /** A transport price that the contract arrives at by the weight that was billed. */
    private boolean isOwed(InvoiceLineBook.Line line) {
        return line.words().amount().signum() > 0
                && Bill.Part.of(line.words().type()) == Bill.Part.TRANSPORT
                && Agreed.isHeavier(line.words())
                && (basis.agreed().isMinimum(line.words()) || basis.agreed().isOwed(line.words()));
    }
}
