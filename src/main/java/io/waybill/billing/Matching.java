package io.waybill.billing;

import io.waybill.ledger.Fact;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.LandingBook.Landed;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MatchBook.Known;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Tx;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings every line of an invoice to one shipment, or to a bucket that says why there is none, and into the money ledger as
 * billed. Page by page, each page once: a killed matching goes on where it stood.
 */
final class Matching {
    private static final int PAGE = 1_000;

    private final Ledger ledger;

    Matching(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Where a page's lines belong, by their places in it. */
    private static final class Page {
        final List<InvoiceLineBook.Line> lines;
        final Map<Integer, Landed> landed = new HashMap<>();
        /** What each line that found its shipment is known by. */
        final List<List<Known>> matched = new ArrayList<>();

        Page(List<InvoiceLineBook.Line> lines) {
            this.lines = lines;
        }

        List<InvoiceLineBook.Line> left() {
            return lines.stream()
                    .filter(line -> !landed.containsKey(line.line()))
                    .toList();
        }

        void land(
                InvoiceLineBook.Line line, @Nullable String shipment, @Nullable String rule, @Nullable String bucket) {
            landed.put(line.line(), new Landed(line.line(), shipment, rule, bucket));
        }
    }

    /** Matches what is left of an invoice. */
    void match(InvoiceRow invoice, Contract contract) {
        while (ledger.commit(tx -> page(tx, invoice.id(), contract))) {
            // the next page
        }
    }

    /** @return whether there may be more to match */
    private static boolean page(Tx tx, String id, Contract contract) {
        InvoiceRow invoice = tx.invoices().find(id, Namespaces.ALL).orElseThrow();
        List<InvoiceLineBook.Line> lines = tx.invoiceLines().lines(id, invoice.nextLine(), PAGE);
        if (lines.isEmpty() || !invoice.state().equals("PROVED")) {
            return false;
        }
        Page page = new Page(lines);
        lines.forEach(line -> takeBack(page, line));
        lay(tx, page, invoice, contract);
        int to = lines.get(lines.size() - 1).line() + 1;
        if (!tx.landings().land(invoice, List.copyOf(page.landed.values()), to)) {
            return true; // somebody else has just landed this page, and may go no further
        }
        page.matched.forEach(known -> billed(tx, known));
        Credits credits = new Credits(tx, invoice);
        credits.landed(lines, page.landed.values());
        credits.adjusted(lines, page.landed.values());
        boolean last = tx.invoiceLines().lines(id, to, 1).isEmpty();
        if (last) {
            credits.corrected();
        }
        return !last;
    }

    /** Which of an invoice's lines in a bucket would land elsewhere by what is known now. */
    static List<InvoiceLineBook.Line> elsewhere(
            Tx tx, InvoiceRow invoice, List<InvoiceLineBook.Line> lines, Contract contract) {
        Page page = new Page(lines);
        lay(tx, page, invoice, contract);
        return lines.stream()
                .filter(line -> {
                    Landed now = Objects.requireNonNull(page.landed.get(line.line()));
                    return now.shipment() != null || !Objects.equals(now.bucket(), line.bucket());
                })
                .toList();
    }

    private static void lay(Tx tx, Page page, InvoiceRow invoice, Contract contract) {
        page.left().forEach(line -> setAside(page, line, contract));
        for (MatchRule rule : MatchRule.values()) {
            apply(tx, rule, page, invoice);
        }
        page.left().forEach(line -> page.land(line, null, null, bucket(line.words())));
    }

    /** What a corrected invoice takes back is taken back where it landed, whatever is known since. */
    private static void takeBack(Page page, InvoiceLineBook.Line line) {
        if (line.copies() < 0 && (line.shipmentUid() != null || line.bucket() != null)) {
            page.land(line, line.shipmentUid(), line.matchRule(), line.bucket());
        }
    }

    /** What belongs to no shipment, whatever numbers stand beside it. */
    private static void setAside(Page page, InvoiceLineBook.Line line, Contract contract) {
        String number = line.words().accountNumber();
        if (number != null && !contract.numbers().isEmpty() && !contract.hasNumber(number)) {
            page.land(line, null, null, "unknown-account");
        } else if (line.words().kind().equals("account_fee")) {
            page.land(line, null, null, "account-fee");
        }
    }

    private static String bucket(InvoiceLine line) {
        if (line.trackingNumber() != null || line.leadNumber() != null) {
            return "outside-label";
        }
        return line.kind().equals("duty_tax") ? "account-fee" : "unmatched"; // a tax on all of the invoice
    }

    private static void apply(Tx tx, MatchRule rule, Page page, InvoiceRow invoice) {
        List<InvoiceLineBook.Line> left = page.left();
        Set<String> said = new TreeSet<>();
        for (InvoiceLineBook.Line line : left) {
            said.addAll(rule.says(line.words()));
            said.addAll(rule.saysPlainly(line.words()));
        }
        Map<String, List<Known>> known = new HashMap<>();
        for (Known one : rule.ask(tx.matches(), invoice.account(), said)) {
            known.computeIfAbsent(one.said(), unused -> new ArrayList<>()).add(one);
        }
        for (InvoiceLineBook.Line line : left) {
            LocalDate day = line.words().shipDate() == null
                    ? invoice.invoiceDate()
                    : line.words().shipDate();
            List<Known> asWritten = near(known, rule.says(line.words()), day);
            List<Known> near = asWritten.isEmpty() ? near(known, rule.saysPlainly(line.words()), day) : asWritten;
            String shipment = only(rule, near, day);
            if (shipment != null && !isAnotherLabel(tx, rule, line.words(), shipment)) {
                page.land(line, shipment, rule.word(), null);
                page.matched.add(near.stream()
                        .filter(one -> one.shipment().equals(shipment))
                        .toList());
            }
        }
    }

    private static List<Known> near(Map<String, List<Known>> known, List<String> said, @Nullable LocalDate day) {
        return notLater(
                said.stream()
                        .flatMap(word -> known.getOrDefault(word, List.of()).stream())
                        .filter(one -> away(one, day) <= MatchRule.DAYS)
                        .sorted(Comparator.comparingLong(one -> away(one, day)))
                        .toList(),
                day);
    }

    /** A label that was bought after the line's day is meant only where there is no other; the day may be another's noon. */
    private static List<Known> notLater(List<Known> near, @Nullable LocalDate day) {
        List<Known> before = near.stream()
                .filter(one -> day == null || !one.bought().isAfter(day.plusDays(MatchRule.DAYS_AHEAD)))
                .toList();
        return before.isEmpty() ? near : before;
    }

    /** The one shipment it can be: of a number used again the nearest in time, of a reference none when it names several. */
    private static @Nullable String only(MatchRule rule, List<Known> near, @Nullable LocalDate day) {
        if (near.isEmpty()) {
            return null;
        }
        String first = near.get(0).shipment();
        boolean strict = rule.isLoose() || rule == MatchRule.GIVEN_UP_REF;
        long nearest = away(near.get(0), day);
        boolean several = near.stream()
                .anyMatch(other -> !other.shipment().equals(first) && (strict || away(other, day) == nearest));
        return several ? null : first;
    }

    private static boolean isAnotherLabel(Tx tx, MatchRule rule, InvoiceLine line, String shipment) {
        return rule.isLoose()
                && line.trackingNumber() != null
                && !tx.numbers().tracking(shipment).isEmpty();
    }

    private static long away(Known known, @Nullable LocalDate day) {
        return day == null ? 0 : Math.abs(ChronoUnit.DAYS.between(known.bought(), day));
    }

    /** A label nobody could account for is on a bill: that it was sold, and its price, are known. */
    private static void billed(Tx tx, List<Known> matched) {
        List<String> waiting = matched.stream()
                .map(Known::orphan)
                .filter(ref -> ref != null
                        && (tx.exceptions().isOpen(Reason.BOUGHT_ANYWAY, ref)
                                || tx.exceptions().isOpen(Reason.ORPHAN_LABEL, ref)))
                .distinct()
                .toList();
        if (waiting.size() == 1) {
            tx.exceptions().closeBy(Fact.BILLED, waiting.get(0));
        }
    }
}
