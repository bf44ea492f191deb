package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.Bills;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.Charge;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.LikeFake;
import io.waybill.carrier.Ref;
import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.Database;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.PullBook;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.Stage;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.Switch;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Bills that carriers are asked for, from the question to the money ledger. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PullsContract {
    private final Daily daily = new Daily();
    private final Daily corrected = new Daily();
    private final Daily free = new Daily();
    private final Daily later = new Daily();
    private final Daily shared = new Daily();
    private final FakeCarrier byOrder = new FakeCarrier(IdempotencyClass.A, "9.42");
    private Database database;
    private Ledger ledger;
    private Billing billing;
    private LocalDate yesterday;

    abstract Database database(Path at);

    @BeforeAll
    void open(@TempDir Path folder) {
        byOrder.theBill = true;
        database = database(folder.resolve("data"));
        ledger = Ledger.open(database, Subscriptions.NONE);
        Mappings mappings = Mappings.load(Path.of("mappings"), ShippedTargets::of);
        Accounts accounts = new Accounts(List.of(
                account("daily", daily, "acme"),
                account("corrected", corrected, "acme"),
                account("free", free, "acme"),
                account("by-order", byOrder, "acme"),
                account("moved", byOrder, "acme").of("other"),
                account("later", later, "beta"),
                account("shared", shared, "acme", "beta")));
        billing = new Billing(ledger, accounts, mappings, folder, Path.of("mappings/lookups/gl.csv"), "node-1");
        yesterday =
                ledger.read(tx -> tx.now()).atZone(ZoneOffset.UTC).toLocalDate().minusDays(1);
        bills("beta", false);
        billing.pull();
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    @Test
    void a_day_is_an_invoice_that_says_the_same_however_often_it_is_asked_for_and_what_changed_once() {
        String shipment = sold("daily", "9400001");
        daily.fees = List.of(
                fee("9400001", "FREIGHT", "shipping", "8.10"),
                fee("9400001", "FUEL", "fuel_charge", "0.97"),
                fee(null, "MONTHLY", "admin_fee", "20.00"));
        pull(shipment);
        pull(shipment);
        assertThat(invoices("daily")).containsExactly("fees " + yesterday + " USD 29.07");
        assertThat(billed("daily")).isEqualByComparingTo("29.07");

        daily.fees = new ArrayList<>(daily.fees);
        daily.fees.add(fee("9400001", "ADJUST", "adjustment", "1.25"));
        daily.fees.set(1, fee("9400001", "FUEL", "fuel_charge", "1.00"));
        pull(shipment);
        daily.broken = true;
        pull(shipment);
        assertThat(billed("daily")).isEqualByComparingTo("30.35");
        assertThat(invoices("daily")).hasSize(2).allMatch(one -> one.startsWith("fees " + yesterday + " USD"));

        daily.broken = false;
        daily.fees = List.of();
        pull(shipment);
        assertThat(billed("daily"))
                .as("a list that is empty all of a sudden takes nothing back")
                .isEqualByComparingTo("30.35");
    }

    @Test
    void what_a_day_does_not_list_in_a_currency_any_more_is_taken_back() {
        String shipment = sold("corrected", "9400201");
        Bills.Fee freight = fee("9400201", "FREIGHT", "shipping", "8.10");
        corrected.fees = List.of(freight, fee("9400201", "TOLL", "additional_fees", "3.00", "EUR"));
        pull(shipment);

        corrected.fees = List.of(freight);
        pull(shipment);
        pull(shipment);
        assertThat(invoices("corrected"))
                .containsExactlyInAnyOrder(
                        "fees " + yesterday + " EUR 3.00",
                        "fees " + yesterday + " EUR -3.00",
                        "fees " + yesterday + " USD 8.10");

        corrected.fees = List.of(fee("9400201", "FREIGHT", "shipping", "0.00"));
        pull(shipment);
        pull(shipment);
        assertThat(invoices("corrected"))
                .as("nothing, in figures")
                .hasSize(4)
                .contains("fees " + yesterday + " USD -8.10");
        assertThat(billed("corrected")).isEqualByComparingTo("0");

        corrected.fees = List.of(freight);
        pull(shipment);
        assertThat(billed("corrected")).isEqualByComparingTo("8.10");
    }

    @Test
    void a_day_whose_fees_are_all_nothing_is_done_and_no_invoice() {
        free.fees = List.of(fee("9400301", "FREIGHT", "shipping", "0.00"));

        String shipment = sold("free", "9400301");
        pull(shipment);

        assertThat(invoices("free")).isEmpty();
        ledger.commitAll(tx -> tx.pulls().again(shipment));
        assertThat(take("free"))
                .as("asked for to its end")
                .singleElement()
                .satisfies(row -> assertThat(row.lines()).isEqualTo(1));
    }

    @Test
    void a_carrier_that_tells_of_one_order_only_is_asked_for_each_that_was_sold_on_the_day() {
        String shipment = sold("by-order", "YT1");
        attempt("by-order", shipment, "YT1");
        String before = sold("moved", "YT2");
        attempt("moved", before, "YT2");
        byOrder.booked.put("YT2", List.of(new Charge("shipping", Money.of("20.00", "CNY"), null, "freight")));
        byOrder.booked.put("YT1", List.of(new Charge("shipping", Money.of("23.50", "CNY"), null, "freight")));
        pull(before);
        pull(shipment);
        assertThat(invoices("by-order")).containsExactly("fees " + yesterday + " CNY 23.50");
        assertThat(billed("by-order")).isEqualByComparingTo("23.50");
        assertThat(invoices("moved")).as("sold by the carrier it had before").isEmpty();
        List<PullBook.Row> due = ledger.commit(tx -> tx.pulls().take(List.of("by-order"), 10, Duration.ofHours(1)));
        assertThat(due).as("asked for again tomorrow").isEmpty();
    }

    @Test
    void a_day_that_the_carrier_of_before_told_fees_of_stays_as_it_is() {
        String shipment = sold("moved", "YT3");
        attempt("moved", shipment, "YT3");
        ledger.commitAll(tx -> tx.pulls().again(shipment));
        PullBook.Row told = take("moved").get(0);
        ledger.commitAll(tx -> tx.pulls().pulled(told, 1, Duration.ZERO));

        billing.pull();

        ledger.commitAll(tx -> tx.pulls().again(shipment));
        assertThat(take("moved")).singleElement().satisfies(row -> {
            assertThat(row.pulls()).as("asked for, and no failure").isEqualTo(told.pulls() + 2);
            assertThat(row.lines()).isEqualTo(1);
        });
        assertThat(invoices("moved")).isEmpty();
    }

    @Test
    void a_day_that_is_being_asked_for_is_nobody_elses() {
        String shipment = sold("daily", "9400009");
        ledger.commitAll(tx -> tx.pulls().again(shipment));
        assertThat(take("daily")).hasSize(1);
        assertThat(take("daily")).isEmpty();
    }

    @Test
    void days_of_a_namespace_that_wants_no_bills_are_asked_for_when_it_does() {
        later.fees = List.of(fee("9400100", "FREIGHT", "shipping", "8.10"));
        shared.fees = List.of(fee("9400101", "FREIGHT", "shipping", "7.20"));
        pull(sold("later", "9400100"));
        pull(sold("shared", "9400101"));
        assertThat(invoices("later")).isEmpty();
        assertThat(invoices("shared"))
                .as("acme wants the bills of the account it shares")
                .containsExactly("fees " + yesterday + " USD 7.20");
        LocalDate last = ledger.read(tx -> tx.pulls().last("later").orElseThrow());
        assertThat(last).as("not forgotten").isEqualTo(yesterday);

        bills("beta", true);
        billing.pull();
        assertThat(invoices("later")).containsExactly("fees " + yesterday + " USD 8.10");
        assertThat(later.asked).as("once for each day that is due").isEqualTo(1);
    }

    private void bills(String namespace, boolean on) {
        ledger.commitAll(tx -> tx.rollout()
                .set(new Switch(
                        namespace,
                        Switch.Kind.STAGE,
                        Stage.BILLING.word(),
                        on,
                        null,
                        null,
                        !on,
                        null,
                        null,
                        null,
                        "jane",
                        Instant.EPOCH,
                        null)));
    }

    private List<PullBook.Row> take(String account) {
        return ledger.commit(tx -> tx.pulls().take(List.of(account), 10, Duration.ofHours(1)));
    }

    private void pull(String shipment) {
        ledger.commitAll(tx -> tx.pulls().again(shipment));
        billing.pull();
    }

    private List<String> invoices(String account) {
        return billing.list(Namespaces.ALL, account, null, 10).stream()
                .map(row -> row.number() + " " + row.total().setScale(2))
                .toList();
    }

    /** What is in the money ledger, on shipments and beside them. */
    private BigDecimal billed(String account) {
        return billing.list(Namespaces.ALL, account, null, 10).stream()
                .map(InvoiceRow::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String sold(String account, String tracking) {
        SoldLabels.put(
                database,
                account,
                "USD",
                List.of(new SoldLabels.Label(
                        "SO-" + tracking, tracking, yesterday, Map.of("shipping", new BigDecimal("8.10")), false)));
        return ledger.read(tx -> tx.matches().numbers(account, List.of(tracking)))
                .get(0)
                .shipment();
    }

    private void attempt(String account, String shipment, String number) {
        Ref ref = io.waybill.carrier.Samples.ref();
        AttemptRow row = new AttemptRow(
                ref.value(),
                shipment,
                1,
                ref.purchaseKey().toString(),
                ref.orderNumber(),
                account,
                null,
                1,
                "SENDING",
                new byte[] {1},
                null,
                Instant.EPOCH);
        ledger.commitAll(tx -> {
            tx.attempts().open(row, new Buyer("erp", "acme", 1), "node-1");
            tx.attempts().settle(ref.value(), "BOUGHT", new byte[] {1}, null, number);
        });
    }

    private static Bills.Fee fee(String tracking, String code, String type, String amount) {
        return fee(tracking, code, type, amount, "USD");
    }

    private static Bills.Fee fee(String tracking, String code, String type, String amount, String currency) {
        return new Bills.Fee(tracking, List.of(), new Charge(type, Money.of(amount, currency), code, "about " + code));
    }

    private static Account account(String name, Carrier carrier, String... namespaces) {
        return new Account(name, "ups", carrier, Set.of(namespaces), 1, Duration.ofSeconds(1), "on_creation", true);
    }

    /** Lists what it booked. */
    private static final class Daily implements LikeFake, Bills {
        private final FakeCarrier fake = new FakeCarrier(IdempotencyClass.A, "8.10");
        private List<Fee> fees = List.of();
        private boolean broken;
        private int asked;

        @Override
        public FakeCarrier fake() {
            return fake;
        }

        @Override
        public List<Fee> booked(LocalDate day) {
            asked++;
            if (broken) {
                throw new IllegalStateException("page 2 did not come");
            }
            return fees;
        }
    }
}
