package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Charges that stand there again. What was given back in between is charged anew and not again, and what still fits what was
 * expected is another piece's: neither is a duplicate.
 */
final class Repeats {
    private final Bill bill;
    private final Basis basis;
    private final Claims claims;
    private final Map<String, Integer> charged = new HashMap<>();
    private final Map<String, Integer> givenBack = new HashMap<>();

    Repeats(Bill bill, Basis basis, Claims claims) {
        this.bill = bill;
        this.basis = basis;
        this.claims = claims;
    }

    void run() {
        takenBackAtOnce();
        claims.left.forEach(this::giveBack);
        bill.standing().forEach(this::giveBack);
        bill.standing().forEach(this::isAgain);
        List<InvoiceLineBook.Line> again =
                claims.left.stream().filter(this::isAgain).toList();
        claim(again);
    }

    /** A credit and the charge it is laid against come to nothing, where the same charge stands besides. */
    private void takenBackAtOnce() {
        for (InvoiceLineBook.Line credit : List.copyOf(claims.left)) {
            if (isCharge(credit) || !bill.isOfPrice(credit)) {
                continue;
            }
            List<InvoiceLineBook.Line> twins =
                    claims.left.stream().filter(line -> isTwin(line, credit)).toList();
            boolean besides = twins.size() > 1 || bill.standing().stream().anyMatch(line -> isTwin(line, credit));
            if (!twins.isEmpty() && besides) {
                claims.leaveOut(twins.get(twins.size() - 1), credit);
            }
        }
    }

    private static boolean isTwin(InvoiceLineBook.Line line, InvoiceLineBook.Line credit) {
        return isCharge(line) && twin(line).equals(twin(credit));
    }

    private void giveBack(InvoiceLineBook.Line line) {
        if (!isCharge(line) && bill.isOfPrice(line)) {
            givenBack.merge(twin(line), 1, Integer::sum);
        }
    }

    /** Whether a charge is known that is not given back. */
    private boolean isAgain(InvoiceLineBook.Line line) {
        if (!isCharge(line) || charged.merge(same(line), 1, Integer::sum) == 1) {
            return false;
        }
        return givenBack.merge(twin(line), -1, Integer::sum) < 0;
    }

    /**
     * A discount that stands there again goes with the transport of its number that does, one of no such number with the first. No
     * more is claimed than is above what was expected, and of all no more than they come to: what discounts take off beyond their
     * transport is taken off the next.
     */
    private void claim(List<InvoiceLineBook.Line> again) {
        List<InvoiceLineBook.Line> others = new ArrayList<>(claims.left);
        others.removeAll(again);
        TreeMap<Part, BigDecimal> room = bill.leftOut(others);
        Map<InvoiceLineBook.Line, List<InvoiceLineBook.Line>> discounts = discounts(again);
        BigDecimal below = BigDecimal.ZERO;
        for (InvoiceLineBook.Line line : again) {
            InvoiceLine words = line.words();
            if (words.amount().signum() <= 0) {
                continue;
            }
            List<InvoiceLineBook.Line> with = discounts.getOrDefault(line, List.of());
            BigDecimal amount = words.amount().add(Bill.sum(with));
            Part pot = bill.pot(words.type());
            BigDecimal fits = bill.isOfPrice(line) ? room.getOrDefault(pot, BigDecimal.ZERO) : BigDecimal.ZERO;
            if (fits.signum() > 0) {
                room.put(pot, fits.subtract(amount).max(BigDecimal.ZERO));
            }
            BigDecimal over = amount.subtract(fits);
            if (fits.signum() == 0 || over.compareTo(basis.tolerance(words.shipDate())) > 0) {
                BigDecimal claim = over.add(below);
                below = claim.min(BigDecimal.ZERO);
                claims.finding(
                        AuditRule.DUPLICATE_CHARGE,
                        line,
                        amount,
                        claim.max(BigDecimal.ZERO),
                        "charged before: " + Amounts.plain(amount) + " " + Plain.text(words.carrierText()));
                claims.left.remove(line);
                claims.left.removeAll(with);
            }
        }
    }

    /** The discounts among these by the transport they go with. */
    private static Map<InvoiceLineBook.Line, List<InvoiceLineBook.Line>> discounts(List<InvoiceLineBook.Line> again) {
        Map<String, InvoiceLineBook.Line> transport = new LinkedHashMap<>();
        again.stream()
                .filter(line -> line.words().type().equals("shipping")
                        && line.words().amount().signum() > 0)
                .forEach(line -> transport.putIfAbsent(number(line), line));
        if (transport.isEmpty()) {
            return Map.of();
        }
        InvoiceLineBook.Line first = transport.values().iterator().next();
        return again.stream()
                .filter(line -> line.words().type().equals("discount"))
                .collect(Collectors.groupingBy(line -> transport.getOrDefault(number(line), first)));
    }

    private static String number(InvoiceLineBook.Line line) {
        return Numbers.plain(Plain.text(line.words().trackingNumber()));
    }

    /** A discount is charged below nothing, and given back above it. */
    private static boolean isCharge(InvoiceLineBook.Line line) {
        boolean discount = line.words().type().equals("discount");
        return line.words().amount().signum() == (discount ? -1 : 1);
    }

    private static String same(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        return String.join(
                "|",
                twin(line),
                words.kind(),
                Plain.text(words.reason()),
                Plain.text(words.carrierCode()),
                Plain.text(words.carrierText()));
    }

    /** What a charge and the credit of it have in common. */
    private static String twin(InvoiceLineBook.Line line) {
        InvoiceLine words = line.words();
        return number(line) + "|" + words.type() + "|"
                + words.amount().abs().stripTrailingZeros().toPlainString();
    }
}
