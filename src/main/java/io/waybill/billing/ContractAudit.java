package io.waybill.billing;

import io.waybill.billing.Bill.Part;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left of a bill against what the contract says of prices: the discount, the fuel, the extras. */
final class ContractAudit {
    private final Bill bill;
    private final Agreed agreed;
    private final Claims claims;
    private final Parts parts;

    /** What is missing of the discount, by tracking number: fuel on it is not owed either. */
    private final Map<String, BigDecimal> missing = new HashMap<>();

    ContractAudit(Bill bill, Agreed agreed, Claims claims, Parts parts) {
        this.bill = bill;
        this.agreed = agreed;
        this.claims = claims;
        this.parts = parts;
    }

    void run() {
        discount();
        fuel();
        accessorials();
    }

    /**
     * The transport of a parcel.
     *
     * @param line the one that is claimed
     * @param least what is owed by the contract
     */
    private record Carried(
            InvoiceLineBook.Line line, BigDecimal list, BigDecimal percent, BigDecimal least, BigDecimal billed) {
        BigDecimal over() {
            return billed.subtract(least);
        }
    }

    /**
     * The transport against its list price and the percent agreed. Each parcel by itself, unless a discount stands under a
     * number of its own: then it is one of all of them. Where one carries the discount of others no more is claimed than all are over.
     */
    private void discount() {
        List<InvoiceLineBook.Line> transport = parts.linesOf(Part.TRANSPORT);
        Map<String, List<InvoiceLineBook.Line>> parcels = transport.stream()
                .collect(Collectors.groupingBy(ContractAudit::number, LinkedHashMap::new, Collectors.toList()));
        boolean apart = parcels.values().stream().allMatch(ContractAudit::isCarried);
        List<Carried> carried = (apart ? parcels.values().stream() : Stream.of(transport))
                .map(this::carried)
                .filter(Objects::nonNull)
                .toList();
        BigDecimal left = carried.stream().map(Carried::over).reduce(BigDecimal.ZERO, BigDecimal::add);
        for (Carried one : carried) {
            BigDecimal over = one.over().min(left);
            if (over.compareTo(parts.leeway(one.line())) > 0) {
                left = left.subtract(over);
                claim(one, over);
            }
        }
    }

    private static boolean isCarried(List<InvoiceLineBook.Line> lines) {
        return lines.stream().anyMatch(line -> line.words().type().equals("shipping"));
    }

    /** Null where no discount is agreed. */
    private @Nullable Carried carried(List<InvoiceLineBook.Line> transport) {
        InvoiceLineBook.Line line = transport.stream()
                .filter(one -> one.words().listAmount() != null || one.words().service() != null)
                .findFirst()
                .orElse(null);
        Contract.Discount discount = line == null ? null : agreed.discount(line.words());
        if (line == null || discount == null) {
            return null;
        }
        BigDecimal list = transport.stream()
                .map(one -> one.words().listAmount())
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal price = list.subtract(Rounding.percent(list, discount.percent(), bill.currency()));
        BigDecimal least = discount.minimum() == null ? price : price.max(discount.minimum());
        return new Carried(line, list, discount.percent(), least, Bill.sum(transport));
    }

    private void claim(Carried one, BigDecimal over) {
        missing.merge(number(one.line()), over, BigDecimal::add);
        claims.finding(
                AuditRule.MISSING_DISCOUNT,
                one.line(),
                parts.take(Part.TRANSPORT, over),
                over,
                "list=" + Amounts.plain(one.list()) + "; percent="
                        + one.percent().toPlainString() + "; agreed=" + Amounts.plain(one.least()) + "; billed="
                        + Amounts.plain(one.billed()));
    }

    /** The fuel against the percent of the week. */
    private void fuel() {
        InvoiceLineBook.Line line = parts.first(Part.FUEL);
        Map<String, BigDecimal> bases = fuelled(line);
        if (!parts.billed.containsKey(Part.FUEL) || bases.values().stream().allMatch(base -> base.signum() == 0)) {
            return;
        }
        BigDecimal percent = agreed.percent(line.words().shipDate());
        if (percent == null) {
            return;
        }
        BigDecimal due = bases.values().stream()
                .map(base -> Rounding.percent(base, percent, bill.currency()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal over = parts.billed.getOrDefault(Part.FUEL, BigDecimal.ZERO).subtract(due);
        boolean more = over.compareTo(parts.leeway(line)) > 0;
        BigDecimal amount = parts.whole ? parts.take(Part.FUEL, over.max(BigDecimal.ZERO)) : parts.takeAll(Part.FUEL);
        if (more || amount.signum() != 0) {
            claims.finding(
                    AuditRule.FUEL,
                    line,
                    amount,
                    more ? over : BigDecimal.ZERO,
                    parts.sides(Part.FUEL) + "; week=" + Contract.week(day(line)) + "; percent="
                            + percent.toPlainString() + "; agreed=" + Amounts.plain(due));
        }
    }

    /**
     * What fuel is charged on: what is owed of the transport, and the extras that carry it. By tracking number, as carriers round
     * it, where transport and fuel stand under each of them; else all at once.
     */
    private Map<String, BigDecimal> fuelled(InvoiceLineBook.Line fuel) {
        Set<String> extras = agreed.fuelOn(fuel.words());
        Set<String> carried = numbers(parts.linesOf(Part.TRANSPORT).stream()
                .filter(line -> line.words().type().equals("shipping")));
        boolean apart = carried.containsAll(numbers(parts.linesOf(Part.TRANSPORT).stream()))
                && numbers(parts.linesOf(Part.FUEL).stream()).containsAll(carried);
        Map<String, BigDecimal> bases = new TreeMap<>();
        missing.forEach((number, over) -> bases.merge(apart ? number : "", over.negate(), BigDecimal::add));
        Stream.concat(
                        parts.linesOf(Part.TRANSPORT).stream(),
                        parts.linesOf(Part.EXTRAS).stream().filter(line -> extras.contains(Agreed.code(line.words()))))
                .forEach(line ->
                        bases.merge(apart ? number(line) : "", line.words().amount(), BigDecimal::add));
        return bases;
    }

    private static Set<String> numbers(Stream<InvoiceLineBook.Line> lines) {
        return lines.map(ContractAudit::number).collect(Collectors.toSet());
    }

    private static String number(InvoiceLineBook.Line line) {
        return Plain.text(line.words().trackingNumber());
    }

    /** Each extra against its price in the contract. */
    private void accessorials() {
        for (InvoiceLineBook.Line line : parts.linesOf(Part.EXTRAS)) {
            BigDecimal price = agreed.accessorial(line.words());
            if (price == null) {
                continue;
            }
            BigDecimal over = line.words().amount().subtract(price);
            if (over.compareTo(parts.leeway(line)) > 0) {
                claims.finding(
                        AuditRule.ACCESSORIAL,
                        line,
                        parts.take(Part.EXTRAS, over),
                        over,
                        "billed=" + Amounts.plain(line.words().amount()) + "; agreed=" + Amounts.plain(price));
            }
        }
    }

    private static LocalDate day(InvoiceLineBook.Line line) {
        return Objects.requireNonNull(line.words().shipDate());
    }
}
