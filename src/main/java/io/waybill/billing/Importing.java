package io.waybill.billing;

import io.waybill.batch.BatchCode;
import io.waybill.carrier.Account;
import io.waybill.ledger.InvoiceFileBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.StagedInvoiceBook.Staged;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a file of invoices whole or not at all. Pages of it are staged where nobody sees them, so that a killed reading
 * goes on where it stood; when every invoice in it comes to what it states, all are shown at once.
 */
final class Importing {
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final Ledger ledger;
    private final Layouts layouts;
    private final String node;
    private final FileReading reading;
    private final Set<String> inWork = ConcurrentHashMap.newKeySet();

    /** @param node this node's name, the same after a restart: what it left half read is its own at once */
    Importing(Ledger ledger, Layouts layouts, String node) {
        this.ledger = ledger;
        this.layouts = layouts;
        this.node = node;
        this.reading = new FileReading(ledger, node, LEASE);
    }

    /** @throws ProblemException with what is wrong with the file; then nothing of it is kept */
    Taken take(Handed handed, Account account) {
        try {
            String sha256 = handed.content().sha256();
            String key = handed.account() + "/" + sha256;
            if (!inWork.add(key)) {
                throw busy(handed);
            }
            try {
                return take(handed, account, sha256);
            } finally {
                inWork.remove(key);
            }
        } catch (LostException e) {
            throw busy(handed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Taken take(Handed handed, Account account, String sha256) throws IOException {
        String known = layouts.named(handed, account).name();
        var drop = new InvoiceFileBook.Drop(handed.account(), known, handed.name(), sha256, handed.by());
        InvoiceFileBook.Row file =
                ledger.commit(tx -> tx.invoiceFiles().claim(drop, node, LEASE)).orElseThrow(() -> busy(handed));
        if (file.state().equals("READ")) {
            return again(file, handed, account);
        }
        Layout layout = layouts.named(handed.called(file.name()), account);
        Faults faults = new Faults(handed.name());
        try {
            if (!reading.read(handed, account, layout, file, faults)) {
                throw new LostException();
            }
        } catch (ProblemException e) {
            e.problems().forEach(faults::add);
        }
        return finish(file.id(), handed, layout, faults);
    }

    private Taken finish(String file, Handed handed, Layout layout, Faults faults) throws IOException {
        if (!faults.any()) {
            StatedTotals.prove(ledger.read(tx -> tx.stagedInvoices().sums(file)), handed, layout, faults);
        }
        if (!faults.any() && !layout.mayHoldNothing() && ledger.read(tx -> holdsNothing(tx, file, handed.account()))) {
            faults.add(Problem.of(BillingCode.INVOICE_WITHOUT_LINES));
        }
        if (!faults.any()) {
            try {
                return ledger.commit(
                        tx -> audited(tx, handed, show(tx, file, handed.account(), layout, faults.dates())));
            } catch (ProblemException e) {
                e.problems().forEach(faults::add);
            }
        }
        if (!ledger.<Boolean>commit(tx -> tx.invoiceFiles().refuse(file, node))) {
            throw new LostException();
        }
        throw new ProblemException(faults.problems());
    }

    /** Whether there is no charge in a file, and no invoice on record that it says comes to 0.00. */
    private static boolean holdsNothing(Tx tx, String file, String account) {
        return tx.stagedInvoices().sums(file).stream()
                .allMatch(staged -> staged.lines() == 0
                        && (staged.statedTotal() == null
                                || tx.invoiceRevisions()
                                        .last(account, staged.number())
                                        .isEmpty()));
    }

    private Taken show(Tx tx, String file, String account, Layout layout, SlashedDates dates) {
        if (!tx.invoiceFiles().alone(file, account, node)) {
            throw new LostException();
        }
        Unchecked unchecked = new Unchecked();
        dates.undecided(tx.today()).ifPresent(date -> unchecked.add(Unchecked.DATES, date));
        ShownInvoices shown = new ShownInvoices(tx, account, layout);
        List<Taken.Invoice> invoices = new ArrayList<>();
        for (Staged begun : tx.stagedInvoices().sums(file)) {
            Staged staged = tx.stagedInvoices().last(begun, account);
            shown.show(staged, unchecked).ifPresent(invoices::add);
        }
        tx.invoiceFiles().finish(file);
        return new Taken(file, invoices);
    }

    /** Every invoice the file tells of: those it brought, and those that were on record before it. */
    private Taken again(InvoiceFileBook.Row file, Handed handed, Account account) throws IOException {
        List<Layout.Head> heads = Heads.of(handed.called(file.name()), named -> layouts.named(named, account))
                .all();
        return ledger.commit(tx -> {
            Map<String, InvoiceRow> rows = new LinkedHashMap<>();
            tx.invoices().ofFile(file.id()).forEach(row -> rows.put(row.number(), row));
            for (Layout.Head head : heads) {
                if (!rows.containsKey(head.number())) {
                    tx.invoiceRevisions()
                            .last(account.name(), head.number())
                            .ifPresent(id -> rows.put(head.number(), ShownInvoices.row(tx, id)));
                }
                InvoiceRow known = rows.get(head.number());
                if (known != null) {
                    ShownInvoices.requireSameCurrency(known, head.currency());
                }
            }
            List<Taken.Invoice> known = rows.values().stream()
                    .map(row -> new Taken.Invoice(row, true))
                    .toList();
            return audited(tx, handed, new Taken(file.id(), known));
        });
    }

    /** Who brought each, and who had it audited anew; what is pulled by the clock nobody brought. */
    private static Taken audited(Tx tx, Handed handed, Taken taken) {
        if (!handed.layout().equals(PulledBill.NAME)) {
            taken.invoices().forEach(one -> {
                InvoiceRow row = one.row();
                String act = one.again() ? "invoice.taken-again" : "invoice.taken";
                String what = row.account() + " " + row.number();
                tx.audit().record(handed.by(), act, row.id(), row.namespace(), what);
            });
        }
        return taken;
    }

    private static ProblemException busy(Handed handed) {
        return new ProblemException(Problem.of(BatchCode.FILE_IN_WORK, "name", handed.name()));
    }

    /** What was staged is another owner's by now. */
    private static final class LostException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
