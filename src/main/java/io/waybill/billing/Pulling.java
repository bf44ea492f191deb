package io.waybill.billing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Bills.Fee;
import io.waybill.carrier.Fees;
import io.waybill.carrier.Ref;
import io.waybill.carrier.ShipmentId;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.PullBook;
import io.waybill.ledger.PullBook.Sold;
import io.waybill.ledger.Stage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks carriers for their bill, day by day, and hands each day in as a file of invoices. A day is asked for again while
 * carriers still book and correct: what is on record adds nothing, what changed is the invoice's next revision. Part of a day
 * is never handed in.
 */
final class Pulling {
    private static final Logger LOG = LoggerFactory.getLogger(Pulling.class);
    private static final int DAYS_AT_ONCE = 20;
    private static final int SHIPMENTS_AT_ONCE = 200;
    private static final int DAYS_BACK = 31;
    private static final Duration LEASE = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofHours(1);
    private static final Duration READY = Duration.ofHours(6);

    /** Between one time a day is asked for and the next: 1, 3, 7, 14 and 30 days after the first. */
    private static final List<Duration> AGAIN =
            Stream.of(1, 2, 4, 7, 16).map(Duration::ofDays).toList();

    private final Ledger ledger;
    private final Accounts accounts;
    private final Consumer<Handed> hand;

    Pulling(Ledger ledger, Accounts accounts, Consumer<Handed> hand) {
        this.ledger = ledger;
        this.accounts = accounts;
        this.hand = hand;
    }

    /** @return true when there may be more to do at once */
    boolean pullThoseDue() {
        Set<String> off = ledger.read(tx -> tx.rollout().off(Stage.BILLING));
        List<Account> pulled = accounts.all().stream()
                .filter(account -> account.aftercare().pullsBill() && Bills.arePulledFrom(account.carrier()))
                .toList();
        pulled.forEach(account -> beginDays(account.name()));
        List<String> asked = pulled.stream()
                .filter(account -> account.namespaces().isEmpty() || !off.containsAll(account.namespaces()))
                .map(Account::name)
                .toList();
        List<PullBook.Row> due = ledger.commit(tx -> tx.pulls().take(asked, DAYS_AT_ONCE, LEASE));
        due.forEach(this::pullOrPostpone);
        return due.size() == DAYS_AT_ONCE;
    }

    /** Every day up to yesterday, also those the hub was down on, or on which nobody wanted bills: they are asked for later. */
    private void beginDays(String account) {
        ledger.commitAll(tx -> {
            LocalDate today = tx.today();
            LocalDate first =
                    tx.pulls().last(account).map(last -> last.plusDays(1)).orElse(today.minusDays(1));
            LocalDate earliest = today.minusDays(DAYS_BACK);
            for (LocalDate day = first.isBefore(earliest) ? earliest : first;
                    day.isBefore(today);
                    day = day.plusDays(1)) {
                tx.pulls().begin(account, day, READY);
            }
        });
    }

    private void pullOrPostpone(PullBook.Row row) {
        try {
            pull(row);
        } catch (RuntimeException e) {
            LOG.warn("the bill of {} for {} could not be pulled: {}", row.account(), row.billDay(), e.toString());
            ledger.commitAll(tx -> tx.pulls().postpone(row, RETRY, String.valueOf(e.getMessage())));
        }
    }

    private void pull(PullBook.Row row) {
        Account account = accounts.find(row.account()).orElseThrow();
        if (isPartlyAnothers(account, row)) {
            pulled(row, row.lines());
            return;
        }
        List<Fee> fees = account.carrier() instanceof Bills bills
                ? bills.booked(row.billDay())
                : ofShipments(account, (Fees) account.carrier(), row);
        if (fees.isEmpty() && row.lines() > 0) {
            throw new IllegalStateException(
                    "the carrier lists nothing any more where it listed " + row.lines() + " fees");
        }
        if (!fees.isEmpty()) {
            hand.accept(file(row, fees));
        }
        pulled(row, fees.size());
    }

    private void pulled(PullBook.Row row, int lines) {
        Duration next = row.pulls() < AGAIN.size() ? AGAIN.get(row.pulls()) : null;
        ledger.commitAll(tx -> tx.pulls().pulled(row, lines, next));
    }

    /** A bill is the whole day: fees of what another carrier sold that day would be missing on the next, and be taken for given back. */
    private boolean isPartlyAnothers(Account account, PullBook.Row row) {
        Optional<String> seller = row.lines() == 0
                ? Optional.empty()
                : ledger.read(tx -> tx.pulls().otherSeller(row, account.carrierId()));
        seller.ifPresent(other -> LOG.warn(
                "the bill of {} for {} stays as it is: {} sold labels that day, and the account is one of {} now",
                account.name(),
                row.billDay(),
                other,
                account.carrierId()));
        return seller.isPresent();
    }

    /** Of a carrier that tells of one shipment only: of each that it sold on the day. */
    private List<Fee> ofShipments(Account account, Fees carrier, PullBook.Row row) {
        List<Fee> fees = new ArrayList<>();
        String after = "";
        List<Sold> page;
        do {
            String last = after;
            page = ledger.read(tx -> tx.pulls().sold(row.account(), row.billDay(), last, SHIPMENTS_AT_ONCE));
            page.stream().filter(sold -> account.isOf(sold.carrier())).forEach(sold -> fees.addAll(of(carrier, sold)));
            after = page.isEmpty() ? last : page.get(page.size() - 1).shipmentUid();
        } while (page.size() == SHIPMENTS_AT_ONCE);
        return fees;
    }

    private static List<Fee> of(Fees carrier, Sold sold) {
        Ref ref = new Ref(sold.ref(), UUID.fromString(sold.purchaseKey()), sold.orderNumber());
        return carrier.fees(new ShipmentId(sold.carrierShipment()), ref).stream()
                .flatMap(List::stream)
                .map(charge -> new Fee(sold.carrierShipment(), List.of(sold.ref(), sold.orderNumber()), charge))
                .toList();
    }

    /** The number of the pull makes each file another, so that a day that went back to what it said is read again. */
    private Handed file(PullBook.Row row, List<Fee> fees) {
        List<String> known = ledger.read(tx -> tx.pulls().currencies(row, PulledBill.number(row.billDay())));
        byte[] csv =
                PulledBill.write(row.billDay(), row.pulls() + 1, fees, known).getBytes(UTF_8);
        String name = "fees-" + row.billDay() + "-" + (row.pulls() + 1) + ".csv";
        return new Handed(name, Content.of(csv), PulledBill.NAME, row.account(), null, "pulled");
    }
}
