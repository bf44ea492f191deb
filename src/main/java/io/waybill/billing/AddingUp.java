package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.StagedInvoiceBook.Staged;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Adds the charges of a file up, by what they are for and by their shipments; none of them is kept. */
final class AddingUp extends Proving {
    private final Faults faults;
    private final Layout layout;
    private final Map<String, BigDecimal> totals = new HashMap<>();
    private final Set<String> currencies = new TreeSet<>();
    private final Map<ChargeGroup, LinesSum> sums = new EnumMap<>(ChargeGroup.class);
    private final BilledShipments shipments = new BilledShipments();

    AddingUp(Faults faults, Layout layout) {
        super(faults, layout);
        this.faults = faults;
        this.layout = layout;
    }

    /** Reads a file to its end, or until its faults are enough; what is wrong with it is among them. */
    void read(Handed handed) throws IOException {
        try {
            readAll(handed);
        } catch (ProblemException e) {
            e.problems().forEach(faults::add);
        }
        if (!faults.any()) {
            StatedTotals.prove(staged(), handed, layout, faults);
        }
        if (!faults.any()) {
            requireSomethingInOneCurrency();
        }
    }

    private void readAll(Handed handed) throws IOException {
        Content.Look look = handed.content().look();
        try (DocumentReader reader =
                Formats.open(handed.content().open(), handed.name(), layout.reading(look.format(), look.delimiter()))) {
            for (Document next = reader.next(); next != null && !faults.enough(); next = reader.next()) {
                if (next.ordinal() == 1) {
                    Layouts.check(layout, next, reader, faults);
                    if (faults.any()) {
                        return;
                    }
                }
                next.problems().forEach(faults::add);
                if (next.problems().isEmpty()) {
                    layout.read(next, look.delimiter(), faults, this);
                }
            }
            faults.dates().tell(faults, LocalDate.now(ZoneOffset.UTC));
        }
    }

    @Override
    String begin(Layout.Head head) {
        currencies.add(head.currency());
        return head.number();
    }

    @Override
    void state(Begun invoice, BigDecimal total) {
        // it is kept with the invoice
    }

    @Override
    void take(Begun invoice, InvoiceLine line) {
        totals.merge(invoice.id, line.amount(), BigDecimal::add);
        sums.computeIfAbsent(ChargeGroup.of(line), group -> new LinesSum()).add(line.amount());
        shipments.add(line);
    }

    @Override
    public void passOver(long row, String why) {
        // no charge
    }

    private List<Staged> staged() {
        return invoices.values().stream()
                .map(invoice -> new Staged(
                        invoice.id,
                        invoice.id,
                        invoice.currency,
                        invoice.stated,
                        totals.getOrDefault(invoice.id, BigDecimal.ZERO),
                        invoice.lines))
                .toList();
    }

    private void requireSomethingInOneCurrency() {
        if (sums.isEmpty()) {
            faults.add(Problem.of(BillingCode.INVOICE_WITHOUT_LINES));
        } else if (currencies.size() > 1) {
            faults.add(Problem.of(BillingCode.BILL_TWO_CURRENCIES, "currencies", String.join(", ", currencies)));
        }
    }

    /** The one of all invoices, once the file was read and nothing is wrong with it. */
    String currency() {
        return currencies.iterator().next();
    }

    /** Of the invoices, in the order of the file. */
    List<String> numbers() {
        return List.copyOf(invoices.keySet());
    }

    Map<ChargeGroup, LinesSum> sums() {
        return sums;
    }

    BilledShipments shipments() {
        return shipments;
    }
}
