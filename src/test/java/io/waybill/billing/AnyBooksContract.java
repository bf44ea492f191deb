package io.waybill.billing;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.AccrualBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.DisputeLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.By;
import io.waybill.ledger.SumBook.Sum;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A season of invoices of each layout, from seeds: split over files, corrected, sent again, in any order and in any spelling. Every
 * cent stands where the model says, once, and is posted and paid once. More of them with {@code -Dbills.seeds=1000}, one alone
 * with {@code -Dbills.from=17 -Dbills.seeds=1}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AnyBooksContract {
    private static final List<Supplier<Paper>> FORMS =
            List.of(UpsPaper::new, FedexPaper::new, DhlPaper::new, MappedPaper::new);
    private static final int MOST = 10_000;

    private final long from = Long.getLong("bills.from", 1);
    private final int seeds = Integer.getInteger("bills.seeds", seeds());
    private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(20);
    private Path folder;
    private Database database;
    private Ledger ledger;
    private Billing billing;

    abstract Database database(Path at);

    abstract int seeds();

    @BeforeAll
    void open(@TempDir Path at) throws IOException {
        folder = at;
        Files.createDirectories(folder.resolve("mappings/plain-bill"));
        Files.writeString(folder.resolve("mappings/plain-bill/mapping.yaml"), MappedPaper.MAPPING);
        database = database(folder);
        ledger = Ledger.open(database, Subscriptions.NONE);
        List<Account> accounts = IntStream.range(0, seeds)
                .boxed()
                .flatMap(n -> Stream.of(account("in-order-" + n), account("in-any-" + n), account("beside-" + n)))
                .toList();
        Mappings mappings = Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
        assertThat(mappings.problems()).isEmpty();
        billing = new Billing(
                ledger, new Accounts(accounts), mappings, folder, Path.of("mappings/lookups/gl.csv"), "node-1");
    }

    private static Account account(String name) {
        return new Account(
                name,
                "ups",
                new FakeCarrier(IdempotencyClass.A, "1"),
                Set.of(name),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    @Test
    void every_cent_stands_where_it_belongs_whatever_comes_and_in_whatever_order() throws IOException {
        List<String> broken = new ArrayList<>();
        for (int n = 0; n < seeds; n++) {
            try {
                hold(n);
            } catch (AssertionError | RuntimeException e) {
                broken.add("seed " + (from + n) + " " + e.toString().replaceAll("\\s+", " "));
            }
        }
        assertThat(String.join("\n", broken)).isEmpty();
    }

    private void hold(int n) throws IOException {
        long seed = from + n;
        Supplier<Paper> form = FORMS.get((int) (seed % FORMS.size()));
        GeneratedBooks books = new GeneratedBooks(form, "%04d".formatted(seed % 10_000), seed, 12, day);
        String seen = "seed " + seed + " " + form.get().layout();
        SoldLabels.put(database, "beside-" + n, "beside-" + n, "USD", books.labels);
        Map<String, String> inOrder = season(books, "in-order-" + n, new Random(seed), books.bills, seen);
        Random random = new Random(-seed);
        Map<String, String> inAny = season(books, "in-any-" + n, random, shuffled(books.bills, random), seen);
        requireSame(inOrder, inAny, seen + " in any order");
        assertThat(billed("beside-" + n)).as("%s: of another account", seen).isEmpty();
    }

    private static List<GeneratedBooks.Bill> shuffled(List<GeneratedBooks.Bill> bills, Random random) {
        List<GeneratedBooks.Bill> shuffled = new ArrayList<>(bills);
        Collections.shuffle(shuffled, random);
        shuffled.sort(Comparator.comparing(GeneratedBooks.Bill::correction));
        return shuffled;
    }

    private Map<String, String> season(
            GeneratedBooks books, String account, Random random, List<GeneratedBooks.Bill> bills, String seed)
            throws IOException {
        String seen = seed + " of " + account;
        String number = bills.get(0).paper().number();
        Files.writeString(folder.resolve(account + ".yaml"), "numbers: [ \"" + number + "\" ]\ncurrency: USD\n");
        SoldLabels.put(database, account, account, "USD", books.labels);
        refuse(account, bills.get(0), random, seen);
        for (GeneratedBooks.Bill bill : bills) {
            boolean grouped = random.nextInt(3) == 0;
            byte[] bytes = bytes(bill, random, grouped);
            take(account, bill, bill.name(), bytes);
            Map<String, String> before = state(account);
            assertThat(take(account, bill, "again-" + bill.name(), bytes).invoices())
                    .as("%s: the same bytes", seen)
                    .allMatch(Taken.Invoice::again);
            assertThat(take(account, bill, bill.name(), bytes(bill, random, false))
                            .invoices())
                    .as("%s: the same lines", seen)
                    .allMatch(Taken.Invoice::again);
            requireSame(before, state(account), seen + " after it came again");
        }
        requireSame(plain(books.places), places(account), seen + ": the places of all lines");
        Map<String, String> state = state(account);
        post(account, seen);
        state.putAll(pay(account, books, seen));
        String owed = owed(account);
        BigDecimal left = sum(books.owed.values().stream());
        if (bills.stream().noneMatch(GeneratedBooks.Bill::correction)) {
            assertThat(owed).as("%s: owed of %s", seen, books.owed).isEqualTo(left.signum() == 0 ? "" : plain(left));
        }
        state.put("owed", owed);
        return state;
    }

    /** What cannot be read is refused with its place and leaves nothing behind. */
    private void refuse(String account, GeneratedBooks.Bill bill, Random random, String seen) {
        Smudged.Spoiled spoiled = smudged(bill, random).spoiled();
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> take(account, bill, bill.name(), spoiled.bytes()));
        assertThat(String.valueOf(refused)).as(seen).contains(spoiled.row(), spoiled.value());
        assertThat(invoices(account)).as("%s: after it was refused", seen).isEmpty();
        assertThat(billed(account)).as("%s: after it was refused", seen).isEmpty();
    }

    private String owed(String account) {
        return ledger
                .<List<AccrualBook.Accrual>>read(tx -> tx.accruals()
                        .asOf(Namespaces.of(Set.of(account)), Instant.now().plusSeconds(60)))
                .stream()
                .map(row -> plain(row.amount()))
                .collect(Collectors.joining(" "));
    }

    /** Every invoice is one balanced entry of what it comes to. */
    private void post(String account, String seen) {
        for (InvoiceRow row : invoices(account)) {
            billing.approve(row.id(), Namespaces.ALL, "Joe");
            billing.post(row.id(), Namespaces.ALL, "Joe");
            String entry = "INV-" + account + "-" + row.number() + "-" + row.revision();
            List<JournalBook.Line> lines = ledger.read(tx -> tx.journal().lines(Namespaces.ALL, entry, "", 0, MOST));
            assertThat(sum(lines.stream().map(line -> line.debit().subtract(line.credit()))))
                    .as("%s: %s is balanced", seen, entry)
                    .isEqualByComparingTo("0");
            assertThat(sum(lines.stream()
                            .filter(line -> line.invoiceLine() != null)
                            .map(line -> line.debit().subtract(line.credit()))))
                    .as("%s: %s", seen, entry)
                    .isEqualByComparingTo(String.valueOf(row.total()));
        }
    }

    /** All that can be claimed is disputed; what is paid is what is billed without it, which is never more than stands billed. */
    private Map<String, String> pay(String account, GeneratedBooks books, String seen) {
        Map<String, BigDecimal> withheld = new TreeMap<>();
        for (InvoiceRow row : invoices(account)) {
            billing.reconciled(row.id(), Namespaces.ALL, MOST).findings().stream()
                    .filter(finding -> finding.claim().signum() > 0)
                    .forEach(finding -> billing.disputes().dispute(finding.id(), null, Namespaces.ALL, "Joe"));
        }
        for (InvoiceRow row : invoices(account)) {
            billing.disputes().pay(row.id(), Namespaces.ALL, "Joe");
        }
        List<DisputeLine> lines = ledger.read(tx -> tx.disputes().lines(Namespaces.ALL, null, account, null, MOST));
        for (DisputeLine line : lines) {
            withheld.merge(
                    Numbers.plain(String.valueOf(line.trackingNumber())),
                    line.claimed().subtract(line.credited()),
                    BigDecimal::add);
        }
        Asked asked = new Asked(Namespaces.ALL, List.of(By.ACCOUNT), account, null, null);
        List<Sum> sums = ledger.read(tx -> tx.sums().sums(asked, List.of(), MOST));
        BigDecimal open = sum(sums.stream().map(sum -> sum.billed().subtract(sum.settled())));
        assertThat(open).as("%s: withheld", seen).isEqualByComparingTo(sum(withheld.values().stream()));
        withheld.forEach((number, amount) -> assertThat(amount)
                .as("%s: withheld of %s", seen, number)
                .isLessThanOrEqualTo(books.billed.getOrDefault(number, ZERO).max(ZERO)));
        Map<String, String> plain = new TreeMap<>();
        plain(withheld).forEach((number, amount) -> plain.put("withheld " + number, amount));
        return plain;
    }

    /** What differs alone is told. */
    private static void requireSame(Map<String, String> wanted, Map<String, String> is, String what) {
        Map<String, String> missing = new TreeMap<>(wanted);
        missing.entrySet().removeAll(is.entrySet());
        Map<String, String> more = new TreeMap<>(is);
        more.entrySet().removeAll(wanted.entrySet());
        assertThat(more).as("%s: what differs", what).isEqualTo(missing);
    }

    private static byte[] bytes(GeneratedBooks.Bill bill, Random random, boolean grouped) {
        return smudged(bill, random).bytes(grouped);
    }

    private static Smudged smudged(GeneratedBooks.Bill bill, Random random) {
        return new Smudged(bill.paper().layout(), bill.paper().bytes(), bill.currency(), random);
    }

    private Taken take(String account, GeneratedBooks.Bill bill, String name, byte[] bytes) {
        String currency = bill.paper().layout().equals("fedex") ? bill.currency() : null;
        return billing.take(
                new Handed(name, Content.of(bytes), bill.paper().layout(), account, currency, "Jane"), Namespaces.ALL);
    }

    /** All that is to be the same however one comes to it. */
    private Map<String, String> state(String account) {
        Map<String, String> state = new TreeMap<>(places(account));
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (InvoiceRow row : invoices(account)) {
            Reconciled done = billing.reconciled(row.id(), Namespaces.ALL, MOST);
            assertThat(done.unexplained()).as("unexplained of %s", row.number()).isEqualByComparingTo("0");
            assertThat(sum(done.places().stream().map(InvoiceLineBook.ByPlace::amount)))
                    .as(row.number())
                    .isEqualByComparingTo(done.billed());
            sums.merge("expected " + row.currency(), done.expected(), BigDecimal::add);
            for (VarianceBook.Variance finding : done.findings()) {
                String of = row.currency() + " " + Numbers.plain(String.valueOf(finding.trackingNumber()));
                sums.merge("found " + of, finding.amount(), BigDecimal::add);
            }
        }
        state.putAll(plain(sums));
        return state;
    }

    private List<InvoiceRow> invoices(String account) {
        return billing.list(Namespaces.ALL, account, null, MOST);
    }

    /** Every line stands on a shipment or in a bucket. */
    private Map<String, String> places(String account) {
        Map<String, String> tracking = new HashMap<>();
        shipped(account).forEach(one -> tracking.put(one.shipment(), one.trackingNumber()));
        Map<String, BigDecimal> places = new TreeMap<>();
        for (InvoiceRow row : invoices(account)) {
            List<InvoiceLineBook.Line> lines =
                    ledger.read(tx -> tx.invoiceLines().lines(row.id(), 1, MOST));
            for (InvoiceLineBook.Line line : lines) {
                assertThat(line.bucket() == null).as("one place of %s", line).isEqualTo(line.shipmentUid() != null);
                assertThat(line.matchRule() == null).as("a reason of %s", line).isEqualTo(line.shipmentUid() == null);
                String place = line.bucket() == null ? tracking.get(line.shipmentUid()) : line.bucket();
                places.merge(row.currency() + " " + place, line.words().amount(), BigDecimal::add);
            }
        }
        return plain(places);
    }

    private List<MoneyBook.Shipped> shipped(String account) {
        return ledger.read(tx -> tx.money().crosswalk(Namespaces.ALL, account, "", MOST));
    }

    private Map<String, String> billed(String account) {
        List<Sum> sums = ledger.read(tx ->
                tx.sums().sums(new Asked(Namespaces.ALL, List.of(By.SHIPMENT), account, null, null), List.of(), MOST));
        Map<String, BigDecimal> billed = new TreeMap<>();
        sums.forEach(sum -> billed.merge(sum.keys().get(0), sum.billed(), BigDecimal::add));
        return plain(billed);
    }

    private static Map<String, String> plain(Map<String, BigDecimal> sums) {
        Map<String, String> plain = new TreeMap<>();
        sums.forEach((what, amount) -> {
            if (amount.signum() != 0) {
                plain.put(what, plain(amount));
            }
        });
        return plain;
    }

    private static String plain(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }

    private static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.reduce(ZERO, BigDecimal::add);
    }
}
