package io.waybill.billing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.Claimant;
import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.Fact;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.LandingBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.Tx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Credits on an invoice, laid beside what was asked back for voided labels and beside what is disputed. */
final class Credits {
    /** What an invoice gives back of a label; what it gives for being late is another thing. */
    private static final Set<String> KINDS = Set.of("void_credit", "refund");

    private static final Set<String> ADJUSTMENTS = Set.of("adjustment", "late_bill");

    private static final String ADJUSTED = "billing.adjusted";

    private final Tx tx;
    private final InvoiceRow invoice;

    Credits(Tx tx, InvoiceRow invoice) {
        this.tx = tx;
        this.invoice = invoice;
    }

    /** Called when the lines are in the money ledger. */
    void landed(List<InvoiceLineBook.Line> lines, Collection<LandingBook.Landed> places) {
        Set<Integer> credits = lines.stream()
                .filter(line -> KINDS.contains(line.words().kind()))
                .map(InvoiceLineBook.Line::line)
                .collect(Collectors.toSet());
        List<String> shipments = places.stream()
                .filter(place -> credits.contains(place.line()))
                .flatMap(place -> Stream.ofNullable(place.shipment()))
                .distinct()
                .sorted()
                .toList();
        tx.refunds().ofShipments(shipments).forEach(this::credit);
        if (invoice.revision() == 1) {
            disputed(lines, places);
        }
    }

    /**
     * Called when all lines are in the money ledger. A corrected invoice takes lines back only to say them anew: what it gives
     * back of a shipment is what all of its lines come to.
     */
    void corrected() {
        if (invoice.revision() > 1) {
            tx.credits()
                    .givenBack(invoice)
                    .forEach(credit -> disputed(credit.of(), credit.amount(), rule(credit.late())));
        }
    }

    private void disputed(List<InvoiceLineBook.Line> lines, Collection<LandingBook.Landed> places) {
        Map<Integer, String> shipments = new HashMap<>();
        places.forEach(place -> {
            if (place.shipment() != null) {
                shipments.put(place.line(), place.shipment());
            }
        });
        Set<Integer> beside = tx.credits()
                .besideOwn(
                        invoice,
                        lines.get(0).line(),
                        lines.get(lines.size() - 1).line());
        Map<Integer, Claimant> landed = new HashMap<>();
        lines.forEach(line -> Claimant.of(
                        shipments.get(line.line()), line.words().trackingNumber(), beside.contains(line.line()))
                .ifPresent(of -> landed.put(line.line(), of)));
        Map<Claimant, BigDecimal> discounts = takenBack(lines, landed);
        for (InvoiceLineBook.Line line : lines) {
            Claimant of = landed.get(line.line());
            boolean credit =
                    line.words().amount().signum() < 0 && !line.words().type().equals("discount");
            if (of != null && credit) {
                BigDecimal amount = line.words().amount().negate();
                BigDecimal less = line.words().type().equals("shipping")
                        ? discounts.getOrDefault(of, BigDecimal.ZERO).min(amount)
                        : BigDecimal.ZERO;
                discounts.merge(of, less, BigDecimal::subtract);
                disputed(
                        of,
                        amount.subtract(less),
                        rule("GSR".equals(line.words().reason())));
            }
        }
    }

    private static @Nullable AuditRule rule(boolean late) {
        return late ? AuditRule.LATE_DELIVERY : null;
    }

    /** The discounts that are taken back, by what they are of: so much less of a transport is given back. */
    private static Map<Claimant, BigDecimal> takenBack(
            List<InvoiceLineBook.Line> lines, Map<Integer, Claimant> landed) {
        Map<Claimant, BigDecimal> discounts = new HashMap<>();
        for (InvoiceLineBook.Line line : lines) {
            Claimant of = landed.get(line.line());
            BigDecimal amount = line.words().amount();
            if (of != null && amount.signum() > 0 && line.words().type().equals("discount")) {
                discounts.merge(of, amount, BigDecimal::add);
            }
        }
        return discounts;
    }

    /** What an invoice charges after the label was sold, told for each shipment in one event. */
    void adjusted(List<InvoiceLineBook.Line> lines, Collection<LandingBook.Landed> places) {
        Map<Integer, InvoiceLineBook.Line> adjustments = lines.stream()
                .filter(line -> ADJUSTMENTS.contains(line.words().kind()))
                .collect(Collectors.toMap(InvoiceLineBook.Line::line, line -> line));
        Map<String, List<InvoiceLineBook.Line>> byShipment = new TreeMap<>();
        places.forEach(place -> {
            InvoiceLineBook.Line line = adjustments.get(place.line());
            if (line != null && place.shipment() != null) {
                byShipment
                        .computeIfAbsent(place.shipment(), first -> new ArrayList<>())
                        .add(line);
            }
        });
        if (!byShipment.isEmpty() && tx.events().isWanted(invoice.namespace(), ADJUSTED)) {
            Map<String, String> namespaces = tx.auditFacts().namespaces(List.copyOf(byShipment.keySet()));
            Set<String> wanting = namespaces.values().stream()
                    .distinct()
                    .filter(namespace -> tx.events().isWanted(namespace, ADJUSTED))
                    .collect(Collectors.toSet());
            byShipment.keySet().removeIf(shipment -> !wanting.contains(namespaces.get(shipment)));
            byShipment.forEach(this::tell);
        }
    }

    private void tell(String shipment, List<InvoiceLineBook.Line> adjustments) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("invoice", invoice.number());
        ArrayNode all = facts.putArray("adjustments");
        adjustments.forEach(line -> all.addObject()
                .put("invoiceLine", line.line())
                .put("type", line.words().type())
                .put("reason", line.words().reason())
                .put("text", line.words().carrierText())
                .put("amount", Amounts.plain(line.words().amount()))
                .put("currency", invoice.currency()));
        tx.orders().lockOf(shipment).ifPresent(order -> tx.events().emit(order, shipment, ADJUSTED, facts));
    }

    /**
     * What is disputed of labels, or of a number that is no shipment's, gets its credits: the one of just that amount first, then the oldest.
     *
     * @param rule what they are for; null for anything
     */
    private void disputed(Claimant of, BigDecimal credit, @Nullable AuditRule rule) {
        List<DisputeBook.Waiting> waiting =
                tx.disputes().waiting(invoice.account(), of, invoice.currency(), rule == null ? null : rule.word());
        Optional<DisputeBook.Waiting> exact = waiting.stream()
                .filter(one -> one.waiting().compareTo(credit) == 0)
                .findFirst();
        BigDecimal left = credit;
        for (DisputeBook.Waiting one : exact.map(List::of).orElse(waiting)) {
            BigDecimal part = one.waiting().min(left);
            if (part.signum() > 0) {
                if (tx.disputes().credit(one, part)) {
                    tx.exceptions().closeBy(Fact.DISPUTE_OVER, one.dispute());
                }
                left = left.subtract(part);
            }
        }
    }

    /** With the order's row locked, and the refund as it stands then: somebody may be writing it off. */
    private void credit(RefundBook.Row asked) {
        Optional<OrderRow> order = tx.orders().lock(asked.orderUid(), Namespaces.ALL);
        RefundBook.Row row = tx.refunds().find(asked.id(), Namespaces.ALL).orElse(asked);
        BigDecimal back = tx.givenBack().onInvoices(row, invoice.currency());
        boolean other = row.currency() != null && !row.currency().equals(invoice.currency());
        boolean askedFirst = "fee-query".equals(row.creditedBy()) && back.compareTo(row.credited()) <= 0;
        BigDecimal charged = tx.givenBack().chargedOnInvoices(row, invoice.currency());
        if (other || askedFirst || !tx.refunds().credit(row, back, charged, invoice.currency(), invoice.number())) {
            return;
        }
        BigDecimal together = tx.givenBack().onInvoicesTogether(row, invoice.currency());
        tx.givenBack().giveBack(row, invoice.currency(), together, invoice.id());
        if (tx.refunds().isCredited(row)) {
            tx.exceptions().closeBy(Fact.CREDITED, row.id());
        }
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.putObject("refund")
                .put("id", row.id())
                .put("credited", Amounts.plain(back))
                .put("currency", invoice.currency())
                .put("by", invoice.number());
        if (row.isWrittenOff()) {
            ObjectNode detail = facts.withObject("/refund").deepCopy().without("id");
            detail.put("carrierShipment", row.carrierShipment());
            tx.story().tell(row.orderUid(), row.shipmentUid(), "refund came late", null, detail.toString());
        }
        order.ifPresent(its -> tx.events().emit(its, row.shipmentUid(), "billing.refunded", facts));
    }
}
