package io.waybill.billing;

import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings every line of a proved invoice to its shipment and audits it, by the contract as it stands; cut short, it goes on. */
final class Reconciling {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);
    private static final int MOST_OPEN = 100;

    private final Ledger ledger;
    private final Contracts contracts;
    private final Matching matching;
    private final Audit audit;

    Reconciling(Ledger ledger, Contracts contracts) {
        this.ledger = ledger;
        this.contracts = contracts;
        this.matching = new Matching(ledger);
        this.audit = new Audit(ledger);
    }

    /**
     * Matches and audits an invoice, anew as long as nobody approved it or decided anything of it: after those that were taken
     * before it, for what they charge is charged again by this one. One of those that cannot be matched is left.
     */
    void reconcile(InvoiceRow invoice) {
        tellOf(ledger.read(tx -> tx.invoices().openBefore(invoice)).stream()
                .flatMap(earlier -> goOn(earlier).stream())
                .toList());
        reconcileAlone(invoice);
    }

    private void reconcileAlone(InvoiceRow invoice) {
        boolean begun = invoice.state().equals("PROVED");
        boolean audited = invoice.state().equals("MATCHED");
        if (begun || (audited && !ledger.read(tx -> tx.decisions().isDecided(invoice.id())))) {
            Contract contract = contracts.of(invoice.account());
            matching.match(invoice, contract);
            audit.run(invoice, contract);
        }
    }

    /** {@link Billing#resume}. */
    void resume(BooleanSupplier goesOn) {
        List<String> left = new ArrayList<>();
        Iterator<InvoiceRow> open =
                ledger.read(tx -> tx.invoices().open(MOST_OPEN)).iterator();
        while (open.hasNext() && goesOn.getAsBoolean()) {
            left.addAll(goOn(open.next()));
        }
        tellOf(left);
    }

    /** What is said of it when it cannot be matched. */
    private List<String> goOn(InvoiceRow invoice) {
        try {
            reconcileAlone(invoice);
            LOG.info("invoice {} of {}, whose matching was cut short, is matched", invoice.number(), invoice.account());
            return List.of();
        } catch (RuntimeException e) {
            return List.of("invoice " + invoice.number() + " of " + invoice.account() + ": " + e);
        }
    }

    private static void tellOf(List<String> left) {
        if (!left.isEmpty()) {
            LOG.warn("{} of the invoices could not be matched, the first is {}", left.size(), left.get(0));
        }
    }
}
