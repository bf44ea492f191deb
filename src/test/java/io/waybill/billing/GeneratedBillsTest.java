package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.TestFolders;
import io.waybill.billing.GeneratedBill.Found;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Invoices of every layout from a generator that knows which errors it planted: each is found with its amount and its claim, none
 * that is not there, no cent is unexplained, and the sums hold.
 */
class GeneratedBillsTest {
    private static final Map<String, Supplier<Paper>> PAPERS = new TreeMap<>(Map.of(
            "ups", UpsPaper::new, "fedex", FedexPaper::new, "dhl-express", DhlPaper::new, "x12-210", X12Paper::new));

    private static Path folder;
    private static Database database;
    private static Ledger ledger;
    private static Billing billing;
    private static int bills;

    @BeforeContainer
    static void open() throws IOException {
        folder = TestFolders.fresh("bills");
        folder.toFile().deleteOnExit();
        database = Stores.h2(folder);
        ledger = Ledger.open(database, Subscriptions.NONE);
        billing = new Billing(
                ledger,
                new Accounts(PAPERS.keySet().stream()
                        .map(GeneratedBillsTest::account)
                        .toList()),
                Mappings.load(Path.of("mappings"), ShippedTargets::of),
                folder,
                folder.resolve("gl.csv"),
                "n");
    }

    @AfterContainer
    static void close() {
        ledger.close();
    }

    private static Account account(String name) {
        return new Account(
                name,
                "ups",
                new FakeCarrier(IdempotencyClass.A, "1"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
    }

    @Example
    void thousands_of_shipments_hide_no_planted_error_and_show_none_that_was_not_planted() throws IOException {
        assertThat(Stream.of(
                                audited("ups", 20_261_116L, 1_000),
                                audited("fedex", 20_261_117L, 700),
                                audited("dhl-express", 20_261_118L, 400),
                                audited("x12-210", 20_261_119L, 100))
                        .flatMap(bill -> bill.planted.stream())
                        .map(Found::rule)
                        .distinct())
                .as("every plant was planted")
                .containsExactlyInAnyOrderElementsOf(Stream.of(Plant.values())
                        .flatMap(plant -> Stream.ofNullable(plant.rule))
                        .distinct()
                        .toList());
    }

    @Property(tries = 8)
    void the_sums_hold_for_any_bill_of_any_carrier(@ForAll long seed) throws IOException {
        List<String> names = List.copyOf(PAPERS.keySet());
        audited(names.get((int) Long.remainderUnsigned(seed, names.size())), seed, 24);
    }

    private static GeneratedBill audited(String account, long seed, int parcels) throws IOException {
        LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
        GeneratedBill bill =
                new GeneratedBill(PAPERS.get(account).get(), "%04d".formatted(++bills), seed, parcels, day);
        Files.writeString(folder.resolve(account + ".yaml"), bill.contract(Contract.week(day)));
        SoldLabels.put(database, account, "USD", bill.labels);
        SoldLabels.put(database, account, "EUR", bill.inEuros);
        SoldLabels.unscan(database, bill.neverScanned);

        Taken taken = billing.take(
                new Handed(
                        "bill-" + bills + ".csv",
                        Content.of(bill.paper.bytes()),
                        bill.paper.layout(),
                        account,
                        null,
                        "Jane"),
                Namespaces.ALL);

        List<Found> found = new ArrayList<>();
        BigDecimal billed = BigDecimal.ZERO;
        BigDecimal expected = BigDecimal.ZERO;
        BigDecimal variance = BigDecimal.ZERO;
        for (Taken.Invoice invoice : taken.invoices()) {
            Reconciled done = billing.reconciled(invoice.row().id(), Namespaces.ALL, 100_000);
            BigDecimal stated = bill.paper.totals().get(done.invoice().number());
            assertThat(done.billed()).as(done.invoice().number()).isEqualByComparingTo(stated);
            assertThat(done.unexplained()).as("cents nobody can explain").isEqualByComparingTo("0");
            assertThat(done.places().stream()
                            .map(InvoiceLineBook.ByPlace::amount)
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(stated);
            done.findings().forEach(finding -> found.add(found(finding)));
            billed = billed.add(done.billed());
            expected = expected.add(done.expected());
            variance = variance.add(done.variance());
        }
        assertThat(taken.invoices()).hasSameSizeAs(bill.paper.totals().keySet());
        assertThat(found).containsExactlyInAnyOrderElementsOf(bill.planted);
        assertThat(expected).isEqualByComparingTo(bill.expected);
        assertThat(variance).isEqualByComparingTo(billed.subtract(bill.expected));
        assertThat(found.stream().map(one -> new BigDecimal(one.amount())).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(variance);
        assertThat(neverBilled(account, day)).containsAll(bill.neverBilled);
        return bill;
    }

    private static Found found(VarianceBook.Variance finding) {
        return new Found(
                finding.rule(),
                finding.trackingNumber() == null ? "" : finding.trackingNumber(),
                Paper.plain(finding.amount()),
                Paper.plain(finding.claim()));
    }

    private static List<String> neverBilled(String account, LocalDate day) {
        return ledger
                .<List<MoneyBook.Unbilled>>read(
                        tx -> tx.money().neverBilled(Namespaces.ALL, account, day, "", "", 100_000))
                .stream()
                .map(MoneyBook.Unbilled::trackingNumber)
                .toList();
    }
}
