package io.waybill.billing;

import io.waybill.ledger.AuditFacts;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Tx;
import io.waybill.ledger.VarianceBook.Finding;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at every line of a matched invoice and says why it differs from what was expected; again for as long as nobody has approved it. */
final class Audit {
    private static final int PAGE = 1_000;

    private final Ledger ledger;

    Audit(Ledger ledger) {
        this.ledger = ledger;
    }

    void run(InvoiceRow row, Contract contract) {
        if (!ledger.<Boolean>read(tx -> tx.variances().mayBeAudited(row.id()))) {
            return;
        }
        InvoiceRow invoice =
                ledger.read(tx -> tx.invoices().find(row.id(), Namespaces.ALL)).orElseThrow();
        Unchecked unchecked = Unchecked.ofFile(invoice.notChecked());
        if (contract.numbers().isEmpty()) {
            unchecked.add("numbers", invoice.account());
        }
        if (contract.isForeign(invoice.currency())) {
            unchecked.add("contract-currency", invoice.currency());
        }
        Basis basis = ledger.read(tx -> new Basis(
                contract,
                unchecked,
                trackedSince(invoice.account()),
                tx.today(),
                invoice.currency(),
                invoice.revision() > 1));
        BigDecimal expected = BigDecimal.ZERO;
        InvoiceNews news = new InvoiceNews(invoice);
        String after = "";
        for (List<String> page = next(invoice, after); !page.isEmpty(); page = next(invoice, after)) {
            List<String> shipments = page;
            List<Bill> bills = ledger.commit(tx -> shipments(tx, invoice, shipments, basis));
            bills.forEach(news::add);
            expected = bills.stream()
                    .map(bill -> bill.expectedOwn().add(bill.expectedBeside()))
                    .reduce(expected, BigDecimal::add);
            after = page.get(page.size() - 1);
        }
        beside(invoice);
        BigDecimal sum = expected;
        ledger.commitAll(tx -> {
            if (tx.invoices().matched(invoice.id(), sum, unchecked.json())) {
                news.tell(tx, sum); // once: what is audited again changes no invoice
            }
        });
    }

    /** Looked up when a bill first asks, and then no more: all shipments of the account are read for it. */
    private Supplier<Map<String, LocalDate>> trackedSince(String account) {
        AtomicReference<Map<String, LocalDate>> known = new AtomicReference<>();
        return () -> known.updateAndGet(before -> before == null ? lookUpTracked(account) : before);
    }

    private Map<String, LocalDate> lookUpTracked(String account) {
        return ledger.read(tx -> {
            Map<String, LocalDate> since = tx.auditFacts().trackedSince(account);
            since.keySet().removeAll(tx.rollout().off(Stage.TRACKING));
            return since;
        });
    }

    private List<String> next(InvoiceRow invoice, String after) {
        return ledger.read(tx -> tx.invoiceLines().shipments(invoice.id(), after, PAGE));
    }

    private static List<Bill> shipments(Tx tx, InvoiceRow invoice, List<String> ids, Basis basis) {
        Map<String, List<InvoiceLineBook.Line>> lines = tx.invoiceLines().billing(ids, invoice.currency()).stream()
                .collect(Collectors.groupingBy(line -> String.valueOf(line.shipmentUid())));
        Map<String, List<AuditFacts.Expected>> expected =
                tx.auditFacts().expected(ids).stream().collect(Collectors.groupingBy(AuditFacts.Expected::shipment));
        Map<String, String> destinations =
                basis.contract().tellsZones() ? tx.auditFacts().destinations(ids) : Map.of();
        List<Bill> bills = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (AuditFacts.Known shipment : tx.auditFacts().shipments(ids)) {
            Bill bill = bill(
                    invoice,
                    shipment,
                    lines.getOrDefault(shipment.id(), List.of()),
                    expected.getOrDefault(shipment.id(), List.of()),
                    destinations.get(shipment.id()));
            bills.add(bill);
            findings.addAll(new BillAudit(bill, basis).findings());
        }
        tx.variances().found(invoice.id(), ids, findings);
        return bills;
    }

    private static Bill bill(
            InvoiceRow invoice,
            AuditFacts.Known shipment,
            List<InvoiceLineBook.Line> lines,
            List<AuditFacts.Expected> expected,
            @Nullable String destination) {
        List<InvoiceLineBook.Line> mine = new ArrayList<>();
        List<InvoiceLineBook.Line> beside = new ArrayList<>();
        List<InvoiceLineBook.Line> before = new ArrayList<>();
        for (InvoiceLineBook.Line line : lines) {
            int when = line.invoiceUid().compareTo(invoice.id());
            if (when < 0) {
                before.add(line);
            } else if (when == 0) {
                (Bill.isBeside(line) ? beside : mine).add(line);
            }
        }
        return new Bill(shipment, invoice.currency(), mine, beside, before, expected, destination);
    }

    /** Lines on no shipment are named one by one; of a number no more is claimed than the invoice charges for it in all. */
    private void beside(InvoiceRow invoice) {
        int after = 0;
        Map<String, BigDecimal> charged = unknown(invoice);
        while (true) {
            int from = after;
            List<InvoiceLineBook.Line> page =
                    ledger.read(tx -> tx.invoiceLines().beside(invoice.id(), from, PAGE));
            if (page.isEmpty()) {
                return;
            }
            Map<String, String> ours = elsewhere(invoice, page);
            List<Finding> findings = page.stream()
                    .filter(line -> line.bucket() != null && !line.bucket().equals("unmatched"))
                    .map(line ->
                            named(line, ours.get(String.valueOf(line.words().trackingNumber())), charged))
                    .toList();
            int to = page.get(page.size() - 1).line();
            ledger.commitAll(tx -> tx.variances().foundBeside(invoice.id(), from, to, findings));
            after = to;
        }
    }

    /** What is charged of other accounts, by number. */
    private Map<String, BigDecimal> unknown(InvoiceRow invoice) {
        Map<String, BigDecimal> charged = new HashMap<>();
        ledger.<List<InvoiceLineBook.ByNumber>>read(tx -> tx.invoiceLines().byNumber(invoice.id(), "unknown-account"))
                .forEach(sum -> charged.merge(Numbers.plain(sum.number()), sum.amount(), BigDecimal::add));
        return charged;
    }

    /** As much of a line as is not claimed of its number yet. */
    private static BigDecimal claim(InvoiceLineBook.Line line, Map<String, BigDecimal> charged) {
        String number = Numbers.plain(Plain.text(line.words().trackingNumber()));
        BigDecimal claim = line.words()
                .amount()
                .min(charged.getOrDefault(number, BigDecimal.ZERO))
                .max(BigDecimal.ZERO);
        charged.merge(number, claim.negate(), BigDecimal::add);
        return claim;
    }

    /** Of the numbers nobody of the account knows, those of labels of another account. */
    private Map<String, String> elsewhere(InvoiceRow invoice, List<InvoiceLineBook.Line> lines) {
        Set<String> numbers = lines.stream()
                .filter(line -> "outside-label".equals(line.bucket()))
                .flatMap(line -> Stream.ofNullable(line.words().trackingNumber()))
                .collect(Collectors.toSet());
        return ledger.read(tx -> tx.auditFacts().otherAccounts(invoice, numbers));
    }

    /** @param ours another account its number is known of */
    private static Finding named(InvoiceLineBook.Line line, @Nullable String ours, Map<String, BigDecimal> charged) {
        String said = Plain.text(line.words().carrierText());
        return switch (String.valueOf(line.bucket())) {
            case "unknown-account" ->
                finding(
                        AuditRule.UNKNOWN_ACCOUNT,
                        line,
                        claim(line, charged),
                        "account=" + line.words().accountNumber());
            case "outside-label" ->
                finding(
                        AuditRule.OUTSIDE_LABEL,
                        line,
                        BigDecimal.ZERO,
                        (ours == null ? "" : "ourAccount=" + ours + "; ") + "said=" + said);
            default -> finding(AuditRule.ACCOUNT_FEE, line, BigDecimal.ZERO, "said=" + said);
        };
    }

    private static Finding finding(AuditRule rule, InvoiceLineBook.Line line, BigDecimal claim, String evidence) {
        return new Finding(
                rule.word(),
                null,
                line.words().trackingNumber(),
                line.line(),
                line.words().amount(),
                claim,
                Shortened.to(1000, evidence));
    }
}
