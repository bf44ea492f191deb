package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.AccrualBook;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.AttemptBook;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.AuditBook;
import io.waybill.ledger.ChargeBook;
import io.waybill.ledger.Database;
import io.waybill.ledger.DisputeBook;
import io.waybill.ledger.DisputeLine;
import io.waybill.ledger.Ids;
import io.waybill.ledger.InvoiceFileBook;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.JournalBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.MoneyBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stage;
import io.waybill.ledger.StagedInvoiceBook;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.SumBook;
import io.waybill.ledger.Switch;
import io.waybill.ledger.VarianceBook;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Invoices from the file to the money ledger, on one store for all of it; every test has an account of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InvoicesContract {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final String TODAY = "2026-11-16";
    private static final Mappings SHIPPED = Mappings.load(Path.of("mappings"), ShippedTargets::of);

    private Path folder;
    private Database database;
    private Ledger ledger;
    private Billing billing;
    private int tests;

    abstract Database database(Path at);

    @BeforeAll
    void open(@TempDir Path at) {
        folder = at;
        database = database(folder.resolve("data"));
        ledger = Ledger.open(database, Subscriptions.NONE);
        billing = on(ledger);
    }

    private Billing on(Ledger books) {
        return on(books, Path.of("mappings/lookups/gl.csv"));
    }

    private Billing on(Ledger books, Path glAccounts) {
        List<Account> accounts = Stream.concat(
                        IntStream.range(0, 200).mapToObj(n -> account("ups-" + n, Set.of("acme"))),
                        Stream.of(
                                account("shared", Set.of("acme", "globex")),
                                account("several", Set.of("acme", "globex")),
                                account("half-tracked", Set.of("globex", "initech"))))
                .toList();
        return new Billing(books, new Accounts(accounts), SHIPPED, folder, glAccounts, "node-1");
    }

    private static Account account(String name, Set<String> namespaces) {
        return new Account(
                name,
                "ups",
                new FakeCarrier(IdempotencyClass.A, "9.42"),
                namespaces,
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
    }

    @AfterAll
    void close() {
        ledger.close();
    }

    private String account() {
        return "ups-" + tests++;
    }

    private Taken take(String account, String layout, byte[] file) {
        return take(account, layout, "nov.csv", file);
    }

    private Taken take(String account, String layout, String name, byte[] file) {
        return billing.take(new Handed(name, Content.of(file), layout, account, null, "Jane"), Namespaces.ALL);
    }

    private Reconciled reconcile(String account, UpsFile file) {
        Taken taken = take(account, "ups", file.bytes());
        return billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 100);
    }

    private List<String> refused(String account, String layout, String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> take(account, layout, bytes));
        assertThat(billing.list(Namespaces.ALL, account, null, 10)).isEmpty();
        assertThat(refused.problems())
                .allSatisfy(
                        problem -> assertThat(problem.sentence(Locale.CHINESE)).containsPattern("\\p{IsHan}"));
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private static Label label(String tracking) {
        return label(tracking, false);
    }

    private static Label label(String tracking, boolean voided) {
        Map<String, BigDecimal> parts = new LinkedHashMap<>();
        parts.put("shipping", new BigDecimal("8.10"));
        parts.put("fuel_charge", new BigDecimal("0.97"));
        parts.put("additional_fees", new BigDecimal("0.35"));
        return new Label("SO-" + tracking, tracking, DAY, parts, voided);
    }

    private void sold(String account, Label... labels) {
        SoldLabels.put(database, account, "USD", List.of(labels));
    }

    private static UpsFile asExpected(UpsFile file, String invoice, String tracking) {
        return file.charge(invoice, tracking, TODAY, Charge.transport("8.10"))
                .charge(invoice, tracking, TODAY, Charge.fuel("0.97"))
                .charge(invoice, tracking, TODAY, Charge.extra("0.35"));
    }

    private static Map<String, BigDecimal> amounts(Reconciled done) {
        return done.rules().stream()
                .collect(Collectors.toMap(
                        VarianceBook.ByRule::ruleName,
                        rule -> rule.amount().setScale(2),
                        BigDecimal::add,
                        TreeMap::new));
    }

    @Test
    void an_invoice_as_expected_is_matched_line_by_line_and_differs_in_nothing() {
        String account = account();
        sold(account, label("1Z001"), label("1Z002"));
        Reconciled done = reconcile(account, asExpected(asExpected(new UpsFile(), "I-1", "1Z001"), "I-1", "1Z002"));

        assertThat(done.invoice().state()).isEqualTo("MATCHED");
        assertThat(done.lines()).isEqualTo(6);
        assertThat(done.matched()).isEqualTo(6);
        assertThat(done.billed()).isEqualByComparingTo("18.84");
        assertThat(done.variance()).isEqualByComparingTo("0");
        assertThat(done.rules()).isEmpty();
        String shipment = ledger.read(tx -> tx.numbers().shipments("1Z001")).get(0);
        assertThat(ledger.read(tx -> tx.charges().ofShipment(shipment)).stream()
                        .map(row -> row.side() + " " + row.type() + " "
                                + row.amount().setScale(2))
                        .toList())
                .containsExactly(
                        "expected shipping 8.10",
                        "expected fuel_charge 0.97",
                        "expected additional_fees 0.35",
                        "billed shipping 8.10",
                        "billed fuel_charge 0.97",
                        "billed additional_fees 0.35");
    }

    @Test
    void invoices_of_a_shared_account_are_brought_by_those_who_will_see_them() {
        byte[] file = asExpected(new UpsFile(), "I-1", "1Z003").bytes();
        Handed shared = new Handed("nov.csv", Content.of(file), "ups", "shared", null, "Jane");

        assertThat(refusal(() -> billing.take(shared, Namespaces.of(Set.of("acme")))))
                .isEqualTo("invoice-unknown-account");
        assertThat(refusal(() -> billing.take(shared, Namespaces.of(Set.of("acme", "globex")))))
                .isEqualTo("invoice-unknown-account");
        assertThat(billing.list(Namespaces.ALL, "shared", null, 10)).isEmpty();
        assertThat(billing.take(shared, Namespaces.ALL).invoices()).hasSize(1);

        Handed own = new Handed("nov.csv", Content.of(file), "ups", account(), null, "Jane");
        assertThat(refusal(() -> billing.take(own, Namespaces.of(Set.of("globex")))))
                .isEqualTo("invoice-unknown-account");
        assertThat(billing.take(own, Namespaces.of(Set.of("acme"))).invoices()).hasSize(1);
    }

    @Test
    void several_invoices_in_a_file_are_each_proved_and_none_is_kept_when_one_does_not_add_up() {
        String account = account();
        UpsFile file = asExpected(asExpected(new UpsFile(), "I-1", "1Z011"), "I-2", "1Z012");
        String broken = file.text(',').replaceAll("(I-2,E,,,USD,)9\\.42", "$19.40");

        assertThat(refused(account, "ups", broken))
                .singleElement()
                .asString()
                .contains("I-2", "9.42", "9.40", "0.02", "row 4", "Invoice Amount");
        assertThat(take(account, "ups", file.bytes()).invoices()).hasSize(2);
    }

    @Test
    void the_same_bytes_and_the_same_invoice_in_another_file_add_nothing() {
        String account = account();
        sold(account, label("1Z021"));
        UpsFile file = asExpected(new UpsFile(), "I-1", "1Z021");
        String id = take(account, "ups", file.bytes()).invoices().get(0).row().id();

        Taken.Invoice bytes = take(account, "ups", file.bytes()).invoices().get(0);
        byte[] parted = file.text(';').getBytes(StandardCharsets.UTF_8);
        Taken.Invoice other = take(account, "ups", parted).invoices().get(0);

        assertThat(take(account, "ups", parted).invoices())
                .as("the other file brought again tells of the invoice that was on record before it")
                .singleElement()
                .satisfies(again -> assertThat(again.row().id()).isEqualTo(id));
        assertThat(List.of(bytes, other)).allSatisfy(again -> {
            assertThat(again.again()).isTrue();
            assertThat(again.row().id()).isEqualTo(id);
        });
        String shipment = ledger.read(tx -> tx.numbers().shipments("1Z021")).get(0);
        int charges = ledger.read(tx -> tx.charges().ofShipment(shipment).size());
        assertThat(charges).isEqualTo(6);
    }

    @Test
    void a_file_brought_again_packed_takes_no_correction_back() throws Exception {
        String account = account();
        sold(account, label("1Z0399"));
        byte[] first = alien("I-1", "1Z0399", "9.99").bytes();
        take(account, "ups", first);
        take(account, "ups", alien("I-1", "1Z0399", "8.10").bytes());

        Taken again = take(account, "ups", packed(first));

        assertThat(again.invoices()).singleElement().matches(Taken.Invoice::again);
        List<InvoiceRow> revisions = ledger.read(tx -> tx.invoices().revisions(account, "I-1"));
        assertThat(revisions).hasSize(2);
        assertThatThrownBy(() -> take(account, "ups", Arrays.copyOf(packed(first), 60)))
                .hasMessageContaining("nov.csv");
    }

    private static byte[] packed(byte[] file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(file);
        }
        return bytes.toByteArray();
    }

    @Test
    void a_corrected_invoice_adds_what_changed_and_takes_back_what_went() {
        String account = account();
        sold(account, label("1Z031"), label("1Z032"));
        UpsFile first =
                asExpected(new UpsFile(), "I-1", "1Z031").charge("I-1", "1Z032", TODAY, Charge.transport("9.99"));
        UpsFile second =
                asExpected(new UpsFile(), "I-1", "1Z031").charge("I-1", "1Z032", TODAY, Charge.transport("8.10"));
        take(account, "ups", first.bytes());
        Reconciled done = reconcile(account, second);

        assertThat(done.invoice().revision()).isEqualTo(2);
        assertThat(done.invoice().total()).isEqualByComparingTo("-1.89");
        assertThat(done.invoice().statedTotal()).isEqualByComparingTo("17.52");
        assertThat(amounts(done)).containsExactly(Map.entry("invoice-corrected", new BigDecimal("-1.89")));
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        assertThat(take(account, "ups", second.bytes()).invoices())
                .singleElement()
                .matches(Taken.Invoice::again);
        BigDecimal billed = ledger.read(tx -> tx.invoices().revisions(account, "I-1")).stream()
                .map(InvoiceRow::total)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(billed).isEqualByComparingTo("17.52");
    }

    @Test
    void every_planted_error_is_found_and_none_that_was_not_planted() throws Exception {
        String account = account();
        contract(account, """
                numbers: [0000A1B2C3]
                currency: USD
                terms:
                  - from: 2026-01-01
                    tolerance: 0.02
                    divisor: 139
                    fuel: { 2026-W47: 12.00 }
                    guaranteed: { 3: 3 }
                    discounts: [ { service: 3, percent: 40, minimum: 8.10 } ]
                    minimums: { 3: 2 }
                    accessorials: { RES: 0.35 }
                    zones: { US-787: 004, US: 005 }
                """);
        List<Label> labels = new ArrayList<>();
        IntStream.range(0, 60).forEach(n -> labels.add(label("1ZP%03d".formatted(n), n == 7)));
        SoldLabels.put(database, account, "USD", labels);
        UpsFile file = new UpsFile();
        labels.stream().skip(20).forEach(label -> asExpected(file, "I-1", label.tracking()));
        String invoice = "I-1";
        // 0: charged twice
        asExpected(file, invoice, "1ZP000").charge(invoice, "1ZP000", TODAY, Charge.fuel("0.97"));
        // 1: a higher price
        file.charge(invoice, "1ZP001", TODAY, Charge.transport("9.10"))
                .charge(invoice, "1ZP001", TODAY, Charge.fuel("0.97"))
                .charge(invoice, "1ZP001", TODAY, Charge.extra("0.35"));
        // 2: weight corrected, 3: minimum weight, 4: residential, 5: address, 6: zone
        asExpected(file, invoice, "1ZP002").charge(invoice, "1ZP002", TODAY, Charge.adjusted("SCC", "Weight", "3.40"));
        file.with(29, "9.0").with(33, "12.0x 9.0x 7.0");
        asExpected(file, invoice, "1ZP003").charge(invoice, "1ZP003", TODAY, Charge.adjusted("SCC", "Minimum", "0.55"));
        file.with(32, "3");
        asExpected(file, invoice, "1ZP004")
                .charge(invoice, "1ZP004", TODAY, Charge.adjusted("RADJ", "Residential", "4.15"));
        asExpected(file, invoice, "1ZP005")
                .charge(invoice, "1ZP005", TODAY, Charge.adjusted("ADC", "Address", "18.00"));
        asExpected(file, invoice, "1ZP006").charge(invoice, "1ZP006", TODAY, Charge.adjusted("ZONE", "Zone", "1.25"));
        // 7: voided
        asExpected(file, invoice, "1ZP007");
        // 8: more fuel than agreed
        file.charge(invoice, "1ZP008", TODAY, Charge.transport("8.10"))
                .charge(invoice, "1ZP008", TODAY, Charge.fuel("1.62"))
                .charge(invoice, "1ZP008", TODAY, Charge.extra("0.35"));
        // 9: as expected, 10: late
        asExpected(file, invoice, "1ZP009");
        file.charge(invoice, "1ZP010", TODAY, Charge.transport("8.10")).with(122, "2026-11-25");
        file.charge(invoice, "1ZP010", TODAY, Charge.fuel("0.97"))
                .charge(invoice, "1ZP010", TODAY, Charge.extra("0.35"));
        // a label never bought, another account, a fee of the account, a cent of rounding
        file.charge(invoice, "1ZOUTSIDE", TODAY, Charge.transport("7.77"));
        file.charge(invoice, "1ZP011", TODAY, Charge.transport("5.55")).with(3, "0000ZZZZZZ");
        file.charge(invoice, "", TODAY, new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", "21.00"));
        file.charge(invoice, "1ZP012", TODAY, Charge.transport("8.11"))
                .charge(invoice, "1ZP012", TODAY, Charge.fuel("0.97"))
                .charge(invoice, "1ZP012", TODAY, Charge.extra("0.35"));
        // 13: without the discount, and so with too much fuel; 14: never scanned, 15: a dear extra, 16: an extra left
        // out
        file.charge(invoice, "1ZP013", TODAY, Charge.transport("13.50")).with(52, "0.00");
        file.charge(invoice, "1ZP013", TODAY, Charge.fuel("0.97"))
                .charge(invoice, "1ZP013", TODAY, Charge.extra("0.35"));
        asExpected(file, invoice, "1ZP014");
        SoldLabels.unscan(database, List.of("1ZP014"));
        file.charge(invoice, "1ZP015", TODAY, Charge.transport("8.10"))
                .charge(invoice, "1ZP015", TODAY, Charge.fuel("0.97"))
                .charge(invoice, "1ZP015", TODAY, Charge.extra("0.95"));
        file.charge(invoice, "1ZP016", TODAY, Charge.transport("8.10"))
                .charge(invoice, "1ZP016", TODAY, Charge.fuel("0.97"));

        Reconciled done = reconcile(account, file);

        Map<String, BigDecimal> planted = new TreeMap<>();
        planted.put("duplicate-charge", new BigDecimal("0.97"));
        planted.put("price-differs", new BigDecimal("1.00"));
        planted.put("weight-correction", new BigDecimal("3.40"));
        planted.put("minimum-weight", new BigDecimal("0.55"));
        planted.put("residential-correction", new BigDecimal("4.15"));
        planted.put("address-correction", new BigDecimal("18.00"));
        planted.put("zone-correction", new BigDecimal("1.25"));
        planted.put("voided-but-billed", new BigDecimal("9.42"));
        planted.put("fuel", new BigDecimal("0.65"));
        planted.put("late-delivery", new BigDecimal("0.00"));
        planted.put("outside-label", new BigDecimal("7.77"));
        planted.put("unknown-account", new BigDecimal("5.55"));
        planted.put("account-fee", new BigDecimal("21.00"));
        planted.put("within-tolerance", new BigDecimal("0.01"));
        planted.put("missing-discount", new BigDecimal("5.40"));
        planted.put("manifested-not-shipped", new BigDecimal("0.00"));
        planted.put("accessorial", new BigDecimal("0.60"));
        planted.put("expected-never-billed", new BigDecimal("-0.35"));
        assertThat(amounts(done)).isEqualTo(planted);
        assertThat(done.rules())
                .allSatisfy(
                        rule -> assertThat(rule.findings()).as(rule.ruleName()).isEqualTo(1));
        assertThat(done.unexplained()).isEqualByComparingTo("0.00");
        assertThat(done.billed()).isEqualByComparingTo(file.total(invoice));
        assertThat(done.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("late-delivery");
            assertThat(finding.claim()).isEqualByComparingTo("8.10");
            assertThat(finding.evidence()).contains("promised=2026-11-19", "delivered=2026-11-25");
        });
        assertThat(done.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("manifested-not-shipped");
            assertThat(finding.claim()).isEqualByComparingTo("9.42");
            assertThat(finding.evidence()).contains("scans=none", "manifest=none");
        });
        assertThat(done.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("zone-correction");
            assertThat(finding.claim()).as("the chart has that zone too").isEqualByComparingTo("0");
        });
        assertThat(done.findings()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo("weight-correction");
            assertThat(finding.evidence()).contains("byDivisor=6");
        });
        assertThat(done.invoice().notChecked()).isEqualTo("[]");
    }

    @Test
    void what_is_disputed_is_withheld_until_its_credit_comes_and_then_all_is_paid() throws Exception {
        String account = account();
        contract(account, """
                terms:
                  - { from: 2026-01-01, disputeDays: 90 }
                """);
        sold(account, label("1Z036"), label("1Z037"));
        UpsFile file = asExpected(asExpected(new UpsFile(), "I-1", "1Z036"), "I-1", "1Z037")
                .charge("I-1", "1Z036", TODAY, Charge.adjusted("ADC", "Address", "18.00"))
                .charge("I-1", "1Z037", TODAY, Charge.adjusted("RADJ", "Residential", "4.15"));
        Reconciled done = reconcile(account, file);
        String invoice = done.invoice().id();
        VarianceBook.Variance address = variance(done, "address-correction");
        VarianceBook.Variance residential = variance(done, "residential-correction");
        Disputes disputes = billing.disputes();

        assertThat(disputes.accept(residential.id(), "it is one", Namespaces.ALL, "Joe")
                        .decision())
                .isEqualTo("accepted");
        assertThat(refusal(() -> disputes.writeOff(residential.id(), null, Namespaces.ALL, "Joe")))
                .isEqualTo("variance-decided");
        String dispute = String.valueOf(
                disputes.dispute(address.id(), null, Namespaces.ALL, "Joe").dispute());
        reconcile(account, file);
        assertThat(variances(invoice))
                .as("brought again, nothing that was decided is lost")
                .containsExactlyInAnyOrder("address-correction disputed", "residential-correction accepted");
        assertThat(disputes.find(dispute, Namespaces.ALL).deadline()).hasToString("2027-02-19");
        assertThat(ledger.<List<DisputeLine>>read(tx -> tx.disputes().lines(Namespaces.ALL, null, account, null, 10)))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.trackingNumber()).isEqualTo("1Z036");
                    assertThat(line.claimed()).isEqualByComparingTo("18.00");
                    assertThat(line.carrierText()).isEqualTo("Address");
                    assertThat(line.accountNumber()).isEqualTo("0000A1B2C3");
                });

        assertThat(refusal(() -> disputes.pay(invoice, Namespaces.ALL, "Joe"))).isEqualTo("invoice-not-posted");
        billing.approve(invoice, Namespaces.ALL, "Joe");
        billing.post(invoice, Namespaces.ALL, "Joe");
        assertThat(Words.of(disputes.pay(invoice, Namespaces.ALL, "Joe"))).isEqualTo("part-disputed");
        assertThat(settled("1Z036", "1Z037")).isEqualByComparingTo("22.99");
        disputes.pay(invoice, Namespaces.ALL, "Joe");
        assertThat(settled("1Z036", "1Z037")).as("once").isEqualByComparingTo("22.99");

        reconcile(
                account,
                new UpsFile().charge("I-2", "1Z036", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-10.00")));
        assertThat(disputes.find(dispute, Namespaces.ALL).credited()).isEqualByComparingTo("10");
        reconcile(
                account,
                new UpsFile().charge("I-3", "1Z036", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-8.00")));
        assertThat(disputes.find(dispute, Namespaces.ALL).state()).isEqualTo("credited");
        assertThat(refusal(() -> disputes.reject(dispute, "no", Namespaces.ALL, "Joe")))
                .isEqualTo("dispute-closed");
        assertThat(disputes.pay(invoice, Namespaces.ALL, "Joe").state()).isEqualTo("PAID");
        assertThat(settled("1Z036", "1Z037")).isEqualByComparingTo(file.total("I-1"));
    }

    @Test
    void what_was_given_back_before_it_is_disputed_is_not_asked_back_again() {
        String account = account();
        sold(account, label("1Z042"));
        Reconciled done = reconcile(account, addressed("1Z042", "18.00"));
        VarianceBook.Variance address = variance(done, "address-correction");
        reconcile(
                account,
                new UpsFile().charge("I-2", "1Z042", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-18.00")));

        String dispute = dispute(address);

        assertThat(billing.disputes().find(dispute, Namespaces.ALL))
                .extracting(DisputeBook.Row::state, row -> row.credited().setScale(2))
                .containsExactly("credited", new BigDecimal("18.00"));
        assertThat(pay(done.invoice().id()).state()).isEqualTo("PAID");
        assertThat(settled("1Z042")).isEqualByComparingTo("27.42");
    }

    @Test
    void what_was_given_back_for_being_late_is_nothing_for_another_claim() {
        String account = account();
        sold(account, label("1Z0LATE"));
        VarianceBook.Variance address =
                variance(reconcile(account, addressed("1Z0LATE", "18.00")), "address-correction");
        reconcile(
                account,
                new UpsFile()
                        .charge("I-2", "1Z0LATE", TODAY, Charge.adjusted("GSR", "Guaranteed Service Refund", "-8.10")));

        assertThat(billing.disputes().find(dispute(address), Namespaces.ALL))
                .extracting(DisputeBook.Row::state, row -> row.credited().signum())
                .containsExactly("open", 0);
    }

    @Test
    void what_is_given_back_for_being_late_is_laid_beside_what_is_asked_back_for_that_alone() throws Exception {
        String account = account();
        contract(account, "currency: USD\nterms: [ { from: 2026-01-01, guaranteed: { 3: 3 } } ]\n");
        sold(account, label("1Z1LATE"));
        UpsFile late = new UpsFile()
                .charge("I-1", "1Z1LATE", TODAY, Charge.transport("8.10"))
                .with(122, "2026-11-25")
                .charge("I-1", "1Z1LATE", TODAY, Charge.adjusted("ADC", "Address", "18.00"));
        Reconciled first = reconcile(account, late);
        String dispute = dispute(variance(first, "address-correction"));

        reconcile(
                account,
                new UpsFile()
                        .charge("I-2", "1Z1LATE", TODAY, Charge.adjusted("GSR", "Guaranteed Service Refund", "-5.00")));
        assertThat(state(dispute)).isEqualTo("open 18.00 0.00");

        dispute(variance(first, "late-delivery"));
        assertThat(state(dispute)).isEqualTo("open 26.10 5.00");
        reconcile(
                account,
                new UpsFile()
                        .charge("I-3", "1Z1LATE", TODAY, Charge.adjusted("GSR", "Guaranteed Service Refund", "-3.10")));
        assertThat(state(dispute)).isEqualTo("open 26.10 8.10");
    }

    @Test
    void what_a_corrected_invoice_gives_back_for_being_late_is_laid_beside_what_is_asked_back_for_that_alone() {
        String account = account();
        sold(account, label("1Z2LATE"));
        String address = dispute(variance(reconcile(account, addressed("1Z2LATE", "18.00")), "address-correction"));

        UpsFile corrected = addressed("1Z2LATE", "8.00")
                .charge("I-1", "1Z2LATE", TODAY, Charge.adjusted("GSR", "Guaranteed Service Refund", "-5.00"));
        reconcile(account, corrected);

        assertThat(state(address)).isEqualTo("open 18.00 10.00");
    }

    @Test
    void a_corrected_invoice_that_only_renames_a_credit_gives_nothing_more_back() throws Exception {
        String account = account();
        contract(account, "currency: USD\nterms: [ { from: 2026-01-01, guaranteed: { 3: 3 } } ]\n");
        sold(account, label("1Z9RENAMED"));
        Reconciled first = reconcile(
                account,
                new UpsFile()
                        .charge("I-1", "1Z9RENAMED", TODAY, Charge.transport("8.10"))
                        .with(122, "2026-11-25")
                        .charge("I-1", "1Z9RENAMED", TODAY, Charge.adjusted("ADC", "Address", "18.00")));
        String address = dispute(variance(first, "address-correction"));
        dispute(variance(first, "late-delivery"));
        reconcile(
                account, new UpsFile().charge("I-2", "1Z9RENAMED", TODAY, Charge.adjusted("ADC", "Address", "-18.00")));
        assertThat(state(address)).isEqualTo("open 26.10 18.00");

        Charge renamed = Charge.adjusted("GSR", "Guaranteed Service Refund", "-18.00");
        reconcile(account, new UpsFile().charge("I-2", "1Z9RENAMED", TODAY, renamed));

        assertThat(state(address)).isEqualTo("open 26.10 18.00");
    }

    @Test
    void what_came_for_being_late_takes_nothing_from_what_came_for_something_else_before_that_is_disputed()
            throws Exception {
        String account = account();
        contract(account, "currency: USD\nterms: [ { from: 2026-01-01, guaranteed: { 3: 3 } } ]\n");
        sold(account, label("1Z3LATE"));
        Reconciled first = reconcile(
                account,
                new UpsFile()
                        .charge("I-1", "1Z3LATE", TODAY, Charge.transport("8.10"))
                        .with(122, "2026-11-25")
                        .charge("I-1", "1Z3LATE", TODAY, Charge.adjusted("ADC", "Address", "18.00")));
        String late = dispute(variance(first, "late-delivery"));
        reconcile(
                account,
                new UpsFile()
                        .charge("I-2", "1Z3LATE", TODAY, Charge.adjusted("GSR", "Guaranteed Service Refund", "-5.00")));
        assertThat(state(late)).isEqualTo("open 8.10 5.00");
        billing.disputes().reject(late, "no", Namespaces.ALL, "Joe");
        reconcile(
                account,
                new UpsFile().charge("I-3", "1Z3LATE", TODAY, Charge.adjusted("ADC", "Address Correction", "-4.00")));

        assertThat(state(dispute(variance(first, "address-correction")))).isEqualTo("open 18.00 4.00");
    }

    @Test
    void what_a_corrected_invoice_gave_back_before_it_is_disputed_is_not_asked_back_again() {
        String account = account();
        sold(account, label("1Z043"));
        VarianceBook.Variance address = variance(reconcile(account, addressed("1Z043", "18.00")), "address-correction");
        reconcile(account, addressed("1Z043", "18.00").with(22, "ANOTHER REFERENCE"));
        reconcile(account, addressed("1Z043", "8.00").with(22, "ANOTHER REFERENCE"));

        String dispute = dispute(address);

        assertThat(billing.disputes().find(dispute, Namespaces.ALL))
                .extracting(DisputeBook.Row::state, row -> row.credited().setScale(2))
                .containsExactly("open", new BigDecimal("10.00"));
        reconcile(account, asExpected(new UpsFile(), "I-1", "1Z043"));
        assertThat(billing.disputes().find(dispute, Namespaces.ALL).state()).isEqualTo("credited");
    }

    @Test
    void a_credit_is_laid_beside_one_dispute_only_and_one_that_came_before_the_charge_beside_none() {
        String account = account();
        sold(account, label("1Z044"));
        Charge credit = new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-18.00");
        Reconciled first = reconcile(account, addressed("1Z044", "18.00"));
        reconcile(account, new UpsFile().charge("I-2", "1Z044", TODAY, credit));
        Reconciled second = reconcile(
                account, new UpsFile().charge("I-3", "1Z044", TODAY, Charge.adjusted("ADC", "Address again", "18.00")));

        String before = dispute(variance(second, "address-correction"));
        assertThat(billing.disputes().find(before, Namespaces.ALL).state()).isEqualTo("open");
        String early = dispute(variance(first, "address-correction"));
        assertThat(billing.disputes().find(early, Namespaces.ALL).state()).isEqualTo("credited");

        reconcile(account, new UpsFile().charge("I-4", "1Z044", TODAY, credit));
        assertThat(billing.disputes().find(before, Namespaces.ALL).state()).isEqualTo("credited");
    }

    @Test
    void what_was_laid_beside_an_earlier_dispute_takes_nothing_from_a_later_credit() {
        String account = account();
        sold(account, label("1Z046"));
        Charge credit = new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-18.00");
        String first = dispute(variance(reconcile(account, addressed("1Z046", "18.00")), "address-correction"));
        reconcile(account, new UpsFile().charge("I-2", "1Z046", TODAY, credit));
        assertThat(billing.disputes().find(first, Namespaces.ALL).state()).isEqualTo("credited");
        Reconciled again = reconcile(
                account, new UpsFile().charge("I-3", "1Z046", TODAY, Charge.adjusted("ADC", "Address again", "18.00")));
        reconcile(account, new UpsFile().charge("I-4", "1Z046", TODAY, credit));

        String second = dispute(variance(again, "address-correction"));

        assertThat(billing.disputes().find(second, Namespaces.ALL))
                .extracting(DisputeBook.Row::state, row -> row.credited().setScale(2))
                .containsExactly("credited", new BigDecimal("18.00"));
    }

    @Test
    void a_credit_that_came_before_two_charges_lends_neither_of_them_the_others() {
        String account = account();
        sold(account, label("1Z047"));
        Charge credit = new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-18.00");
        reconcile(account, new UpsFile().charge("I-0", "1Z047", TODAY, credit));
        Reconciled first = reconcile(account, addressed("1Z047", "18.00"));
        Reconciled again = reconcile(
                account, new UpsFile().charge("I-2", "1Z047", TODAY, Charge.adjusted("ADC", "Address again", "18.00")));
        reconcile(account, new UpsFile().charge("I-3", "1Z047", TODAY, credit));

        String credited = dispute(variance(first, "address-correction"));
        String open = dispute(variance(again, "address-correction"));

        assertThat(billing.disputes().find(credited, Namespaces.ALL).state()).isEqualTo("credited");
        assertThat(billing.disputes().find(open, Namespaces.ALL).credited()).isEqualByComparingTo("0");
    }

    private String dispute(VarianceBook.Variance finding) {
        return String.valueOf(billing.disputes()
                .dispute(finding.id(), null, Namespaces.ALL, "Joe")
                .dispute());
    }

    private InvoiceRow pay(String invoice) {
        billing.approve(invoice, Namespaces.ALL, "Joe");
        billing.post(invoice, Namespaces.ALL, "Joe");
        return billing.disputes().pay(invoice, Namespaces.ALL, "Joe");
    }

    @Test
    void what_is_credited_of_an_open_dispute_is_withheld_no_more() {
        String account = account();
        sold(account, label("1Z045"));
        Reconciled done = reconcile(account, addressed("1Z045", "18.00"));
        dispute(variance(done, "address-correction"));
        String invoice = done.invoice().id();
        assertThat(Words.of(pay(invoice))).isEqualTo("part-disputed");
        assertThat(settled("1Z045")).isEqualByComparingTo("9.42");

        reconcile(
                account,
                new UpsFile().charge("I-2", "1Z045", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-10.00")));

        assertThat(Words.of(billing.disputes().pay(invoice, Namespaces.ALL, "Joe")))
                .isEqualTo("part-disputed");
        assertThat(settled("1Z045")).isEqualByComparingTo("19.42");
    }

    private BigDecimal settled(String... numbers) {
        return Stream.of(numbers)
                .flatMap(number -> ledger.read(tx -> tx.numbers().shipments(number)).stream())
                .flatMap(shipment -> ledger.read(tx -> tx.charges().ofShipment(shipment)).stream())
                .filter(row -> row.side().equals("settled"))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void a_charge_for_a_number_nobody_knows_is_disputed_as_a_whole_and_another_account_of_ours_is_named() {
        String account = account();
        String other = account();
        sold(account, label("1ZB01"));
        sold(other, label("1ZB02"));
        Reconciled done = reconcile(
                account,
                asExpected(new UpsFile(), "I-1", "1ZB01").charge("I-1", "1ZB02", TODAY, Charge.transport("7.30")));

        VarianceBook.Variance alien = variance(done, "outside-label");
        assertThat(alien.evidence()).contains("ourAccount=" + other);
        VarianceBook.Variance disputed = billing.disputes().dispute(alien.id(), null, Namespaces.ALL, "Joe");

        assertThat(disputed.claim()).isEqualByComparingTo("7.30");
        assertThat(ledger.<BigDecimal>read(
                        tx -> tx.disputes().open(done.invoice().id())))
                .isEqualByComparingTo("7.30");
    }

    @Test
    void one_price_for_all_of_a_label_that_comes_to_what_was_expected_claims_nothing() {
        String account = account();
        sold(account, label("1ZB03"));

        Reconciled done = reconcile(account, new UpsFile().charge("I-1", "1ZB03", TODAY, Charge.transport("9.42")));
        assertThat(done.findings()).isEmpty();
        Reconciled again = reconcile(account, new UpsFile().charge("I-2", "1ZB03", TODAY, Charge.fuel("0.97")));
        assertThat(claimed(again)).as("nothing of it was left out").isEqualByComparingTo("0.97");
    }

    @Test
    void no_line_of_a_voided_label_is_asked_back_with_more_than_it_bills() {
        String account = account();
        sold(account, label("1ZB04", true));

        Reconciled done = reconcile(account, asExpected(new UpsFile(), "I-1", "1ZB04"));

        String id = dispute(variance(done, "voided-but-billed"));

        assertThat(ledger.<List<DisputeLine>>read(tx -> tx.disputes().lines(Namespaces.ALL, id, null, null, 10)))
                .extracting(line -> line.invoiceLine() + " " + Amounts.plain(line.claimed()))
                .containsExactly("1 8.10", "2 0.97", "3 0.35");
    }

    @Test
    void no_line_is_asked_back_with_more_than_it_bills_by_two_claims_of_several_lines() {
        String account = account();
        sold(account, label("1ZSEV1"));
        Reconciled done = reconcile(
                account,
                new UpsFile()
                        .charge("I-1", "1ZSEV1", TODAY, Charge.transport("2.00"))
                        .charge("I-1", "1ZSEV1", TODAY, Charge.extra("1.00"))
                        .charge("I-1", "1ZSEV1", TODAY, Charge.extra("3.00"))
                        .charge("I-1", "1ZSEV1", TODAY, Charge.transport("11.00"))
                        .charge("I-1", "1ZSEV1", TODAY, Charge.fuel("0.97")));
        List<VarianceBook.Variance> claims =
                done.findings().stream().filter(one -> one.claim().signum() > 0).toList();
        assertThat(claims).extracting(one -> Amounts.plain(one.claim())).containsExactlyInAnyOrder("4.90", "3.65");
        String id = claims.stream().map(this::dispute).distinct().collect(Collectors.joining());

        List<DisputeLine> all = lines(id, null, 10);
        assertThat(all).allSatisfy(line -> assertThat(line.claimed()).isLessThanOrEqualTo(line.billed()));
        Map<Integer, BigDecimal> asked = all.stream()
                .collect(Collectors.toMap(
                        line -> Objects.requireNonNull(line.invoiceLine()),
                        DisputeLine::claimed,
                        BigDecimal::add,
                        TreeMap::new));
        assertThat(asked.get(2)).isLessThanOrEqualTo(new BigDecimal("1.00"));
        assertThat(asked.get(3)).isLessThanOrEqualTo(new BigDecimal("3.00"));
        assertThat(asked.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("8.55");

        List<DisputeLine> paged = new ArrayList<>(lines(id, null, 1));
        paged.addAll(lines(id, paged.get(0).finding(), 1));
        assertThat(paged).as("the same a page at a time").isEqualTo(all);
    }

    private List<DisputeLine> lines(String dispute, @Nullable String after, int findings) {
        return ledger.read(tx -> tx.disputes().lines(Namespaces.ALL, dispute, null, after, findings));
    }

    @Test
    void an_invoice_in_another_currency_than_its_contract_is_not_held_against_the_amounts_in_it() throws Exception {
        String account = account();
        contract(account, """
                currency: JPY
                terms:
                  - from: 2026-01-01
                    tolerance: 50
                    accessorials: { RES: 300 }
                    discounts:
                      - { service: "3", percent: 90, minimum: 900 }
                      - { percent: 95 }
                """);
        SoldLabels.put(database, account, "EUR", List.of(label("1ZEUR1")));
        UpsFile file = new UpsFile()
                .row("I-1", "EUR", "1ZEUR1", TODAY, Charge.transport("8.10"))
                .row("I-1", "EUR", "1ZEUR1", TODAY, Charge.fuel("0.97"))
                .row("I-1", "EUR", "1ZEUR1", TODAY, Charge.extra("3.35"));

        Reconciled done = reconcile(account, file);

        assertThat(done.findings())
                .extracting(one -> one.rule() + " " + Amounts.plain(one.amount()) + " " + Amounts.plain(one.claim()))
                .containsExactly("price-differs 3.00 3.00");
        assertThat(done.invoice().notChecked())
                .contains("{\"what\":\"contract-currency\",\"value\":\"EUR\"}")
                .doesNotContain("accessorials");
    }

    @Test
    void a_line_on_no_shipment_is_of_the_company_of_the_others_or_of_the_one_that_is_named() throws Exception {
        sold("several", label("1ZB06"));
        Path books = Files.createDirectories(folder.resolve("companies"));
        Path gl = Files.copy(Path.of("mappings/lookups/gl.csv"), books.resolve("gl.csv"));
        Charge fee = new Charge("MIS", "", "MSC", "SVC", "Weekly", "21.00");
        UpsFile both = asExpected(new UpsFile(), "C-1", "1ZB06").charge("C-1", "", TODAY, fee);
        Billing named = on(ledger, gl);
        String first = reconcile("several", both).invoice().id();
        String second = reconcile("several", new UpsFile().charge("C-2", "", TODAY, fee))
                .invoice()
                .id();
        named.approve(first, Namespaces.ALL, "Joe");
        named.approve(second, Namespaces.ALL, "Joe");

        named.post(first, Namespaces.ALL, "Joe");
        assertThat(companies("C-1")).containsOnly("acme");
        assertThat(refusal(() -> named.post(second, Namespaces.ALL, "Joe"))).isEqualTo("company-missing");
        Files.writeString(books.resolve("companies.csv"), "namespace,companyCode\n*,1000\n");
        named.post(second, Namespaces.ALL, "Joe");
        assertThat(companies("C-2")).containsOnly("1000");
    }

    private List<String> companies(String invoice) {
        return ledger
                .<List<JournalBook.Line>>read(
                        tx -> tx.journal().lines(Namespaces.ALL, "INV-several-" + invoice + "-1", "", 0, 100))
                .stream()
                .map(JournalBook.Line::companyCode)
                .toList();
    }

    @Test
    void what_a_carrier_says_of_a_charge_is_one_line() {
        String account = account();
        sold(account, label("1ZB05"));

        Reconciled done = reconcile(
                account,
                new UpsFile()
                        .charge("I-1", "1ZB05", TODAY, Charge.adjusted("ADC", "\"Address\n  Correction\"", "18.00")));

        assertThat(variance(done, "address-correction").evidence()).isEqualTo("said=Address Correction");
    }

    @Test
    void what_the_carrier_turns_down_is_decided_anew() {
        String account = account();
        sold(account, label("1Z038"));
        Reconciled done = reconcile(
                account,
                asExpected(new UpsFile(), "I-1", "1Z038")
                        .charge("I-1", "1Z038", TODAY, Charge.adjusted("ADC", "Address", "18.00"))
                        .charge("I-1", "", TODAY, new Charge("MIS", "", "MSC", "SVC", "Weekly", "21.00")));
        Disputes disputes = billing.disputes();
        VarianceBook.Variance fee = variance(done, "account-fee");
        assertThat(refusal(() -> disputes.dispute(fee.id(), null, Namespaces.ALL, "Joe")))
                .isEqualTo("variance-nothing-to-claim");
        assertThat(refusal(() -> disputes.accept("fnd_none", null, Namespaces.ALL, "Joe")))
                .isEqualTo("variance-not-found");
        VarianceBook.Variance address = variance(done, "address-correction");
        String dispute = String.valueOf(
                disputes.dispute(address.id(), null, Namespaces.ALL, "Joe").dispute());
        assertThat(refusal(() -> disputes.writeOff(address.id(), null, Namespaces.ALL, "Joe")))
                .isEqualTo("variance-decided");

        DisputeBook.Row rejected = disputes.reject(dispute, "the address was wrong", Namespaces.ALL, "Joe");

        assertThat(rejected.state()).isEqualTo("rejected");
        assertThat(refusal(() -> disputes.dispute(address.id(), null, Namespaces.ALL, "Joe")))
                .isEqualTo("variance-decided");
        assertThat(rejected.rejected()).isEqualByComparingTo("18.00");
        assertThat(disputes.writeOff(address.id(), "18 is not worth it", Namespaces.ALL, "Joe")
                        .decision())
                .isEqualTo("written-off");
        assertThat(ledger.<List<DisputeBook.Row>>read(
                        tx -> tx.disputes().list(Namespaces.of(Set.of("globex")), null, null, null, 10)))
                .isEmpty();
    }

    @Test
    void a_corrected_invoice_credits_a_dispute_with_what_it_gives_back_of_the_shipment_and_no_more() {
        String account = account();
        sold(account, label("1Z034"));
        String dispute = disputeTheAddress(account, "1Z034");

        reconcile(account, addressed("1Z034", "18.00").with(22, "ANOTHER REFERENCE"));
        assertThat(billing.disputes().find(dispute, Namespaces.ALL))
                .as("18.00 was taken back and charged anew")
                .extracting(DisputeBook.Row::state, row -> row.credited().setScale(2))
                .containsExactly("open", new BigDecimal("0.00"));

        reconcile(account, addressed("1Z034", "9.00").with(22, "ANOTHER REFERENCE"));
        assertThat(billing.disputes().find(dispute, Namespaces.ALL))
                .extracting(DisputeBook.Row::state, row -> row.credited().setScale(2))
                .containsExactly("open", new BigDecimal("9.00"));

        reconcile(account, asExpected(new UpsFile(), "I-1", "1Z034"));
        assertThat(billing.disputes().find(dispute, Namespaces.ALL).state()).isEqualTo("credited");
    }

    @Test
    void what_a_corrected_invoice_gives_back_is_summed_up_when_its_last_line_has_landed() {
        String account = account();
        sold(account, label("1Z033"));
        String dispute = disputeTheAddress(account, "1Z033");
        UpsFile corrected = addressed("1Z033", "18.00").with(22, "ANOTHER REFERENCE");
        IntStream.range(0, 1_998)
                .forEach(n -> corrected.charge("I-1", "1ZE%04d".formatted(n), TODAY, Charge.transport("1.00")));

        Reconciled done = reconcile(account, corrected);

        assertThat(done.lines()).as("two whole pages").isEqualTo(2_000);
        assertThat(billing.disputes().find(dispute, Namespaces.ALL).state()).isEqualTo("open");
    }

    @Test
    void a_discount_on_a_later_invoice_is_no_credit_for_what_is_disputed() throws Exception {
        String account = account();
        contract(account, "currency: USD\n");
        sold(account, label("1Z040"));
        String dispute = disputeTheAddress(account, "1Z040");
        String later =
                "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                        + "Tracking ID Charge Description,Tracking ID Charge Amount\n"
                        + "123456789,20261121,8-002,10.00,,1Z040,28.00,10.00,20261116,Discount,-18.00\n";

        take(account, "fedex", later.getBytes(StandardCharsets.UTF_8));

        assertThat(billing.disputes().find(dispute, Namespaces.ALL).state()).isEqualTo("open");
    }

    private String disputeTheAddress(String account, String tracking) {
        Reconciled done = reconcile(account, addressed(tracking, "18.00"));
        VarianceBook.Variance address = variance(done, "address-correction");
        return String.valueOf(billing.disputes()
                .dispute(address.id(), null, Namespaces.ALL, "Joe")
                .dispute());
    }

    private static UpsFile addressed(String tracking, String amount) {
        return asExpected(new UpsFile(), "I-1", tracking)
                .charge("I-1", tracking, TODAY, Charge.adjusted("ADC", "Address", amount));
    }

    @Test
    void what_is_disputed_of_a_number_nobody_knows_gets_the_credits_of_that_number_and_no_others() {
        String account = account();
        Reconciled first = reconcile(account, alien("I-1", "1ZALIEN1", "30.00"));
        String dispute = disputed(first);
        reconcile(account, alien("I-2", "1ZALIEN2", "-30.00"));
        reconcile(account, alien("I-3", "1ZALIEN1", "-20.00"));
        assertThat(state(dispute)).isEqualTo("open 30.00 20.00");

        reconcile(account, alien("I-4", "1ZALIEN1", "-10.00"));
        assertThat(state(dispute)).isEqualTo("credited 30.00 30.00");

        Reconciled before = reconcile(account, alien("I-5", "1ZALIEN3", "5.00"));
        reconcile(account, alien("I-6", "1ZALIEN3", "-5.00"));
        assertThat(state(disputed(before))).as("a credit that came first").isEqualTo("credited 5.00 5.00");

        Reconciled corrected = reconcile(account, alien("I-7", "1ZALIEN4", "9.00"));
        String taken = disputed(corrected);
        reconcile(account, alien("I-7", "1ZALIEN4", "4.00").charge("I-7", "1ZALIEN5", TODAY, Charge.transport("1.00")));
        assertThat(state(taken)).as("what a correction takes back").isEqualTo("open 9.00 5.00");
    }

    @Test
    void what_is_disputed_of_a_number_nobody_knows_gets_its_credits_however_they_group_it() {
        String account = account();
        String later = disputed(reconcile(account, alien("I-1", "1ZALIEN6", "30.00")));
        reconcile(account, alien("I-2", "1z alien-6", "-30.00"));
        assertThat(state(later)).isEqualTo("credited 30.00 30.00");

        Reconciled before = reconcile(account, alien("I-3", "1Z ALIEN7", "5.00"));
        reconcile(account, alien("I-4", "1ZALIEN7", "-5.00"));
        assertThat(state(disputed(before))).as("a credit that came first").isEqualTo("credited 5.00 5.00");

        String corrected = disputed(reconcile(account, alien("I-5", "1ZALIEN8", "9.00")));
        Reconciled higher = reconcile(account, alien("I-5", "1Z ALIEN8", "12.00"));
        assertThat(state(corrected))
                .as("what is charged anew is not given back")
                .isEqualTo("open 9.00 0.00");
        assertThat(state(disputed(higher))).as("9.00 of 12.00 are claimed").isEqualTo("open 3.00 0.00");
        reconcile(account, alien("I-5", "1ZALIEN-8", "10.00"));
        assertThat(state(corrected)).as("what a correction takes back").isEqualTo("open 9.00 2.00");
    }

    @Test
    void a_label_nobody_knows_is_claimed_once_however_its_invoice_is_corrected() {
        String account = account();
        String claimed = disputed(reconcile(account, alien("I-1", "1ZTWICE1", "9.00")));
        Reconciled lower = reconcile(account, alien("I-1", "1ZTWICE1", "4.00"));
        assertThat(state(claimed)).isEqualTo("open 9.00 5.00");

        assertThat(refusal(() -> disputed(lower))).isEqualTo("variance-nothing-to-claim");
        Reconciled higher = reconcile(account, alien("I-1", "1ZTWICE1", "6.00"));
        assertThat(state(disputed(higher)))
                .as("4.00 of 6.00 are claimed with the first")
                .isEqualTo("open 2.00 0.00");

        Reconciled first = reconcile(account, alien("I-2", "1ZTWICE2", "9.00"));
        Reconciled corrected = reconcile(account, alien("I-2", "1ZTWICE2", "4.00"));
        assertThat(state(disputed(corrected))).as("nothing was claimed before").isEqualTo("open 4.00 0.00");
        assertThat(state(disputed(first)))
                .as("what the correction gave back, and no more")
                .isEqualTo("credited 5.00 5.00");

        Reconciled net = reconcile(
                account, alien("I-3", "1ZTWICE3", "9.00").charge("I-3", "1ZTWICE3", TODAY, Charge.voided("-2.00")));
        assertThat(state(disputed(net))).as("what its own invoice gives back").isEqualTo("open 7.00 0.00");
    }

    @Test
    void what_was_given_back_before_a_label_nobody_knows_was_claimed_leaves_nothing_to_be_claimed_twice() {
        String account = account();
        reconcile(account, alien("I-1", "1ZTWICE4", "9.00"));
        reconcile(account, alien("I-1", "1ZTWICE5", "0.05"));
        Reconciled again = reconcile(
                account, alien("I-1", "1ZTWICE4", "9.00").charge("I-1", "1ZTWICE5", TODAY, Charge.transport("0.07")));
        assertThat(state(disputed(again))).isEqualTo("open 9.00 0.00");

        Reconciled higher = reconcile(account, alien("I-1", "1ZTWICE4", "12.00"));

        assertThat(state(disputed(higher))).as("9.00 of 12.00 are claimed").isEqualTo("open 3.00 0.00");
    }

    @Test
    void what_a_corrected_invoice_charges_again_is_disputed_again() {
        String account = account();
        sold(account, label("1ZL08"));
        VarianceBook.Variance first = reconcile(account, readjusted("1ZL08", "4.15", "1x1x1"))
                .findings()
                .get(0);
        String dispute = Objects.requireNonNull(billing.disputes()
                .dispute(first.id(), null, Namespaces.ALL, "Ann")
                .dispute());
        reconcile(account, readjusted("1ZL08", "3.15", "1x1x1"));
        assertThat(state(dispute)).isEqualTo("open 4.15 1.00");

        Reconciled last = reconcile(account, readjusted("1ZL08", "4.15", "2x2x2"));

        VarianceBook.Variance more = variance(last, "invoice-corrected");
        assertThat(billing.disputes()
                        .dispute(more.id(), null, Namespaces.ALL, "Ann")
                        .claim())
                .isEqualByComparingTo("1.00");
        assertThat(waitedFor(account, "1ZL08")).isEqualByComparingTo("4.15");
    }

    private static UpsFile readjusted(String tracking, String amount, String dimensions) {
        return asExpected(new UpsFile(), "I-1", tracking)
                .charge("I-1", tracking, TODAY, Charge.adjusted("RADJ", "Residential", amount))
                .with(33, dimensions);
    }

    @Test
    void what_a_person_claims_while_its_invoice_is_audited_anew_stays_as_it_was_claimed() {
        String account = account();
        Reconciled done = reconcile(account, alien("I-1", "1ZANEW1", "9.00"));
        String dispute = disputed(done);

        new Audit(ledger).run(done.invoice(), new Contracts(folder).of(account));

        VarianceBook.Variance finding =
                charged(billing.reconciled(done.invoice().id(), Namespaces.ALL, 10));
        assertThat(finding.claim()).isEqualByComparingTo("9.00");
        assertThat(finding.dispute()).isEqualTo(dispute);
    }

    @Test
    void an_audit_anew_that_is_cut_short_leaves_what_was_found_before() {
        String account = account();
        Reconciled done = reconcile(account, alien("I-1", "1ZANEW3", "9.00"));
        assertThat(done.findings()).isNotEmpty();

        assertThat(ledger.<Boolean>commit(
                        tx -> tx.variances().mayBeAudited(done.invoice().id())))
                .isTrue();

        assertThat(billing.reconciled(done.invoice().id(), Namespaces.ALL, 10).findings())
                .isEqualTo(done.findings());
    }

    @Test
    void a_claim_stands_by_its_finding_whatever_a_new_audit_finds() throws Exception {
        String account = account();
        sold(account, label("1ZANEW2"));
        Reconciled done = reconcile(
                account,
                asExpected(new UpsFile(), "I-1", "1ZANEW2")
                        .charge("I-1", "1ZANEW2", TODAY, Charge.adjusted("ADC", "Address", "18.00")));
        String claimed = done.findings().get(0).id();
        billing.disputes().dispute(claimed, null, Namespaces.ALL, "Ann");

        assertThat(ledger.<Boolean>commit(
                        tx -> tx.variances().mayBeAudited(done.invoice().id())))
                .isFalse();

        Optional<VarianceBook.Variance> finding =
                ledger.read(tx -> tx.variances().find(claimed, Namespaces.ALL));
        assertThat(finding.map(VarianceBook.Variance::claim).orElse(BigDecimal.ZERO))
                .isEqualByComparingTo("18.00");
    }

    @Test
    void two_people_who_claim_of_one_label_at_a_time_claim_no_more_than_stands_billed() throws Exception {
        String account = account();
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            for (int label = 1; label <= 5; label++) {
                String first = charged(reconcile(account, alien("I-" + label, "1ZRACE" + label, "9.00")))
                        .id();
                String second = charged(reconcile(account, alien("I-" + label, "1ZRACE" + label, "12.00")))
                        .id();
                for (Future<?> claim : people.invokeAll(List.of(claiming(first), claiming(second)))) {
                    claim.get();
                }
            }
        } finally {
            people.shutdownNow();
        }

        BigDecimal waitedFor =
                ledger
                        .<List<DisputeLine>>read(tx -> tx.disputes().lines(Namespaces.ALL, null, account, null, 10))
                        .stream()
                        .map(line -> line.claimed().subtract(line.credited()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(waitedFor).as("5 labels of 12.00").isEqualByComparingTo("60.00");
    }

    @Test
    void of_a_label_nobody_knows_no_more_is_waited_for_than_stands_billed_whatever_is_claimed_when() {
        String account = account();
        for (int seed = 1; seed <= Integer.getInteger("claims.seeds", 12); seed++) {
            String number = "1ZANY" + seed;
            Random random = new Random(seed);
            List<String> findings = new ArrayList<>();
            StringBuilder story = new StringBuilder("seed " + seed);
            for (int revision = 1; revision <= 8; revision++) {
                BigDecimal cents = BigDecimal.valueOf(revision, 2);
                BigDecimal stands = BigDecimal.valueOf(random.nextInt(4) * 3L);
                UpsFile file = alien("I-A" + seed, "1ZBESIDE" + seed, cents.toPlainString());
                if (stands.signum() > 0) {
                    file.charge("I-A" + seed, number, TODAY, Charge.transport(stands + ".00"));
                }
                story.append("; bills ").append(stands);
                reconcile(account, file).findings().stream()
                        .filter(one -> number.equals(one.trackingNumber())
                                && one.amount().signum() > 0)
                        .forEach(one -> findings.add(one.id()));
                if (random.nextBoolean() && !findings.isEmpty()) {
                    String claimed = findings.remove(
                            random.nextBoolean() ? findings.size() - 1 : random.nextInt(findings.size()));
                    story.append("; claims ").append(claiming(claimed, story));
                }
                assertThat(waitedFor(account, number)).as("%s", story).isLessThanOrEqualTo(stands);
            }
        }
    }

    private BigDecimal waitedFor(String account, String number) {
        return ledger
                .<List<DisputeLine>>read(tx -> tx.disputes().lines(Namespaces.ALL, null, account, null, 1_000))
                .stream()
                .filter(line -> number.equals(line.trackingNumber()))
                .map(line -> line.claimed().subtract(line.credited()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private String claiming(String finding, StringBuilder story) {
        try {
            VarianceBook.Variance made = billing.disputes().dispute(finding, null, Namespaces.ALL, "Ann");
            return made.claim() + " of " + made.amount();
        } catch (ProblemException nothingLeft) {
            return "nothing";
        }
    }

    private Callable<Boolean> claiming(String finding) {
        return () -> {
            try {
                billing.disputes().dispute(finding, null, Namespaces.ALL, "Ann");
                return true;
            } catch (ProblemException nothingLeft) {
                return false;
            }
        };
    }

    @Test
    void a_tax_on_no_number_is_the_accounts_and_another_charge_on_none_is_explained_by_nobody() {
        String account = account();
        Reconciled done = reconcile(
                account,
                new UpsFile()
                        .charge("I-1", "", TODAY, new Charge("SHP", "ISS", "TAX", "01", "Sales Tax", "5.19"))
                        .charge("I-1", "", TODAY, Charge.extra("0.07")));

        assertThat(amounts(done)).containsExactly(Map.entry("account-fee", new BigDecimal("5.19")));
        assertThat(done.unexplained()).isEqualByComparingTo("0.07");
    }

    @Test
    void a_fee_without_a_word_says_none() {
        Reconciled done = reconcile(
                account(), new UpsFile().charge("I-1", "", TODAY, new Charge("MIS", "", "MSC", "", "", "4.00")));

        assertThat(variance(done, "account-fee").evidence()).isEqualTo("said=");
    }

    private static UpsFile alien(String invoice, String number, String amount) {
        return new UpsFile().charge(invoice, number, TODAY, Charge.transport(amount));
    }

    private String disputed(Reconciled done) {
        VarianceBook.Variance finding = billing.disputes().dispute(charged(done).id(), null, Namespaces.ALL, "Ann");
        return Objects.requireNonNull(finding.dispute());
    }

    private static VarianceBook.Variance charged(Reconciled done) {
        return done.findings().stream()
                .filter(finding -> finding.rule().equals("outside-label"))
                .max(Comparator.comparing(VarianceBook.Variance::amount))
                .orElseThrow();
    }

    private String state(String dispute) {
        DisputeBook.Row row = billing.disputes().find(dispute, Namespaces.ALL);
        return row.state() + " " + Amounts.plain(row.claimed()) + " " + Amounts.plain(row.credited());
    }

    private static VarianceBook.Variance variance(Reconciled done, String rule) {
        return done.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private List<String> variances(String invoice) {
        return ledger.<List<VarianceBook.Variance>>read(tx -> tx.variances().of(invoice, 10)).stream()
                .map(finding -> finding.rule() + " " + finding.decision())
                .toList();
    }

    @Test
    void nothing_is_posted_to_a_period_that_is_closed() throws Exception {
        String account = account();
        sold(account, label("1Z039"));
        Path books = Files.createDirectories(folder.resolve("books"));
        Files.copy(Path.of("mappings/lookups/gl.csv"), books.resolve("gl.csv"));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Path periods = Files.writeString(
                books.resolve("periods.csv"), "companyCode,closedUntil\nacme," + today + "\n*,2020-12-31\n");
        Billing closed = on(ledger, books.resolve("gl.csv"));
        String invoice = reconcile(account, new UpsFile().charge("I-1", "1Z039", TODAY, Charge.transport("8.10")))
                .invoice()
                .id();
        closed.approve(invoice, Namespaces.ALL, "Joe");

        assertThat(refusal(() -> closed.post(invoice, Namespaces.ALL, "Joe"))).isEqualTo("period-closed");
        assertThat(refusal(() -> closed.accrue(Namespaces.ALL, today.minusDays(1), "Joe")))
                .isEqualTo("period-closed");
        Files.writeString(periods, "companyCode,closedUntil\nacme," + today.minusDays(1) + "\n");
        assertThat(closed.post(invoice, Namespaces.ALL, "Joe").state()).isEqualTo("POSTED");
        Files.writeString(periods, "companyCode,closedUntil\nacme,October\n");
        assertThat(refusal(() -> closed.accrue(Namespaces.ALL, today.minusDays(1), "Joe")))
                .isEqualTo("period-unreadable");
    }

    @Test
    void a_freight_invoice_as_x12_210_wrapped_at_80_columns_is_an_invoice_like_any_other() throws Exception {
        String account = account();
        sold(account, new Label("SO-7001", "PRO0000123", DAY, Map.of("shipping", new BigDecimal("124.17")), false));
        byte[] file = Files.readAllBytes(Path.of("mappings/x12-210-invoice/wrapped.edi"));

        Reconciled done = billing.reconciled(
                take(account, "x12-210-invoice", file).invoices().get(0).row().id(), Namespaces.ALL, 10);

        assertThat(done.invoice().number()).isEqualTo("FI-4711");
        assertThat(done.billed()).isEqualByComparingTo("124.17");
        assertThat(done.matched()).isEqualTo(3);
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        String other = account();
        String dearer = new String(file, StandardCharsets.US_ASCII).replace("*12417*", "*12418*");
        assertThat(refused(other, "x12-210-invoice", dearer))
                .singleElement()
                .asString()
                .contains("FI-4711", "124.17", "124.18");
    }

    @Test
    void a_credit_on_an_invoice_is_laid_beside_what_was_asked_back() {
        String account = account();
        sold(account, label("1Z035"));
        String shipment = ledger.read(tx -> tx.numbers().shipments("1Z035")).get(0);
        ledger.commitAll(tx -> {
            tx.refunds()
                    .ask(
                            new RefundBook.Asked(
                                    "acme",
                                    account,
                                    "ups",
                                    "ord_1",
                                    "SO-1Z035",
                                    shipment,
                                    "1Z035",
                                    "REF-1",
                                    false,
                                    "requested",
                                    "USD",
                                    new BigDecimal("9.42")),
                            Duration.ofDays(1));
            tx.refunds().decide(account, "1Z035", new RefundBook.Decided("pending", null, null, null));
        });
        reconcile(account, asExpected(new UpsFile(), "I-1", "1Z035"));
        assertThat(refund(account, "1Z035")).isEqualTo("pending 0.00 null");

        reconcile(account, new UpsFile().charge("I-2", "1Z035", TODAY, Charge.voided("-4.00")));
        assertThat(refund(account, "1Z035")).isEqualTo("pending 4.00 I-2");
        reconcile(account, new UpsFile().charge("I-3", "1Z035", TODAY, Charge.voided("-5.42")));
        assertThat(refund(account, "1Z035")).isEqualTo("credited 9.42 I-3");
        assertThat(ledger.read(tx -> tx.charges().ofShipment(shipment)).stream()
                        .filter(row -> row.side().equals("expected"))
                        .map(ChargeBook.Row::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .as("what came back is not expected any more")
                .isEqualByComparingTo("0");
    }

    @Test
    void what_a_credit_of_fedex_or_dhl_gives_back_of_a_voided_label_credits_its_refund_less_its_discount() {
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            String account = account();
            String number = "7946" + account.replaceAll("\\D", "") + "44100";
            sold(account, label(number, true));
            asked(account, number, "USD", new BigDecimal("9.42"), "approved");
            paper.add(discounted("I-1", number, 1));
            bring(account, paper);

            Paper credit = paper instanceof FedexPaper ? new FedexPaper() : new DhlPaper();
            credit.add(discounted("I-2", number, -1));
            bring(account, credit);

            assertThat(refund(account, number)).as(paper.layout()).isEqualTo("credited 9.42 I-2");
        }
    }

    @Test
    void the_tax_that_a_credit_of_fedex_or_dhl_gives_back_of_a_voided_label_credits_its_refund_too() {
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            String account = account();
            String number = "7946" + account.replaceAll("\\D", "") + "44300";
            Map<String, BigDecimal> parts = new LinkedHashMap<>(label(number).parts());
            parts.put("tax", new BigDecimal("1.79"));
            sold(account, new Label("SO-" + number, number, DAY, parts, true));
            asked(account, number, "USD", new BigDecimal("11.21"), "approved");
            paper.add(with(Paper.What.TAX, "1.79", discounted("I-1", number, 1)));
            bring(account, paper);

            Paper credit = paper instanceof FedexPaper ? new FedexPaper() : new DhlPaper();
            credit.add(with(Paper.What.TAX, "-1.79", discounted("I-2", number, -1)));
            bring(account, credit);

            assertThat(refund(account, number)).as(paper.layout()).isEqualTo("credited 11.21 I-2");
        }
    }

    @Test
    void a_duty_or_a_correction_that_a_credit_of_fedex_or_dhl_gives_back_of_a_voided_label_credits_no_refund() {
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            String account = account();
            String number = "7946" + account.replaceAll("\\D", "") + "44400";
            sold(account, label(number, true));
            asked(account, number, "USD", new BigDecimal("9.42"), "approved");
            paper.add(with(Paper.What.DUTY, "7.00", with(Paper.What.ADDRESS, "11.00", discounted("I-1", number, 1))));
            bring(account, paper);

            Paper credit = paper instanceof FedexPaper ? new FedexPaper() : new DhlPaper();
            Paper.Row nothing = parcel("I-2", number, List.of());
            credit.add(with(Paper.What.DUTY, "-7.00", with(Paper.What.ADDRESS, "-11.00", nothing)));
            bring(account, credit);

            assertThat(refund(account, number)).as(paper.layout()).isEqualTo("approved 0.00 null");
        }
    }

    @Test
    void the_discount_that_a_credit_takes_back_is_no_charge_and_is_owed_as_before() {
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            String account = account();
            String number = "7946" + account.replaceAll("\\D", "") + "44200";
            sold(account, label(number));
            paper.add(discounted("I-1", number, 1));
            bring(account, paper);

            Paper credit = paper instanceof FedexPaper ? new FedexPaper() : new DhlPaper();
            credit.add(discounted("I-2", number, -1));
            Reconciled done = bring(account, credit);

            assertThat(amounts(done)).as(paper.layout()).isEqualTo(Map.of("credit-received", new BigDecimal("-9.42")));
            assertThat(done.findings())
                    .allSatisfy(finding -> assertThat(finding.claim()).isZero());
        }
    }

    @Test
    void a_tax_that_nobody_priced_and_a_credit_gives_back_takes_nothing_off_what_is_owed() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            String account = account();
            String number = "7946" + account.replaceAll("\\D", "") + "44500";
            sold(account, label(number));
            paper.add(parcel(
                    "I-1",
                    number,
                    List.of(
                            Paper.Item.of(Paper.What.TRANSPORT, new BigDecimal("8.10")),
                            Paper.Item.of(Paper.What.TAX, new BigDecimal("1.79")))));
            posted(bring(account, paper));

            Paper credit = paper instanceof FedexPaper ? new FedexPaper() : new DhlPaper();
            credit.add(with(Paper.What.TAX, "-1.79", parcel("I-2", number, List.of())));
            Reconciled done = bring(account, credit);
            posted(done);

            assertThat(amounts(done)).as(paper.layout()).containsOnlyKeys("duties-and-taxes");
            assertThat(owed(account, today)).as(paper.layout()).isEqualTo("9.42 8.10 1.32 1");
        }
    }

    @Test
    void a_tax_on_top_that_nobody_priced_bills_nothing_of_what_is_owed_nor_does_its_return() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        Map<String, BigDecimal> taxed = new LinkedHashMap<>(label("1ZTAX2").parts());
        taxed.put("tax", new BigDecimal("1.79"));
        sold(account, label("1ZTAX1"), new Label("SO-1ZTAX2", "1ZTAX2", DAY, taxed, false));
        Charge tax = new Charge("SHP", "", "TAX", "VAT", "VAT", "1.79");
        UpsFile file = new UpsFile()
                .charge("I-1", "1ZTAX1", TODAY, Charge.transport("8.10"))
                .charge("I-1", "1ZTAX1", TODAY, tax)
                .charge("I-1", "1ZTAX2", TODAY, Charge.transport("8.10"))
                .charge("I-1", "1ZTAX2", TODAY, tax);
        posted(reconcile(account, file));
        assertThat(owed(account, today)).isEqualTo("20.63 17.99 2.64 2");

        Charge back = new Charge("SHP", "", "TAX", "VAT", "VAT", "-1.79");
        Reconciled done = reconcile(account, new UpsFile().charge("I-2", "1ZTAX1", TODAY, back));
        posted(done);
        billing.disputes().accept(variance(done, "duties-and-taxes").id(), null, Namespaces.ALL, "Joe");

        assertThat(owed(account, today)).isEqualTo("20.63 17.99 2.64 2");
    }

    @Test
    void what_carriers_charge_for_a_correction_bills_nothing_of_the_price_that_is_owed() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC701"), label("1ZC702"));
        UpsFile reasons = new UpsFile()
                .charge("I-2", "1ZC701", TODAY, Charge.adjusted("ADC", "Address Correction", "18.00"))
                .charge("I-2", "1ZC702", TODAY, Charge.adjusted("SCC", "Shipping Charge Correction", "7.50"))
                .charge("I-2", "1ZC702", TODAY, Charge.adjusted("RTS", "Returned", "11.00"));
        posted(reconcile(account, reasons));
        assertThat(owed(account, today)).as("the price is on no posted invoice").isEqualTo("18.84 0.00 18.84 2");

        UpsFile credits = new UpsFile()
                .charge("I-3", "1ZC701", TODAY, Charge.adjusted("CADJ", "Billing Adjustment", "-18.00"))
                .charge("I-3", "1ZC702", TODAY, Charge.adjusted("SCC", "Shipping Charge Correction", "-7.50"));
        Reconciled credited = reconcile(account, credits);
        posted(credited);
        billing.disputes().accept(variance(credited, "weight-correction").id(), null, Namespaces.ALL, "Joe");
        assertThat(accruals(account, today))
                .singleElement()
                .satisfies(row -> assertThat(row.amount()).isEqualByComparingTo("18.84"));

        posted(reconcile(account, asExpected(asExpected(new UpsFile(), "I-1", "1ZC701"), "I-1", "1ZC702")));
        assertThat(owed(account, today)).isEmpty();
    }

    @Test
    void a_duty_in_another_currency_that_is_accepted_ends_nothing_of_the_price_that_is_owed() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC721"), label("1ZC722"));
        Charge duty = new Charge("SHP", "", "GOV", "DTY", "Duty", "7.77");
        UpsFile euros = new UpsFile()
                .row("I-E", "EUR", "1ZC721", TODAY, duty)
                .row("I-E", "EUR", "1ZC722", TODAY, duty)
                .row("I-E", "EUR", "1ZC722", TODAY, Charge.transport("8.00"));
        Reconciled done = reconcile(account, euros);
        posted(done);
        assertThat(amounts(done)).containsOnlyKeys("currency-differs");
        done.findings().forEach(finding -> billing.disputes().accept(finding.id(), null, Namespaces.ALL, "Joe"));

        assertThat(owed(account, today)).as("1ZC722 is billed in euros").isEqualTo("9.42 0.00 9.42 1");
    }

    @Test
    void a_tax_in_another_currency_that_is_accepted_ends_nothing_of_a_price_that_has_such_a_tax() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        Map<String, BigDecimal> taxed = new LinkedHashMap<>(label("1ZC731").parts());
        taxed.put("tax", new BigDecimal("2.00"));
        sold(account, new Label("SO-1ZC731", "1ZC731", DAY, taxed, false));
        Charge tax = new Charge("SHP", "", "TAX", "VAT", "VAT", "1.79");
        Reconciled done = reconcile(account, new UpsFile().row("I-E", "EUR", "1ZC731", TODAY, tax));
        posted(done);
        accept(done, "currency-differs");

        assertThat(owed(account, today)).isEqualTo("11.42 0.00 11.42 1");
    }

    @Test
    void a_price_that_a_corrected_invoice_adds_in_another_currency_is_owed_until_that_is_accepted() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC741"));
        Charge duty = new Charge("SHP", "", "GOV", "DTY", "Duty", "7.77");
        Reconciled first = reconcile(account, new UpsFile().row("I-E", "EUR", "1ZC741", TODAY, duty));
        posted(first);
        accept(first, "currency-differs");
        UpsFile added = new UpsFile()
                .row("I-E", "EUR", "1ZC741", TODAY, duty)
                .row("I-E", "EUR", "1ZC741", TODAY, Charge.transport("8.00"));
        Reconciled second = reconcile(account, added);
        posted(second);
        assertThat(amounts(second)).containsOnlyKeys("invoice-corrected");
        assertThat(owed(account, today)).as("the duty alone is accepted").isEqualTo("9.42 0.00 9.42 1");

        accept(second, "invoice-corrected");
        assertThat(owed(account, today)).isEmpty();
    }

    @Test
    void a_price_accepted_in_another_currency_is_owed_again_once_a_corrected_invoice_takes_it_back() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC751"), label("1ZC752"));
        Charge duty = new Charge("SHP", "", "GOV", "DTY", "Duty", "7.77");
        UpsFile both = new UpsFile()
                .row("I-E", "EUR", "1ZC751", TODAY, duty)
                .row("I-E", "EUR", "1ZC751", TODAY, Charge.transport("8.00"))
                .row("I-E", "EUR", "1ZC752", TODAY, Charge.transport("8.00"));
        Reconciled first = reconcile(account, both);
        posted(first);
        accept(first, "currency-differs");
        assertThat(owed(account, today)).isEmpty();

        UpsFile back = new UpsFile()
                .row("I-E", "EUR", "1ZC751", TODAY, duty)
                .row("I-E", "EUR", "1ZC752", TODAY, Charge.transport("7.50"));
        posted(reconcile(account, back));
        assertThat(owed(account, today)).as("1ZC752 is still billed in euros").isEqualTo("9.42 0.00 9.42 1");
    }

    @Test
    void a_price_accepted_in_another_currency_is_not_owed_again_for_a_credit_of_it() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC761"));
        Reconciled bill =
                reconcile(account, new UpsFile().row("I-E", "EUR", "1ZC761", TODAY, Charge.transport("8.00")));
        posted(bill);
        accept(bill, "currency-differs");
        posted(reconcile(account, new UpsFile().row("I-C", "EUR", "1ZC761", TODAY, Charge.transport("-8.00"))));

        assertThat(owed(account, today)).isEmpty();
    }

    @Test
    void a_corrected_invoice_that_is_accepted_ends_what_is_owed_of_a_price_and_nothing_for_its_corrections() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String account = account();
        sold(account, label("1ZC711"), label("1ZC712"));
        Charge address = Charge.adjusted("ADC", "Address Correction", "18.00");
        UpsFile first = new UpsFile()
                .charge("I-1", "1ZC711", TODAY, address)
                .charge("I-1", "1ZC711", TODAY, Charge.transport("8.10"));
        posted(reconcile(account, asExpected(first, "I-1", "1ZC712")));
        assertThat(owed(account, today)).isEqualTo("9.42 8.10 1.32 1");

        UpsFile second = new UpsFile()
                .charge("I-1", "1ZC711", TODAY, Charge.transport("8.10"))
                .charge("I-1", "1ZC712", TODAY, address)
                .charge("I-1", "1ZC712", TODAY, Charge.transport("8.10"));
        Reconciled corrected = reconcile(account, second);
        posted(corrected);
        assertThat(owed(account, today)).isEqualTo("18.84 16.20 2.64 2");

        accept(corrected, "invoice-corrected");
        assertThat(owed(account, today)).as("1ZC712 is billed lower for good").isEqualTo("9.42 8.10 1.32 1");
    }

    /** What a label costs, at 2.00 off its list price. */
    private static Paper.Row discounted(String invoice, String number, int sign) {
        BigDecimal times = BigDecimal.valueOf(sign);
        return parcel(
                invoice,
                number,
                List.of(
                        new Paper.Item(
                                Paper.What.TRANSPORT,
                                new BigDecimal("8.10").multiply(times),
                                new BigDecimal("10.10").multiply(times)),
                        Paper.Item.of(Paper.What.FUEL, new BigDecimal("0.97").multiply(times)),
                        Paper.Item.of(Paper.What.EXTRA, new BigDecimal("0.35").multiply(times))));
    }

    private static Paper.Row with(Paper.What what, String amount, Paper.Row row) {
        List<Paper.Item> items = new ArrayList<>(row.items());
        items.add(Paper.Item.of(what, new BigDecimal(amount)));
        return parcel(row.invoice(), row.tracking(), items);
    }

    private static Paper.Row parcel(String invoice, String number, List<Paper.Item> items) {
        return new Paper.Row(invoice, number, DAY, null, false, "2", "2", false, "005", items);
    }

    private Reconciled bring(String account, Paper paper) {
        Handed handed = new Handed("nov.csv", Content.of(paper.bytes()), paper.layout(), account, "USD", "Jane");
        Taken taken = billing.take(handed, Namespaces.ALL);
        return billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 100);
    }

    @Test
    void what_comes_back_in_parts_is_credited_once_all_of_it_is_here() {
        String account = account();
        sold(account, label("1ZU36"));
        asked(account, "1ZU36", "USD", new BigDecimal("9.42"), "pending");
        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZU36"));

        reconcile(account, new UpsFile().charge("I-2", "1ZU36", TODAY, Charge.voided("-4.00")));
        reconcile(account, new UpsFile().charge("I-3", "1ZU36", TODAY, Charge.voided("-1.00")));
        assertThat(refund(account, "1ZU36")).isEqualTo("pending 5.00 I-3");
        reconcile(account, new UpsFile().charge("I-4", "1ZU36", TODAY, Charge.voided("-4.42")));

        assertThat(refund(account, "1ZU36")).isEqualTo("credited 9.42 I-4");
    }

    @Test
    void a_void_of_an_unknown_price_came_back_once_what_was_billed_of_it_did() {
        String account = account();
        sold(account, new Label("SO-1ZU37", "1ZU37", DAY, Map.of(), false));
        sold(account, new Label("SO-1ZU38", "1ZU38", DAY, Map.of(), false));
        asked(account, "1ZU37", null, null, "rejected");
        asked(account, "1ZU38", null, null, "rejected");
        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZU37"));

        reconcile(
                account,
                new UpsFile()
                        .charge("I-2", "1ZU37", TODAY, Charge.voided("-1.00"))
                        .charge("I-2", "1ZU38", TODAY, Charge.voided("-1.00")));
        assertThat(refund(account, "1ZU37")).isEqualTo("rejected 1.00 I-2");
        assertThat(refund(account, "1ZU38")).as("nobody billed it").isEqualTo("rejected 1.00 I-2");
        reconcile(account, new UpsFile().charge("I-3", "1ZU37", TODAY, Charge.voided("-8.42")));

        assertThat(refund(account, "1ZU37")).isEqualTo("credited 9.42 I-3");
    }

    @Test
    void what_is_here_before_its_carrier_says_how_much_it_gives_back_is_credited_by_that_word() {
        String account = account();
        sold(account, label("1ZU39"));
        asked(account, "1ZU39", "USD", new BigDecimal("9.42"), "pending");
        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZU39"));
        reconcile(account, new UpsFile().charge("I-2", "1ZU39", TODAY, Charge.voided("-5.00")));

        decided(account, "1ZU39", "7.00", "USD");
        assertThat(refund(account, "1ZU39")).isEqualTo("approved 5.00 I-2");
        decided(account, "1ZU39", "5.00", "USD");
        assertThat(refund(account, "1ZU39")).isEqualTo("credited 5.00 I-2");
    }

    @Test
    void what_a_carrier_keeps_of_a_refund_is_at_its_end_once_a_person_lets_it_for_a_reason() {
        String account = account();
        sold(account, label("1ZK40"));
        asked(account, "1ZK40", "USD", new BigDecimal("9.42"), "pending");
        overdue(account, "1ZK40");
        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZK40"));
        Reconciled part = reconcile(account, new UpsFile().charge("I-2", "1ZK40", TODAY, Charge.voided("-7.07")));
        VarianceBook.Variance credit = variance(part, "credit-received");
        assertThat(refund(account, "1ZK40")).isEqualTo("pending 7.07 I-2");
        assertThat(isOverdue(account, "1ZK40")).as("2.35 of it have not come").isTrue();

        billing.disputes().accept(credit.id(), "processing fee 2.35", Namespaces.ALL, "Joe");

        assertThat(refund(account, "1ZK40")).isEqualTo("credited 7.07 I-2");
        assertThat(row(account, "1ZK40").approved()).isEqualByComparingTo("7.07");
        assertThat(row(account, "1ZK40").words()).isEqualTo("Joe: processing fee 2.35");
        assertThat(isOverdue(account, "1ZK40")).isFalse();
        assertThat(netBilled("1ZK40")).as("what was kept is billed").isEqualByComparingTo("2.35");

        reconcile(account, new UpsFile().charge("I-3", "1ZK40", TODAY, Charge.voided("-1.00")));
        assertThat(refund(account, "1ZK40")).as("more of it came all the same").isEqualTo("credited 8.07 I-3");
    }

    @Test
    void a_fee_on_the_invoice_of_the_refund_is_owed_by_a_decision_and_one_without_a_reason_ends_nothing() {
        String account = account();
        sold(account, label("1ZK41", true), label("1ZK42", true));
        asked(account, "1ZK41", "USD", new BigDecimal("9.42"), "pending");
        asked(account, "1ZK42", "USD", new BigDecimal("9.42"), "pending");
        VarianceBook.Variance fee = variance(
                reconcile(
                        account,
                        asExpected(new UpsFile(), "I-1", "1ZK41")
                                .charge("I-1", "1ZK41", TODAY, Charge.voided("-7.07"))),
                "voided-but-billed");
        VarianceBook.Variance all =
                variance(reconcile(account, asExpected(new UpsFile(), "I-2", "1ZK42")), "voided-but-billed");
        assertThat(fee.amount()).isEqualByComparingTo("2.35");

        billing.disputes().accept(all.id(), null, Namespaces.ALL, "Joe");
        assertThat(refund(account, "1ZK42")).isEqualTo("pending 0.00 null");
        billing.disputes().writeOff(fee.id(), "a fee of 2.35", Namespaces.ALL, "Joe");

        assertThat(refund(account, "1ZK41")).isEqualTo("credited 7.07 I-1");
    }

    @Test
    void a_void_of_which_nothing_comes_is_turned_down_once_what_is_billed_is_owed_after_the_carriers_no() {
        String account = account();
        sold(account, label("1ZK43", true));
        asked(account, "1ZK43", "USD", new BigDecimal("9.42"), "pending");
        overdue(account, "1ZK43");
        Reconciled done = reconcile(account, asExpected(new UpsFile(), "I-1", "1ZK43"));
        VarianceBook.Variance billed = variance(done, "voided-but-billed");
        String dispute = dispute(billed);
        billing.disputes().reject(dispute, "voided too late", Namespaces.ALL, "Joe");
        assertThat(isOverdue(account, "1ZK43")).isTrue();

        billing.disputes().writeOff(billed.id(), "voided too late", Namespaces.ALL, "Joe");

        assertThat(refund(account, "1ZK43")).isEqualTo("rejected 0.00 null");
        assertThat(isOverdue(account, "1ZK43")).isFalse();
    }

    @Test
    void what_a_corrected_invoice_gives_back_of_a_void_ends_its_refund_once_a_person_lets_the_rest() {
        String account = account();
        sold(account, label("1ZK44", true));
        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZK44"));
        asked(account, "1ZK44", "USD", new BigDecimal("9.42"), "pending");
        overdue(account, "1ZK44");
        Reconciled corrected = reconcile(
                account,
                asExpected(new UpsFile(), "I-1", "1ZK44").charge("I-1", "1ZK44", TODAY, Charge.voided("-7.07")));
        assertThat(refund(account, "1ZK44")).isEqualTo("pending 7.07 I-1");

        billing.disputes()
                .accept(variance(corrected, "invoice-corrected").id(), "a fee of 2.35", Namespaces.ALL, "Joe");

        assertThat(refund(account, "1ZK44")).isEqualTo("credited 7.07 I-1");
        assertThat(isOverdue(account, "1ZK44")).isFalse();
    }

    @Test
    void a_refund_its_carrier_turned_down_is_overdue_no_more_once_a_person_lets_it() {
        String account = account();
        sold(account, label("1ZK45", true));
        asked(account, "1ZK45", "USD", new BigDecimal("9.42"), "pending");
        overdue(account, "1ZK45");
        ledger.commitAll(
                tx -> tx.refunds().decide(account, "1ZK45", new RefundBook.Decided("rejected", null, null, "used")));
        Reconciled done = reconcile(account, asExpected(new UpsFile(), "I-1", "1ZK45"));

        billing.disputes().accept(variance(done, "voided-but-billed").id(), "it was used", Namespaces.ALL, "Joe");

        assertThat(refund(account, "1ZK45")).isEqualTo("rejected 0.00 null");
        assertThat(row(account, "1ZK45").words()).isEqualTo("used");
        assertThat(isOverdue(account, "1ZK45")).isFalse();
    }

    @Test
    void a_tax_that_comes_back_ends_a_refund_once_a_person_lets_the_rest_and_one_that_is_charged_does_not() {
        String account = account();
        sold(account, label("1ZK46"));
        asked(account, "1ZK46", "USD", new BigDecimal("9.42"), "pending");
        overdue(account, "1ZK46");
        Reconciled charged = reconcile(account, new UpsFile().charge("I-1", "1ZK46", TODAY, tax("1.79")));
        Reconciled back = reconcile(account, new UpsFile().charge("I-2", "1ZK46", TODAY, tax("-1.79")));

        billing.disputes().accept(variance(charged, "duties-and-taxes").id(), "ours", Namespaces.ALL, "Joe");
        assertThat(isOverdue(account, "1ZK46")).isTrue();
        billing.disputes().accept(variance(back, "duties-and-taxes").id(), "no more comes", Namespaces.ALL, "Joe");

        assertThat(row(account, "1ZK46").words()).isEqualTo("Joe: no more comes");
        assertThat(isOverdue(account, "1ZK46")).isFalse();
    }

    private static Charge tax(String net) {
        return new Charge("SHP", "", "TAX", "VAT", "VAT", net);
    }

    private void overdue(String account, String number) {
        ledger.commitAll(tx ->
                tx.exceptions().open(Reason.REFUND_OVERDUE, row(account, number).id(), "acme", null, null, null, "[]"));
    }

    private boolean isOverdue(String account, String number) {
        return ledger.read(tx -> tx.exceptions()
                .isOpen(Reason.REFUND_OVERDUE, row(account, number).id()));
    }

    private BigDecimal netBilled(String number) {
        String shipment = ledger.read(tx -> tx.numbers().shipments(number)).get(0);
        return ledger.read(tx -> tx.charges().ofShipment(shipment)).stream()
                .filter(row -> row.side().equals("billed"))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void decided(String account, String number, String approved, String currency) {
        ledger.commitAll(tx -> tx.refunds()
                .decide(account, number, new RefundBook.Decided("approved", new BigDecimal(approved), currency, null)));
    }

    private void asked(
            String account, String number, @Nullable String currency, @Nullable BigDecimal paid, String state) {
        String shipment = ledger.read(tx -> tx.numbers().shipments(number)).get(0);
        ledger.commitAll(tx -> {
            tx.refunds()
                    .ask(
                            new RefundBook.Asked(
                                    "acme",
                                    account,
                                    "ups",
                                    "ord_1",
                                    "SO-" + number,
                                    shipment,
                                    number,
                                    "REF-1",
                                    false,
                                    "requested",
                                    currency,
                                    paid),
                            Duration.ofDays(1));
            tx.refunds().decide(account, number, new RefundBook.Decided(state, null, null, null));
        });
    }

    @Test
    void a_label_nobody_scanned_is_claimed_only_of_a_namespace_that_follows_its_parcels() {
        String account = "half-tracked";
        SoldLabels.put(database, "globex", account, "USD", List.of(label("1ZF01"), label("1ZF02")));
        SoldLabels.put(database, "initech", account, "USD", List.of(label("1ZF03")));
        SoldLabels.unscan(database, List.of("1ZF02", "1ZF03"));
        UpsFile file = new UpsFile();
        List.of("1ZF01", "1ZF02", "1ZF03").forEach(number -> asExpected(file, "I-1", number));

        Reconciled done = reconcile(account, file);

        assertThat(done.findings())
                .extracting(finding -> finding.rule() + " " + finding.trackingNumber())
                .containsExactly("manifested-not-shipped 1ZF02");
        assertThat(done.invoice().notChecked()).contains("scans");
        ledger.commitAll(tx -> tx.rollout()
                .set(new Switch(
                        "globex",
                        Switch.Kind.STAGE,
                        Stage.TRACKING.word(),
                        false,
                        null,
                        null,
                        true,
                        null,
                        null,
                        null,
                        "jane",
                        Instant.EPOCH,
                        null)));
        assertThat(reconcile(account, file).findings())
                .as("its tracking is off now")
                .isEmpty();
    }

    private RefundBook.Row row(String account, String number) {
        return ledger.<Optional<RefundBook.Row>>read(tx -> tx.refunds().find(account, number))
                .orElseThrow();
    }

    private String refund(String account, String number) {
        RefundBook.Row row = row(account, number);
        return row.state() + " " + row.credited().setScale(2) + " " + row.creditedBy();
    }

    @Test
    void what_a_rule_cannot_look_at_is_said_and_what_nobody_explains_is_a_number() {
        String account = account();
        sold(account, label("1Z041"));
        UpsFile file = asExpected(new UpsFile(), "I-1", "1Z041")
                .charge("I-1", "1Z041", TODAY, new Charge("ADJ", "MISC", "MSX", "X", "Something", "2.22"));

        Reconciled done = reconcile(account, file);

        assertThat(done.invoice().notChecked()).contains("fuel", "2026-W47", "guarantee", "numbers");
        assertThat(done.variance()).isEqualByComparingTo("2.22");
        assertThat(done.unexplained())
                .isEqualByComparingTo(done.variance()
                        .subtract(amounts(done).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    @Test
    void a_later_invoice_is_compared_with_nothing_that_an_earlier_one_billed() {
        String account = account();
        sold(account, label("1Z051"));
        reconcile(account, asExpected(new UpsFile(), "I-1", "1Z051"));
        Reconciled again = reconcile(account, asExpected(new UpsFile(), "I-2", "1Z051"));
        Reconciled later = reconcile(
                account, new UpsFile().charge("I-3", "1Z051", TODAY, Charge.adjusted("RADJ", "Residential", "4.15")));

        assertThat(amounts(again)).containsExactly(Map.entry("duplicate-charge", new BigDecimal("9.42")));
        assertThat(amounts(later)).containsExactly(Map.entry("residential-correction", new BigDecimal("4.15")));
        assertThat(List.of(again, later)).allSatisfy(done -> {
            assertThat(done.expected()).isEqualByComparingTo("0");
            assertThat(done.unexplained()).isEqualByComparingTo("0");
        });
    }

    @Test
    void what_a_corrected_invoice_took_back_is_billed_later_by_another_and_no_duplicate() {
        String account = account();
        sold(account, label("1ZG01"), label("1ZG02"), label("1ZG03"));
        UpsFile file = new UpsFile();
        List.of("1ZG01", "1ZG02", "1ZG03").forEach(number -> asExpected(file, "I-1", number));
        Reconciled first = reconcile(account, file);
        Reconciled corrected = reconcile(account, asExpected(new UpsFile(), "I-1", "1ZG02"));
        Reconciled later = reconcile(
                account,
                asExpected(new UpsFile(), "I-2", "1ZG01")
                        .charge("I-2", "1ZG03", TODAY, Charge.transport("8.60"))
                        .charge("I-2", "1ZG03", TODAY, Charge.fuel("0.97"))
                        .charge("I-2", "1ZG03", TODAY, Charge.extra("0.35")));
        Reconciled again = reconcile(account, asExpected(new UpsFile(), "I-3", "1ZG02"));

        assertThat(amounts(first)).isEmpty();
        assertThat(amounts(corrected)).containsExactly(Map.entry("invoice-corrected", new BigDecimal("-18.84")));
        assertThat(amounts(later))
                .containsExactly(
                        Map.entry("billed-later", new BigDecimal("18.84")),
                        Map.entry("price-differs", new BigDecimal("0.50")));
        assertThat(claimed(later)).isEqualByComparingTo("0.50");
        assertThat(amounts(again)).containsExactly(Map.entry("duplicate-charge", new BigDecimal("9.42")));
        assertThat(List.of(first, corrected, later))
                .extracting(Reconciled::variance)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(BigDecimal.ZERO, new BigDecimal("-18.84"), new BigDecimal("19.34"));
    }

    private static BigDecimal claimed(Reconciled done) {
        return done.findings().stream().map(VarianceBook.Variance::claim).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void what_a_corrected_invoice_takes_back_is_taken_back_where_it_landed() {
        String account = account();
        reconcile(account, new UpsFile().charge("I-1", "1ZH01", TODAY, Charge.transport("10.00")));
        sold(account, label("1ZH01"));

        Reconciled done = reconcile(account, new UpsFile().charge("I-1", "1ZH01", TODAY, Charge.transport("12.00")));

        assertThat(billed("1ZH01")).isEqualByComparingTo("12.00");
        assertThat(places(done))
                .containsExactlyInAnyOrder("tracking-number/null 1 12.00", "null/outside-label 1 -10.00");
        assertThat(done.expected()).isEqualByComparingTo("9.42");
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        reconcile(account, new UpsFile().charge("I-1", "1ZH01", TODAY, Charge.transport("11.00")));
        assertThat(billed("1ZH01")).isEqualByComparingTo("11.00");
    }

    @Test
    void of_lines_that_say_the_same_each_is_taken_back_once_where_it_landed() {
        String account = account();
        Reconciled first = reconcile(account, alike(2, "1x1x1"));
        reconcile(account, alike(1, "1x1x1"));
        first.findings() // so that the one left stays where nobody knew it
                .forEach(finding -> billing.disputes().dispute(finding.id(), null, Namespaces.ALL, "Ann"));
        sold(account, label("1ZH04"));
        reconcile(account, alike(2, "2x2x2"));
        assertThat(billed("1ZH04")).as("the one that came back").isEqualByComparingTo("3.00");

        reconcile(account, alike(1, "2x2x2"));
        assertThat(billed("1ZH04")).isEqualByComparingTo("0");
        Reconciled last = reconcile(account, asExpected(new UpsFile(), "I-1", "1ZH05"));

        assertThat(billed("1ZH04")).as("the last one is where nobody knew it").isEqualByComparingTo("0");
        assertThat(places(last)).containsExactly("null/outside-label 4 6.42");
    }

    /** @param dimensions make it other bytes that say the same */
    private static UpsFile alike(int lines, String dimensions) {
        UpsFile file = new UpsFile();
        IntStream.range(0, lines)
                .forEach(n -> file.charge("I-1", "1ZH04", TODAY, Charge.transport("3.00"))
                        .with(33, dimensions));
        return file;
    }

    @Test
    void what_was_found_by_its_order_is_taken_back_there_also_once_the_order_has_another_shipment() {
        String account = account();
        sold(account, label("1ZH02"));
        UpsFile file = new UpsFile().charge("I-1", "1ZALIEN", TODAY, Charge.transport("3.00"));
        UpsFile first = new UpsFile()
                .charge("I-1", "1ZALIEN", TODAY, Charge.transport("3.00"))
                .charge("I-1", "", TODAY, Charge.adjusted("RADJ", "Residential", "10.00"))
                .with(22, "SO-1ZH02");
        reconcile(account, first);
        assertThat(billed("1ZH02")).isEqualByComparingTo("10.00");
        Label beside = new Label("SO-1ZH02", "1ZH03", DAY, label("x").parts(), false);
        SoldLabels.put(database, "globex", account, "USD", List.of(beside));

        Reconciled done = reconcile(account, file);

        assertThat(places(done)).containsExactly("customer-reference/null 1 -10.00");
        assertThat(billed("1ZH02")).isEqualByComparingTo("0");
    }

    private static List<String> places(Reconciled done) {
        return done.places().stream()
                .map(place -> place.matchRule() + "/" + place.bucket() + " " + place.lines() + " "
                        + place.amount().setScale(2))
                .toList();
    }

    private BigDecimal billed(String tracking) {
        String shipment = ledger.read(tx -> tx.numbers().shipments(tracking)).get(0);
        return ledger.read(tx -> tx.charges().ofShipment(shipment)).stream()
                .filter(row -> row.side().equals("billed"))
                .map(ChargeBook.Row::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Test
    void a_number_used_again_is_the_nearest_shipment_and_one_too_old_is_none() {
        String account = account();
        Label old = new Label("SO-OLD", "1Z061", DAY.minusDays(170), label("x").parts(), false);
        Label now = new Label("SO-NEW", "1Z061", DAY.minusDays(2), label("x").parts(), false);
        Label ancient =
                new Label("SO-ANC", "1Z062", DAY.minusDays(190), label("x").parts(), false);
        sold(account, old, now, ancient);

        Reconciled done = reconcile(account, asExpected(asExpected(new UpsFile(), "I-1", "1Z061"), "I-1", "1Z062"));

        assertThat(done.findings())
                .extracting(VarianceBook.Variance::trackingNumber)
                .containsOnly("1Z062");
        assertThat(orders(done)).containsOnly("SO-NEW");
    }

    @Test
    void a_number_used_again_is_the_label_bought_before_the_line_and_a_later_one_only_where_there_is_none() {
        String account = account();
        Map<String, BigDecimal> parts = label("x").parts();
        sold(
                account,
                new Label("SO-BEFORE", "1Z063", DAY.minusDays(9), parts, false),
                new Label("SO-AFTER", "1Z063", DAY.plusDays(4), parts, false),
                new Label("SO-EVE", "1Z064", DAY.plusDays(2), parts, false),
                new Label("SO-OLDER", "1Z064", DAY.minusDays(9), parts, false),
                new Label("SO-LATER", "1Z065", DAY.plusDays(20), parts, false));
        UpsFile file = new UpsFile();
        for (String tracking : List.of("1Z063", "1Z064", "1Z065")) {
            file.charge("I-1", tracking, TODAY, Charge.transport("8.10"));
        }

        assertThat(orders(reconcile(account, file))).containsExactly("SO-BEFORE", "SO-EVE", "SO-LATER");
    }

    @Test
    void a_cross_reference_of_fedex_is_looked_up_with_its_prefix_and_as_it_stands() throws Exception {
        String account = account();
        contract(account, "currency: USD\n");
        sold(account, label("96120199007"), label("99008"));
        String file =
                "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                        + "Tracking ID Charge Description,Tracking ID Charge Amount,CrossRefTrackingID Prefix,"
                        + "CrossRefTrackingID\n"
                        + "1,20261121,8-010,16.20,,777001,8.10,8.10,20261116,,,961201,99007\n"
                        + "1,20261121,8-010,16.20,,777002,8.10,8.10,20261116,,,961201,99008\n";

        Taken taken = take(account, "fedex", file.getBytes(StandardCharsets.UTF_8));

        assertThat(orders(billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10)))
                .containsExactly("SO-96120199007", "SO-99008");
    }

    private List<String> orders(Reconciled done) {
        return ledger.read(tx -> tx.invoiceLines().lines(done.invoice().id(), 1, 10)).stream()
                .filter(line -> line.shipmentUid() != null)
                .map(line -> ledger.read(tx -> tx.charges().ofShipment(line.shipmentUid()))
                        .get(0)
                        .orderId())
                .toList();
    }

    @Test
    void a_reference_finds_its_order_but_never_for_a_label_that_is_another() {
        String account = account();
        sold(account, label("1Z071"), label("1Z072"));
        UpsFile file = asExpected(new UpsFile(), "I-1", "1Z071");
        file.charge("I-1", "", TODAY, Charge.adjusted("RADJ", "Residential", "4.15"))
                .with(22, "PO-SO-1Z072");
        file.charge("I-1", "1ZOTHER", TODAY, Charge.transport("3.33")).with(22, "SO-1Z071");

        Reconciled done = reconcile(account, file);

        assertThat(done.places().stream().map(place -> place.matchRule() + "/" + place.bucket() + " " + place.lines()))
                .containsExactlyInAnyOrder(
                        "tracking-number/null 3", "customer-reference/null 1", "null/outside-label 1");
    }

    @Test
    void what_is_billed_of_a_shipment_the_hub_knows_no_label_of_has_its_row_in_the_crosswalk() throws Exception {
        String account = account();
        sold(account, label("1Z074"), label("1Z075"));
        try (Connection store = DriverManager.getConnection(database.url(), database.user(), database.password());
                PreparedStatement unresolved = store.prepareStatement(
                        "UPDATE shipment SET state = 'REVIEW' WHERE account = ? AND order_uid IN (SELECT id FROM orders WHERE order_id = 'SO-1Z075')")) {
            unresolved.setString(1, account);
            assertThat(unresolved.executeUpdate()).isOne();
        }

        Reconciled done = reconcile(account, asExpected(asExpected(new UpsFile(), "I-1", "1Z074"), "I-1", "1Z075"));

        List<String> rows = ledger.read(tx -> tx.money().crosswalk(Namespaces.ALL, account, "", 10)).stream()
                .map(MoneyBook.Shipped::shipment)
                .toList();
        BigDecimal billed = ledger.read(tx -> tx.money().sums(rows)).stream()
                .map(MoneyBook.Sums::billed)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(billed).isEqualByComparingTo(done.billed());
    }

    @Test
    void a_file_that_is_not_what_it_is_said_to_be_is_refused_with_row_and_column() {
        String account = account();
        String ups = asExpected(new UpsFile(), "I-1", "1Z081").text(',');

        assertThat(refused(account, "fedex", ups)).singleElement().asString().contains("fedex", "ups");
        assertThat(refused(account, "ups", "a,b,c\n1,2,3\n"))
                .singleElement()
                .asString()
                .contains("nov.csv", "row 1");
        assertThat(refused(account, "dhl-express", "\"Line Type\";\"Billing Account\";\"XC1 Code\"\nI;1;FF\n"))
                .anySatisfy(problem -> assertThat(problem).contains("Invoice Number"))
                .hasSizeGreaterThan(3);
        assertThat(refused(account, "ups", ups.replaceFirst("1Z081,,", "1.79E+17,,")))
                .isNotEmpty();
        assertThat(refused(account, "ups", ups.replaceFirst(",8\\.10,", ",8.1E+00,")))
                .anySatisfy(problem -> assertThat(problem).contains("row 1", "Net Amount", "8.1E+00"));
        assertThat(refused(account, "ups", ups.replaceFirst("USD,0\\.97|USD,,0\\.97", "EUR,,0.97")))
                .isNotEmpty();
        assertThat(refused(account, "ups", ups.replaceAll("2026-11-16", "16. Nov 2026")))
                .anySatisfy(problem -> assertThat(problem).contains("Transaction Date", "16. Nov 2026"));
    }

    @Test
    void of_an_account_nobody_knows_no_more_is_claimed_than_the_bill_charges_for_a_number() throws Exception {
        String account = account();
        contract(account, "numbers: [0000A1B2C3]\n");
        UpsFile file = new UpsFile()
                .charge("I-1", "1Z0OTHER", TODAY, Charge.transport("8.10"))
                .with(3, "0000ZZZZZZ")
                .charge("I-1", "1Z0OTHER", TODAY, Charge.voided("-3.00"))
                .with(3, "0000ZZZZZZ");

        assertThat(reconcile(account, file).findings())
                .extracting(finding -> finding.rule() + " " + finding.claim().setScale(2))
                .containsExactlyInAnyOrder("unknown-account 5.10", "unknown-account 0.00");

        UpsFile corrected = new UpsFile()
                .charge("I-1", "1Z0OTHER", TODAY, Charge.transport("9.00"))
                .with(3, "0000ZZZZZZ")
                .charge("I-1", "1Z0OTHER", TODAY, Charge.voided("-3.00"))
                .with(3, "0000ZZZZZZ");
        assertThat(reconcile(account, corrected).findings())
                .as("what the correction adds")
                .extracting(finding -> finding.rule() + " " + finding.claim().setScale(2))
                .containsExactlyInAnyOrder("unknown-account 0.90", "unknown-account 0.00");
    }

    @Test
    void who_brought_an_invoice_does_not_approve_it_and_what_nobody_approved_is_not_posted() {
        String account = account();
        sold(account, label("1Z091"));
        String id = reconcile(account, asExpected(new UpsFile(), "I-1", "1Z091"))
                .invoice()
                .id();

        assertThat(refusal(() -> billing.approve(id, Namespaces.ALL, "Jane"))).isEqualTo("invoice-own-approval");
        assertThat(refusal(() -> billing.post(id, Namespaces.ALL, "Joe"))).isEqualTo("invoice-not-approved");
        assertThat(billing.approve(id, Namespaces.ALL, "Joe").state()).isEqualTo("APPROVED");
        assertThat(refusal(() -> billing.approve(id, Namespaces.ALL, "Ann"))).isEqualTo("invoice-not-matched");
        assertThat(billing.post(id, Namespaces.ALL, "Ann").state()).isEqualTo("POSTED");
        List<JournalBook.Line> entry =
                ledger.read(tx -> tx.journal().lines(Namespaces.ALL, "INV-" + account + "-I-1-1", "", 0, 100));
        assertThat(entry).hasSize(4);
        assertThat(entry.stream()
                        .map(line -> line.debit().subtract(line.credit()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
        assertThat(entry.get(3).credit()).isEqualByComparingTo("9.42");
        assertThat(entry)
                .extracting(JournalBook.Line::glAccount)
                .containsExactly("620000", "621000", "620000", "210000");
        assertThat(refusal(() -> billing.post(id, Namespaces.ALL, "Ann"))).isEqualTo("invoice-not-approved");
        assertThat(refusal(() -> billing.post(id, Namespaces.of(Set.of("other")), "Ann")))
                .isEqualTo("invoice-not-found");
    }

    @Test
    void a_file_that_says_no_currency_is_told_so_once() {
        String columns = Columns.of("fedex", ',');
        List<String> told = refused(account(), "fedex", columns + "123456789\n987654321\n");
        assertThat(told).singleElement().asString().contains("files of fedex do not say their currency");
    }

    @Test
    void a_fedex_file_puts_its_numbers_together_and_every_row_proves_itself() throws Exception {
        String account = account();
        contract(account, "currency: USD\n");
        SoldLabels.put(database, account, "USD", List.of(label("9612019001")));
        String head =
                "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                        + "Tracking ID Charge Description,Tracking ID Charge Amount,Tracking ID Charge Description,"
                        + "Tracking ID Charge Amount\n";
        String rows =
                "123456789,20261121,8-001,27.42,961201,9001,8.10,9.42,20261116,Fuel Surcharge,0.97,Residential,0.35\n"
                        + "123456789,20261121,8-001,27.42,961201,9001,0,18.00,20261116,Address Correction,18.00,,\n";

        Taken taken = take(account, "fedex", (head + rows).getBytes(StandardCharsets.UTF_8));
        Reconciled done = billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10);

        assertThat(done.billed()).isEqualByComparingTo("27.42");
        assertThat(amounts(done)).containsExactly(Map.entry("address-correction", new BigDecimal("18.00")));
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        String other = account();
        contract(other, "currency: USD\n");
        assertThat(refused(other, "fedex", head + rows.replaceFirst("0.97", "0.79")))
                .singleElement()
                .asString()
                .contains("row 2", "Net Charge Amount", "9.42", "9.24");
        assertThat(refused(account(), "fedex", head + rows))
                .allSatisfy(said -> assertThat(said).contains("currency"));
    }

    @Test
    void what_fedex_takes_off_a_price_is_a_discount_by_whichever_name_and_no_credit() throws Exception {
        String account = account();
        contract(account, "currency: USD\n");
        Map<String, BigDecimal> parts = new LinkedHashMap<>();
        parts.put("shipping", new BigDecimal("13.50"));
        parts.put("discount", new BigDecimal("-5.40"));
        parts.put("additional_fees", new BigDecimal("0.35"));
        SoldLabels.put(database, account, "USD", List.of(new Label("SO-FDX1", "1ZFDX01", DAY, parts, false)));
        String charge = ",Tracking ID Charge Description,Tracking ID Charge Amount";
        String head =
                "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date"
                        + charge.repeat(3) + "\n";
        String row = "123456789,20261121,8-011,9.05,,1ZFDX01,13.50,9.05,20261116,"
                + "Performance Pricing,-4.00,Earned Discount,-1.40,Residential,0.95\n";

        Taken taken = take(account, "fedex", (head + row).getBytes(StandardCharsets.UTF_8));
        Reconciled done = billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10);

        assertThat(done.findings())
                .extracting(
                        one -> one.rule() + " " + Amounts.plain(one.amount()) + " claim " + Amounts.plain(one.claim()))
                .containsExactly("price-differs 0.60 claim 0.60");
        String shipment = ledger.read(tx -> tx.numbers().shipments("1ZFDX01")).get(0);
        assertThat(ledger.read(tx -> tx.money().sums(List.of(shipment))).get(0).refunded())
                .isEqualByComparingTo("0");
    }

    @Test
    void a_credit_is_what_is_given_back_less_the_discount_that_is_taken_back_with_it() throws Exception {
        String before = account();
        contract(before, "currency: USD\n");
        Map<String, VarianceBook.Variance> open = twiceBilled(before, "1ZFDX02");
        String address = dispute(open.get("address-correction"));
        String twice = dispute(open.get("duplicate-charge"));
        take(before, "fedex", fedex("8-023", "1ZFDX02", "-13.50", "Discount,5.40,,", "-8.10"));
        assertThat(credited(twice)).isEqualTo("8.10");
        assertThat(credited(address)).isEqualTo("0.00");

        String after = account();
        contract(after, "currency: USD\n");
        Map<String, VarianceBook.Variance> late = twiceBilled(after, "1ZFDX03");
        take(after, "fedex", fedex("8-023", "1ZFDX03", "-13.50", "Discount,5.40,,", "-8.10"));
        assertThat(credited(dispute(late.get("duplicate-charge")))).isEqualTo("8.10");
        assertThat(credited(dispute(late.get("address-correction"))))
                .as("none of it is left")
                .isEqualTo("0.00");
        String shipment = ledger.read(tx -> tx.numbers().shipments("1ZFDX03")).get(0);
        assertThat(ledger.read(tx -> tx.money().sums(List.of(shipment))).get(0).refunded())
                .isEqualByComparingTo("-8.10");
    }

    /** A parcel billed with an address correction, and all over again. */
    private Map<String, VarianceBook.Variance> twiceBilled(String account, String tracking) {
        Map<String, BigDecimal> parts = new LinkedHashMap<>();
        parts.put("shipping", new BigDecimal("13.50"));
        parts.put("discount", new BigDecimal("-5.40"));
        SoldLabels.put(database, account, "USD", List.of(new Label("SO-" + tracking, tracking, DAY, parts, false)));
        byte[] first = fedex("8-021", tracking, "13.50", "Discount,-5.40,Address Correction,18.00", "26.10");
        byte[] again = fedex("8-022", tracking, "13.50", "Discount,-5.40,,", "8.10");
        return Stream.of(first, again)
                .map(file ->
                        take(account, "fedex", file).invoices().get(0).row().id())
                .flatMap(id -> billing.reconciled(id, Namespaces.ALL, 10).findings().stream())
                .collect(Collectors.toMap(VarianceBook.Variance::rule, finding -> finding));
    }

    private static byte[] fedex(String invoice, String tracking, String transport, String charges, String net) {
        String charge = ",Tracking ID Charge Description,Tracking ID Charge Amount";
        return ("Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date"
                        + charge.repeat(2) + "\n123456789,20261121," + invoice + "," + net + ",," + tracking + ","
                        + transport + "," + net + ",20261116," + charges + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String credited(String dispute) {
        return Amounts.plain(billing.disputes().find(dispute, Namespaces.ALL).credited());
    }

    @Test
    void a_currency_handed_over_with_a_file_is_one_of_iso_4217_or_the_file_is_refused() {
        String account = account();
        byte[] file =
                ("Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                                + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                                + "Tracking ID Charge Description,Tracking ID Charge Amount\n"
                                + "123456789,20261121,8-003,8.10,,961201,8.10,8.10,20261116,,\n")
                        .getBytes(StandardCharsets.UTF_8);

        for (String wrong : List.of("usd", "EURO", "$")) {
            Handed handed = new Handed("nov.csv", Content.of(file), "fedex", account, wrong, "Jane");
            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> billing.take(handed, Namespaces.ALL));
            assertThat(refused).as(wrong).isNotNull();
            assertThat(refused.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo("invoice-bad-currency");
                assertThat(problem.toString()).contains("currency", wrong, "USD");
            });
        }
        assertThat(billing.list(Namespaces.ALL, account, null, 10)).isEmpty();
        Handed right = new Handed("nov.csv", Content.of(file), "fedex", account, "EUR", "Jane");
        assertThat(billing.take(right, Namespaces.ALL).invoices())
                .singleElement()
                .satisfies(invoice -> assertThat(invoice.row().currency()).isEqualTo("EUR"));
        Handed other = new Handed("nov.csv", Content.of(file), "fedex", account, "CAD", "Jane");
        assertThat(catchThrowableOfType(ProblemException.class, () -> billing.take(other, Namespaces.ALL))
                        .problems())
                .as("the same bytes said to be in another currency are not the invoice on record")
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo("invoice-two-currencies"));
    }

    @Test
    void a_tax_of_fedex_is_owed_and_a_tax_of_the_books_and_what_is_paid_at_a_border_is_its_own() throws Exception {
        String account = account();
        contract(account, "currency: USD\n");
        sold(account, label("1Z092"));
        Path books = Files.createDirectories(folder.resolve("fedex-taxed"));
        Files.writeString(books.resolve("gl.csv"), """
                carrier,account,kind,type,costCenter,glAccount,taxCode
                *,*,payable,*,*,210000,
                *,*,duty_tax,tax,*,157600,V1
                *,*,duty_tax,*,*,625000,
                *,*,*,*,CC-1,620001,
                """);
        String charge = ",Tracking ID Charge Description,Tracking ID Charge Amount";
        String file =
                "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                        + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date"
                        + charge.repeat(6)
                        + "\n123456789,20261121,8-009,23.42,,1Z092,8.10,23.42,20261116,Fuel Surcharge,0.97,Residential,0.35,"
                        + "VAT,1.79,Canada GST,0.21,Customs Duty,7.00,Customs VAT,5.00\n";

        Taken taken = take(account, "fedex", file.getBytes(StandardCharsets.UTF_8));
        String id = taken.invoices().get(0).row().id();
        Reconciled done = billing.reconciled(id, Namespaces.ALL, 10);

        assertThat(amounts(done)).containsExactly(Map.entry("duties-and-taxes", new BigDecimal("14.00")));
        assertThat(done.findings())
                .allSatisfy(finding -> assertThat(finding.claim()).isEqualByComparingTo("0"));
        Billing posting = on(ledger, books.resolve("gl.csv"));
        posting.approve(id, Namespaces.ALL, "Joe");
        posting.post(id, Namespaces.ALL, "Joe");
        List<JournalBook.Line> entry =
                ledger.read(tx -> tx.journal().lines(Namespaces.ALL, "INV-" + account + "-8-009-1", "", 0, 100));
        assertThat(entry.stream()
                        .filter(line -> line.debit().signum() > 0)
                        .map(line -> line.glAccount() + " " + line.debit().setScale(2) + " " + line.taxCode() + " "
                                + (line.taxAmount() == null
                                        ? ""
                                        : line.taxAmount().setScale(2))))
                .containsExactly(
                        "620001 8.10 null ",
                        "620001 0.97 null ",
                        "620001 0.35 null ",
                        "157600 1.79 V1 1.79",
                        "157600 0.21 V1 0.21",
                        "625000 7.00 null ",
                        "625000 5.00 null ");
    }

    @Test
    void a_dhl_file_tells_its_total_on_the_row_of_the_invoice() {
        String account = account();
        sold(account, label("JD0014"));
        String head =
                "Line Type;Invoice Number;Invoice Date;Billing Account;Shipment Number;Shipment Date;Currency;Total"
                        + " Amount;Total Tax;Weight Charge;XC1 Code;XC1 Name;XC1 Charge;XC1 Discount;XC2 Code;XC2 Name;XC2"
                        + " Charge\n";
        String shipment = "S;FRA01;20261121;4001;JD0014;20261116;USD;9,42;;8,10;FF;FUEL SURCHARGE;1,00;0,03;YY;OVER"
                + " WEIGHT;0,35\n";
        String invoice = "I;FRA01;20261121;4001;;;USD;9,42;;;;;;;;;\n";

        assertThat(refused(account, "dhl-express", head + shipment + invoice.replace("9,42", "9,43")))
                .singleElement()
                .asString()
                .contains("FRA01", "9.42", "9.43");
        Taken taken = take(account, "dhl-express", (head + shipment + invoice).getBytes(StandardCharsets.UTF_8));
        Reconciled done = billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10);

        assertThat(done.invoice().statedTotal()).isEqualByComparingTo("9.42");
        assertThat(done.lines()).isEqualTo(3);
        assertThat(done.variance()).isEqualByComparingTo("0");
    }

    @Test
    void an_invoice_that_comes_to_nothing_is_paid_like_any_other_and_dates_may_have_dots() {
        String account = account();
        String head = "Line Type;Invoice Number;Invoice Date;Billing Account;Shipment Number;Shipment Date;Currency;"
                + "Total Amount;Total Tax;Weight Charge;XC1 Code;XC1 Charge\n";
        String two = "I;MUC01;21.11.2026;4001;;;EUR;1.012,50;;;;\nS;MUC01;21.11.2026;4001;JD0024;16.11.2026;EUR;"
                + "1.012,50;0;1.012,50;;\nI;MUC02;21.11.2026;4001;;;EUR;0,00;;;;\n";

        Taken taken = take(account, "dhl-express", (head + two).getBytes(StandardCharsets.UTF_8));

        assertThat(taken.invoices()).hasSize(2).allSatisfy(invoice -> {
            assertThat(invoice.row().invoiceDate()).isEqualTo(LocalDate.of(2026, 11, 21));
            String id = invoice.row().id();
            billing.approve(id, Namespaces.ALL, "Adam");
            billing.post(id, Namespaces.ALL, "Adam");
            assertThat(billing.disputes().pay(id, Namespaces.ALL, "Adam").state())
                    .isEqualTo("PAID");
        });
        assertThat(refused(account(), "dhl-express", (head + two).replace("21.11.2026", "21.11/2026")))
                .allSatisfy(said -> assertThat(said).contains("Invoice Date", "24.11.2026"));
    }

    @Test
    void what_dhl_lays_out_at_a_border_is_a_duty_and_its_fee_for_it_is_none() {
        String account = account();
        sold(account, label("JD0015"));
        String file =
                "Line Type;Invoice Number;Invoice Date;Billing Account;Shipment Number;Shipment Date;Currency;Total"
                        + " Amount;Total Tax;Weight Charge;XC1 Code;XC1 Name;XC1 Charge;XC2 Code;XC2 Name;XC2 Charge;XC3 Code;XC3"
                        + " Name;XC3 Charge\n"
                        + "S;FRA02;20261121;4001;JD0015;20261116;USD;47,10;;8,10;XB;IMPORT EXPORT DUTIES;12,00;XX;IMPORT EXPORT"
                        + " TAXES;10,00;DD;DUTY TAX PAID;17,00\n"
                        + "I;FRA02;20261121;4001;;;USD;47,10;;;;;;;;;;;\n";

        Taken taken = take(account, "dhl-express", file.getBytes(StandardCharsets.UTF_8));
        String id = taken.invoices().get(0).row().id();

        assertThat(billing.reconciled(id, Namespaces.ALL, 10).rules())
                .filteredOn(rule -> rule.ruleName().equals("duties-and-taxes"))
                .singleElement()
                .satisfies(rule -> assertThat(rule.amount()).isEqualByComparingTo("22.00"));
        assertThat(words(id))
                .containsExactly(
                        "label_charge shipping 8.10",
                        "duty_tax duties_and_taxes 12.00",
                        "duty_tax duties_and_taxes 10.00",
                        "label_charge additional_fees 17.00");
    }

    @Test
    void in_a_credit_note_of_dhl_a_discount_is_less_that_is_given_back() {
        String account = account();
        sold(account, label("JD0016"));
        String file =
                "Line Type;Invoice Number;Invoice Date;Billing Account;Shipment Number;Shipment Date;Currency;Total"
                        + " Amount;Total Tax;Weight Charge;XC1 Code;XC1 Name;XC1 Charge;XC1 Discount;Discount 1;Discount 1 Amount\n"
                        + "S;FRA03;20261121;4001;JD0016;20261116;USD;-9,00;;-10,00;FF;FUEL SURCHARGE;-1,20;0,20;Volume;2,00\n"
                        + "I;FRA03;20261121;4001;;;USD;-9,00;;;;;;;;\n";

        Taken taken = take(account, "dhl-express", file.getBytes(StandardCharsets.UTF_8));

        assertThat(words(taken.invoices().get(0).row().id()))
                .containsExactly("refund shipping -10.00", "refund fuel_charge -1.00", "refund discount 2.00");
    }

    @Test
    void a_charge_of_ups_that_names_a_parcel_is_no_fee_of_the_account_and_a_positive_correction_no_credit() {
        String account = account();
        sold(account, label("1Z0B1"));
        UpsFile file = new UpsFile()
                .charge("I-1", "1Z0B1", TODAY, new Charge("MIS", "", "ACC", "PLD", "Missing PLD Fee", "1.00"))
                .charge("I-1", "", TODAY, new Charge("MIS", "", "ACC", "X", "Paper Invoice", "2.00"))
                .charge("I-1", "1Z0B1", TODAY, new Charge("MIS", "", "MSC", "SVC", "Weekly Service Charge", "3.00"))
                .charge("I-1", "1Z0B1", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Adjusted", "4.00"))
                .charge("I-1", "1Z0B1", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Adjusted", "-5.00"));

        assertThat(words(reconcile(account, file).invoice().id()))
                .containsExactly(
                        "label_charge additional_fees 1.00",
                        "account_fee additional_fees 2.00",
                        "account_fee admin_fee 3.00",
                        "adjustment shipping 4.00",
                        "refund shipping -5.00");
    }

    private List<String> words(String invoice) {
        return ledger.read(tx -> tx.invoiceLines().lines(invoice, 1, 10)).stream()
                .map(line -> line.words().kind() + " " + line.words().type() + " "
                        + line.words().amount().setScale(2))
                .toList();
    }

    @Test
    void a_file_that_is_not_utf_8_is_read_as_windows_writes_it() {
        String account = account();
        sold(account, label("1Z0C1"));
        String text =
                asExpected(new UpsFile(), "I-1", "1Z0C1").with(46, "Domicílio").text(',');

        Taken taken = take(account, "ups", text.getBytes(Charset.forName("windows-1252")));

        assertThat(ledger.<List<InvoiceLineBook.Line>>read(tx ->
                        tx.invoiceLines().lines(taken.invoices().get(0).row().id(), 3, 1)))
                .singleElement()
                .satisfies(line -> assertThat(line.words().carrierText()).isEqualTo("Domicílio"));
    }

    @Test
    void cells_parted_by_tabs_are_read_as_a_spreadsheet_saves_them() {
        String account = account();
        sold(account, label("1Z0T1"));
        String text = asExpected(new UpsFile(), "I-1", "1Z0T1")
                .with(46, "Residential, remote")
                .text('\t');
        Taken taken = take(account, "ups", ('\uFEFF' + text).getBytes(StandardCharsets.UTF_16LE));

        assertThat(ledger.<List<InvoiceLineBook.Line>>read(tx ->
                        tx.invoiceLines().lines(taken.invoices().get(0).row().id(), 3, 1)))
                .singleElement()
                .satisfies(line -> assertThat(line.words().carrierText()).isEqualTo("Residential, remote"));
    }

    @Test
    void cells_parted_by_tabs_may_have_their_decimals_after_a_comma() {
        String account = account();
        sold(account, label("1Z0T9"));
        String text = asExpected(new UpsFile(), "I-1", "1Z0T9")
                .text('\t')
                .replaceAll("\t(\\d+)\\.(\\d\\d)(?=[\t\n])", "\t$1,$2");
        assertThat(text).contains("\t8,10\t");

        Taken taken = take(account, "ups", text.getBytes(StandardCharsets.UTF_8));

        String first = taken.invoices().get(0).row().id();
        assertThat(ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(first, 0, 1)))
                .singleElement()
                .satisfies(line -> assertThat(line.words().amount()).isEqualByComparingTo("8.10"));
        assertThatThrownBy(() -> take(
                        account, "ups", text.replace("\t8,10\t", "\t8,100\t").getBytes(StandardCharsets.UTF_8)))
                .as("eight thousand one hundred to some")
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("8,100");
    }

    @Test
    void a_header_in_other_capitals_names_the_same_columns() {
        for (Paper paper : List.of(new FedexPaper(), new DhlPaper())) {
            paper.add(new Paper.Row(
                    "I-CAPS",
                    "9612001234567",
                    LocalDate.of(2026, 11, 16),
                    null,
                    false,
                    "2",
                    "2",
                    false,
                    "005",
                    List.of(
                            new Paper.Item(Paper.What.TRANSPORT, new BigDecimal("6.00"), new BigDecimal("10.00")),
                            Paper.Item.of(Paper.What.FUEL, new BigDecimal("0.72")))));
            String text = new String(paper.bytes(), StandardCharsets.UTF_8);
            String header = text.substring(0, text.indexOf('\n'));
            String account = account();
            InvoiceRow known = inDollars(account, paper, text).row();

            for (String other : List.of(header.toUpperCase(Locale.ROOT), header.toLowerCase(Locale.ROOT))) {
                Taken.Invoice again = inDollars(account, paper, text.replace(header, other));

                assertThat(again.again())
                        .as(paper.layout() + ": every line is the same")
                        .isTrue();
                assertThat(again.row().id()).isEqualTo(known.id());
            }
        }
    }

    private Taken.Invoice inDollars(String account, Paper paper, String text) {
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        Taken taken =
                billing.take(new Handed("nov.csv", content, paper.layout(), account, "USD", "Jane"), Namespaces.ALL);
        return taken.invoices().get(0);
    }

    @Test
    void a_number_that_a_spreadsheet_was_told_to_keep_as_text_is_the_number() {
        String text = asExpected(new UpsFile(), "I-1", "1Z0T2").text(',').replace(",1Z0T2,", ",'1Z0T2,")
                + asExpected(new UpsFile(), "I-2", "1Z0T3").text(',').replace(",1Z0T3,", ",\"=\"\"1Z0T3\"\"\",");

        Taken taken = take(account(), "ups", text.getBytes(StandardCharsets.UTF_8));

        assertThat(taken.invoices())
                .flatExtracting(one -> ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(one.row().id(), 0, 9)))
                .extracting(line -> line.words().trackingNumber())
                .containsOnly("1Z0T2", "1Z0T3");
    }

    @Test
    void a_reference_that_a_spreadsheet_was_told_to_keep_as_text_finds_its_order() {
        String account = account();
        sold(account, label("1Z0T4"), label("1Z0T5"));
        String text = new UpsFile()
                .charge("I-1", "", TODAY, Charge.transport("8.10"))
                .with(16, "'SO-1Z0T4")
                .charge("I-1", "", TODAY, Charge.transport("8.10"))
                .with(16, "\"=\"\"SO-1Z0T5\"\"\"")
                .text(',');

        Taken taken = take(account, "ups", text.getBytes(StandardCharsets.UTF_8));

        assertThat(places(billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 100)))
                .containsExactly("customer-reference/null 2 16.20");
    }

    @Test
    void what_a_corrected_invoice_takes_back_is_no_refund_and_the_entry_is_the_one_posted_last() {
        String account = account();
        sold(account, label("1Z0D1"));
        reconcile(account, new UpsFile().charge("I-9", "1Z0D1", TODAY, Charge.transport("9.99")));
        reconcile(account, new UpsFile().charge("I-9", "1Z0D1", TODAY, Charge.transport("8.10")));
        reconcile(
                account,
                new UpsFile()
                        .charge("I-10", "1Z0D1", TODAY, Charge.fuel("0.97"))
                        .charge("I-10", "1Z0D1", TODAY, new Charge("ADJ", "CADJ", "FRT", "3", "Credit", "-1.00")));
        List<InvoiceRow> invoices = billing.list(Namespaces.ALL, account, null, 10).stream()
                .sorted(Comparator.comparing(InvoiceRow::id))
                .toList();
        invoices.forEach(invoice -> {
            billing.approve(invoice.id(), Namespaces.ALL, "Joe");
            billing.post(invoice.id(), Namespaces.ALL, "Joe");
        });

        MoneyBook.Shipped row = ledger.read(tx -> tx.money().crosswalk(Namespaces.ALL, account, "", 10))
                .get(0);
        assertThat(ledger.<List<MoneyBook.Sums>>read(tx -> tx.money().sums(List.of(row.shipment()))))
                .singleElement()
                .satisfies(sums -> {
                    assertThat(sums.journalEntry()).isEqualTo("INV-" + account + "-I-10-1");
                    assertThat(sums.refunded()).isEqualByComparingTo("-1.00");
                    assertThat(sums.billed()).isEqualByComparingTo("8.07");
                });
    }

    @Test
    void a_credit_that_a_corrected_invoice_says_no_more_is_no_refund() {
        String account = account();
        sold(account, label("1Z0D2"));
        UpsFile credited = asExpected(new UpsFile(), "I-9", "1Z0D2")
                .charge("I-9", "1Z0D2", TODAY, Charge.voided("-8.10"))
                .charge("I-9", "1Z0D2", TODAY, new Charge("ADJ", "CADJ", "FSC", "FSC", "Credit", "-0.97"));
        reconcile(account, credited);
        String shipment = ledger.read(tx -> tx.numbers().shipments("1Z0D2")).get(0);
        assertThat(refunded(shipment)).isEqualTo("-9.07");

        reconcile(account, asExpected(new UpsFile(), "I-9", "1Z0D2"));

        assertThat(refunded(shipment)).isEqualTo("0.00");
    }

    private String refunded(String shipment) {
        return Amounts.plain(
                ledger.read(tx -> tx.money().sums(List.of(shipment))).get(0).refunded());
    }

    @Test
    void any_other_bill_comes_by_a_mapping() throws Exception {
        String account = account();
        Map<String, BigDecimal> parts = Map.of("shipping", new BigDecimal("43.12"));
        SoldLabels.put(database, account, "CNY", List.of(new Label("SO-2001", "LP26110001", DAY, parts, false)));
        byte[] bill = Files.readAllBytes(Path.of("mappings/label-platform-bill/november.csv"));

        Taken taken = take(account, "label-platform-bill", bill);
        Reconciled done = billing.reconciled(taken.invoices().get(0).row().id(), Namespaces.ALL, 10);

        assertThat(done.invoice().number()).isEqualTo("nov");
        assertThat(done.invoice().currency()).isEqualTo("CNY");
        assertThat(done.billed()).isEqualByComparingTo("112.66");
        assertThat(done.expected()).isEqualByComparingTo("43.12");
        assertThat(amounts(done)).containsExactly(Map.entry("outside-label", new BigDecimal("69.54")));
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        assertThat(done.invoice().passedOver()).isZero();
        assertThat(ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(done.invoice().id(), 1, 1)))
                .as("the rate the bill states is kept beside the amount")
                .allSatisfy(line -> assertThat(line.words().exchangeRate()).isEqualByComparingTo("7.1120"));
        String withZero = "订单号,运单号,计费重,运费,燃油,补收,币种,汇率\nSO-2009,LP26110009,1.20,38.50,4.62,0.00,CNY,7.1120\n";
        Taken zero = take(account, "label-platform-bill", "zero.csv", withZero.getBytes(StandardCharsets.UTF_8));
        assertThat(zero.invoices().get(0).row().passedOver()).isEqualTo(1);
        assertThat(zero.invoices().get(0).row().passedWords()).isEqualTo("2: 补收 0.00");
        assertThat(refused(account(), "label-platform-bill", "a,b\n1,2\n"))
                .anySatisfy(said -> assertThat(said).contains("运单号"));
        assertThat(refused(account(), "acme-orders", "a,b\n1,2\n"))
                .singleElement()
                .asString()
                .contains("acme-orders", "label-platform-bill");
    }

    @Test
    void the_next_months_bill_under_the_same_file_name_takes_nothing_of_the_last_one_back() {
        String account = account();
        byte[] december = platformBill("SO-3001,LP26120001,1.20,40.00,4.80,,CNY,7.1120");
        take(account, "label-platform-bill", "bill.csv", platformBill("SO-2001,LP26110001,1.20,38.50,4.62,,CNY,"));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> take(account, "label-platform-bill", "bill.csv", december));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("invoice-name-taken");
            assertThat(problem.sentence(Locale.ENGLISH)).contains("bill", account, "rename", "invoiceNumber");
            assertThat(problem.sentence(Locale.CHINESE)).contains("bill", account, "文件名");
        });
        assertThat(billing.list(Namespaces.ALL, account, null, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.total()).isEqualByComparingTo("43.12"));
        InvoiceRow renamed = take(account, "label-platform-bill", "bill-12.csv", december)
                .invoices()
                .get(0)
                .row();
        assertThat(renamed.number()).isEqualTo("bill-12");
        assertThat(renamed.fileName()).isEqualTo("bill-12.csv");
        assertThat(take(account, "label-platform-bill", "bill-12.csv", december).invoices())
                .singleElement()
                .satisfies(again -> assertThat(again.row().id()).isEqualTo(renamed.id()));
        assertThat(renamed.revision()).isEqualTo(1);
        assertThat(renamed.total()).isEqualByComparingTo("44.80");
    }

    @Test
    void a_bill_known_by_its_file_that_keeps_a_line_is_corrected() {
        String account = account();
        take(account, "label-platform-bill", platformBill("SO-2001,LP26110001,1.20,38.50,4.62,,CNY,"));

        InvoiceRow corrected = take(
                        account, "label-platform-bill", platformBill("SO-2001,LP26110001,1.20,38.50,4.00,,CNY,"))
                .invoices()
                .get(0)
                .row();

        assertThat(corrected.revision()).isEqualTo(2);
        assertThat(corrected.total()).isEqualByComparingTo("-0.62");
    }

    private static byte[] platformBill(String... rows) {
        return ("订单号,运单号,计费重,运费,燃油,补收,币种,汇率\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_open_is_listed_and_what_is_owed_and_not_billed_is_posted_once() {
        String account = account();
        sold(account, label("1ZA01"), label("1ZA02"), label("1ZA03", true));
        reconcile(
                account,
                asExpected(new UpsFile(), "I-1", "1ZA01").charge("I-1", "1ZALIEN", TODAY, Charge.transport("3.00")));

        List<MoneyBook.Unbilled> unbilled =
                ledger.read(tx -> tx.money().neverBilled(Namespaces.of(Set.of("acme")), account, DAY, "", "", 10));
        List<MoneyBook.Shipped> rows =
                ledger.read(tx -> tx.money().crosswalk(Namespaces.of(Set.of("acme")), account, "", 10));
        List<InvoiceLineBook.Open> aliens =
                ledger.read(tx -> tx.invoiceLines().inBucket(Namespaces.ALL, account, "outside-label", null, 10));

        assertThat(unbilled).extracting(MoneyBook.Unbilled::orderId).containsExactly("SO-1ZA02");
        assertThat(rows).extracting(MoneyBook.Shipped::orderId).containsExactly("SO-1ZA01", "SO-1ZA02", "SO-1ZA03");
        List<MoneyBook.Sums> sums = ledger.read(tx ->
                tx.money().sums(rows.stream().map(MoneyBook.Shipped::shipment).toList()));
        assertThat(sums.get(0).invoiceNumber()).isEqualTo("I-1");
        assertThat(sums.get(0).billed()).isEqualByComparingTo("9.42");
        assertThat(sums.get(2).expected()).isEqualByComparingTo("0");
        assertThat(aliens).extracting(InvoiceLineBook.Open::trackingNumber).containsExactly("1ZALIEN");
        List<AccrualBook.Accrual> before = accruals(account, DAY);
        assertThat(before)
                .singleElement()
                .satisfies(row -> assertThat(row.amount()).isEqualByComparingTo("18.84"));
        assertThat(billing.accrue(Namespaces.ALL, DAY, "Ann")).isPositive();
        assertThat(billing.accrue(Namespaces.ALL, DAY, "Ann")).isZero();
        assertThat(billing.accrue(Namespaces.of(Set.of("acme")), DAY, "Ann"))
                .as("nor by somebody who sees less")
                .isZero();
        assertThat(ledger.<List<AuditBook.Entry>>read(
                        tx -> tx.audit().list(Namespaces.of(Set.of("acme")), DAY.toString(), null, 9)))
                .as("who sees one namespace sees what was posted of it alone")
                .extracting(AuditBook.Entry::act)
                .containsExactly("accruals.post");
        List<JournalBook.Line> entry =
                ledger.read(tx -> tx.journal().lines(Namespaces.ALL, "ACR-" + account + "-acme-" + DAY, "", 0, 100));
        assertThat(entry).extracting(JournalBook.Line::glAccount).containsExactly("620000", "215000");
        assertThat(entry.get(0).debit()).isEqualByComparingTo("18.84");
        assertThat(entry.get(1).credit()).isEqualByComparingTo("18.84");
        List<JournalBook.Line> back =
                ledger.read(tx -> tx.journal().lines(Namespaces.ALL, "REV-" + account + "-acme-" + DAY, "", 0, 100));
        assertThat(back.get(0).credit()).as("the next day it is taken back").isEqualByComparingTo("18.84");
        assertThat(back).extracting(JournalBook.Line::postingDate).containsOnly(DAY.plusDays(1));
    }

    @Test
    void what_corrected_invoices_leave_billed_of_a_label_alone_is_listed() {
        String account = account();
        sold(account, label("1ZA08"), label("1ZA09"));
        Charge dear = Charge.transport("3.00");
        UpsFile first = asExpected(asExpected(new UpsFile(), "I-1", "1ZA08"), "I-1", "1ZA09");
        UpsFile second = asExpected(new UpsFile(), "I-1", "1ZA09");
        reconcile(account, first.charge("I-1", "1ZALIEN2", TODAY, dear));
        assertThat(unbilled(account)).isEmpty();

        reconcile(account, second.charge("I-1", "1ZALIEN2", TODAY, Charge.transport("2.00")));
        assertThat(unbilled(account)).as("nothing of it is billed any more").containsExactly("SO-1ZA08");
        assertThat(aliens(account)).containsExactly("2.00");

        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZA09").charge("I-1", "1ZALIEN2", TODAY, dear));
        assertThat(aliens(account)).as("what came back stands there once").containsExactly("3.00");
    }

    @Test
    void the_weights_of_a_shipment_are_those_that_stand_of_each_of_its_parcels() {
        String account = account();
        sold(account, label("1ZW01"));

        take(account, "ups", weighed("5.0").bytes());
        assertThat(weights(account)).isEqualTo("5.00 7.00 L");
        take(account, "ups", weighed("4.0").bytes());
        assertThat(weights(account)).as("5.0 was taken back").isEqualTo("5.00 6.00 L");
    }

    @Test
    void the_reason_of_a_shipment_is_no_rule_of_which_all_its_findings_come_to_nothing() {
        String account = account();
        sold(account, label("1ZW11"), label("1ZW12"));
        UpsFile first = asExpected(asExpected(new UpsFile(), "I-1", "1ZW11"), "I-1", "1ZW12")
                .charge("I-1", "1ZW11", TODAY, Charge.adjusted("ADC", "Address Correction", "18.00"));

        take(account, "ups", first.bytes());
        take(account, "ups", asExpected(new UpsFile(), "I-1", "1ZW12").bytes());
        take(account, "ups", first.text(';').getBytes(StandardCharsets.UTF_8));

        String shipment = shipped(account).shipment();
        assertThat(ledger.read(tx -> tx.money().sums(List.of(shipment))).get(0).reason())
                .isEqualTo("address-correction");
    }

    /** Two parcels, of which the second costs more where it is heavy. */
    private static UpsFile weighed(String second) {
        String transport = second.equals("5.0") ? "40.10" : "8.10";
        return new UpsFile()
                .charge("I-1", "1ZW01", TODAY, Charge.transport("8.10"))
                .charge("I-1", "1ZW01", TODAY, Charge.fuel("1.97"))
                .charge("I-1", "1ZW02", TODAY, Charge.transport(transport))
                .with(14, "1ZW01")
                .with(27, "3.0")
                .with(29, second);
    }

    private String weights(String account) {
        MoneyBook.Shipped row = shipped(account);
        return Stream.of(row.enteredWeight(), row.billedWeight())
                        .map(weight -> Amounts.plain(Objects.requireNonNull(weight)))
                        .collect(Collectors.joining(" "))
                + " " + row.weightUnit();
    }

    private MoneyBook.Shipped shipped(String account) {
        return ledger.<List<MoneyBook.Shipped>>read(tx -> tx.money().crosswalk(Namespaces.ALL, account, "", 10))
                .get(0);
    }

    private List<String> unbilled(String account) {
        return ledger
                .<List<MoneyBook.Unbilled>>read(tx -> tx.money().neverBilled(Namespaces.ALL, account, DAY, "", "", 10))
                .stream()
                .map(MoneyBook.Unbilled::orderId)
                .toList();
    }

    private List<String> aliens(String account) {
        return ledger
                .<List<InvoiceLineBook.Open>>read(
                        tx -> tx.invoiceLines().inBucket(Namespaces.ALL, account, "outside-label", null, 10))
                .stream()
                .map(line -> Amounts.plain(line.amount()))
                .toList();
    }

    @Test
    void a_label_that_is_owed_once_it_is_scanned_is_owed_too_once_it_is_billed() {
        String account = account();
        sold(account, label("1ZA05"), label("1ZA06"), label("1ZA07"));
        SoldLabels.chargeOnScan(database, List.of("1ZA05", "1ZA06", "1ZA07"));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        UpsFile file = new UpsFile().charge("I-1", "1ZA05", TODAY, Charge.transport("8.10"));
        assertThat(accruals(account, today)).isEmpty();

        reconcile(account, asExpected(file, "I-1", "1ZA06"));

        assertThat(accruals(account, today)).singleElement().satisfies(row -> {
            assertThat(row.expected()).as("1ZA07 is still neither").isEqualByComparingTo("18.84");
            assertThat(row.billed()).as("by what is posted").isZero();
        });
        assertThat(accruals(account, DAY)).as("nothing was billed by then").isEmpty();

        reconcile(account, asExpected(new UpsFile(), "I-1", "1ZA06"));
        assertThat(owed(account, today)).as("the bill of 1ZA05 was taken back").isEqualTo("9.42 0.00 9.42 1");
    }

    @Test
    void what_one_shipment_is_billed_too_high_leaves_owed_what_others_are_not_billed() {
        String account = account();
        sold(account, label("1ZA11"), label("1ZA12"), label("1ZA13"));
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        UpsFile file = asExpected(new UpsFile(), "I-1", "1ZA11")
                .charge("I-1", "1ZA11", TODAY, Charge.transport("800.00"))
                .charge("I-1", "1ZA12", TODAY, Charge.transport("8.10"));

        Reconciled done = reconcile(account, file);
        assertThat(owed(account, today))
                .as("no invoice stands in the books yet")
                .isEqualTo("28.26 0.00 28.26 3");
        posted(done);
        assertThat(owed(account, today)).isEqualTo("18.84 8.10 10.74 2");

        billing.disputes().accept(variance(done, "expected-never-billed").id(), null, Namespaces.ALL, "Joe");
        assertThat(owed(account, today))
                .as("what nobody waits for is owed no more")
                .isEqualTo("9.42 0.00 9.42 1");
        posted(reconcile(account, asExpected(new UpsFile(), "I-2", "1ZA13")));
        assertThat(accruals(account, today)).isEmpty();
    }

    @Test
    void what_a_later_invoice_gives_back_without_calling_it_a_credit_is_one_and_is_owed_no_more() {
        String account = account();
        sold(account, label("1ZA31"));
        posted(reconcile(account, asExpected(new UpsFile(), "I-1", "1ZA31")));
        UpsFile back = new UpsFile()
                .charge("I-2", "1ZA31", TODAY, Charge.transport("-8.10"))
                .with(29, "9.0")
                .charge("I-2", "1ZA31", TODAY, Charge.fuel("-0.97"));
        Reconciled done = reconcile(account, back);

        assertThat(amounts(done)).containsExactly(Map.entry("credit-received", new BigDecimal("-9.07")));
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        posted(done);
        assertThat(accruals(account, LocalDate.now(ZoneOffset.UTC))).isEmpty();
    }

    @Test
    void numbers_a_bill_writes_with_blanks_hyphens_or_small_letters_are_the_labels_and_the_accounts_own()
            throws Exception {
        String account = account();
        contract(account, "numbers: [0000A1B2C3, 123456789]\n");
        sold(account, label("1Z0A41"), label("1Z0A42"), label("1Z0A43"));
        UpsFile file = asExpected(new UpsFile(), "I-1", "1Z 0A 41").with(3, "a1b2c3");
        asExpected(file, "I-1", "1z-0a-42").with(3, "1234-5678-9");
        asExpected(file, "I-1", "1Z0A43").with(3, "123 456 789");
        Reconciled done = reconcile(account, file);

        assertThat(done.matched()).isEqualTo(9);
        assertThat(amounts(done)).isEmpty();
    }

    @Test
    void the_same_bill_with_its_numbers_grouped_otherwise_adds_nothing() {
        String account = account();
        sold(account, label("1Z0A45"));
        reconcile(account, asExpected(new UpsFile(), "I-1", "1Z 0A 45"));

        Taken again =
                take(account, "ups", asExpected(new UpsFile(), "I-1", "1z0a45").bytes());

        assertThat(again.invoices()).allMatch(Taken.Invoice::again);
    }

    private void posted(Reconciled done) {
        billing.approve(done.invoice().id(), Namespaces.ALL, "Joe");
        billing.post(done.invoice().id(), Namespaces.ALL, "Joe");
    }

    private void accept(Reconciled done, String rule) {
        done.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .forEach(finding -> billing.disputes().accept(finding.id(), null, Namespaces.ALL, "Joe"));
    }

    private String owed(String account, LocalDate day) {
        return accruals(account, day).stream()
                .map(row -> Stream.of(row.expected(), row.billed(), row.amount())
                                .map(Amounts::plain)
                                .collect(Collectors.joining(" "))
                        + " " + row.shipments())
                .collect(Collectors.joining("; "));
    }

    @Test
    void a_label_known_only_after_its_invoice_was_posted_is_billed_once_the_same_file_comes_again() {
        String account = account();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        UpsFile file =
                asExpected(new UpsFile(), "I-1", "1ZL01").charge("I-1", "1ZL02", TODAY, Charge.transport("4.00"));
        posted(reconcile(account, file));
        sold(account, label("1ZL01"));
        assertThat(owed(account, today)).as("beside what is posted").isEqualTo("9.42 0.00 9.42 1");

        Taken again = take(account, "ups", file.bytes());

        assertThat(revisions(again)).containsExactly("1 again", "2");
        Reconciled moved = billing.reconciled(again.invoices().get(1).row().id(), Namespaces.ALL, 100);
        assertThat(Words.of(moved.invoice())).isEqualTo("matched");
        assertThat(moved.billed()).isEqualByComparingTo("0.00");
        assertThat(amounts(moved)).containsExactly(Map.entry("outside-label", new BigDecimal("-9.42")));
        assertThat(moved.unexplained()).isEqualByComparingTo("0.00");
        assertThat(billed("1ZL01")).isEqualByComparingTo("9.42");
        assertThat(ledger.<List<InvoiceLineBook.Open>>read(
                        tx -> tx.invoiceLines().inBucket(Namespaces.ALL, account, "outside-label", null, 10)))
                .extracting(InvoiceLineBook.Open::trackingNumber)
                .containsExactly("1ZL02");
        posted(moved);
        assertThat(owed(account, today)).isEmpty();
        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again");
    }

    @Test
    void a_line_that_lands_anew_keeps_what_its_file_left_open_of_its_dates() {
        String account = account();
        UpsFile file = new UpsFile().charge("I-1", "1ZL20", "02/11/2026", Charge.transport("8.10"));
        reconcile(account, file);
        sold(account, label("1ZL20"));
        file.charge("I-1", "1ZL21", "13/11/2026", Charge.transport("4.00"));

        Taken corrected = take(account, "ups", "dec.csv", file.bytes());

        assertThat(revisions(corrected)).containsExactly("2", "3");
        assertThat(corrected.invoices().get(0).row().notChecked()).doesNotContain("dates");
        assertThat(corrected.invoices().get(1).row().notChecked()).contains("02/11/2026 = 2026-11-02");
    }

    @Test
    void a_corrected_invoice_takes_a_line_back_where_it_was_moved_to() {
        String account = account();
        UpsFile file = asExpected(new UpsFile(), "I-1", "1ZL03");
        reconcile(account, file);
        sold(account, label("1ZL03"));
        take(account, "ups", file.bytes());

        Taken corrected =
                take(account, "ups", "dec.csv", alien("I-1", "1ZL04", "4.00").bytes());

        assertThat(revisions(corrected)).containsExactly("3");
        assertThat(billed("1ZL03")).isEqualByComparingTo("0.00");
        assertThat(places(billing.reconciled(corrected.invoices().get(0).row().id(), Namespaces.ALL, 0)))
                .containsExactlyInAnyOrder("null/outside-label 1 4.00", "tracking-number/null 3 -9.42");
    }

    @Test
    void an_account_number_named_later_is_ours_once_the_same_file_comes_again() throws Exception {
        String account = account();
        sold(account, label("1ZL05"));
        contract(account, "numbers: [0000FFFFFF]");
        UpsFile file =
                asExpected(new UpsFile(), "I-1", "1ZL05").charge("I-1", "1ZL06", TODAY, Charge.transport("4.00"));
        assertThat(amounts(reconcile(account, file))).containsOnlyKeys("unknown-account");
        contract(account, "numbers: [0000FFFFFF, 0000A1B2C3]");

        Taken again = take(account, "ups", file.bytes());

        Reconciled moved = billing.reconciled(again.invoices().get(1).row().id(), Namespaces.ALL, 100);
        assertThat(amounts(moved))
                .containsExactly(
                        Map.entry("outside-label", new BigDecimal("4.00")),
                        Map.entry("unknown-account", new BigDecimal("-13.42")));
        assertThat(moved.unexplained()).isEqualByComparingTo("0.00");
        assertThat(billed("1ZL05")).isEqualByComparingTo("9.42");
    }

    @Test
    void what_is_asked_back_of_a_number_stays_there_when_its_label_is_known_later() {
        String account = account();
        UpsFile file = alien("I-1", "1ZL07", "9.42");
        String dispute = disputed(reconcile(account, file));
        sold(account, label("1ZL07"));

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again");
        assertThat(state(dispute)).isEqualTo("open 9.42 0.00");
        billing.disputes().reject(dispute, "it is yours", Namespaces.ALL, "Ann");

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again", "2");
        assertThat(billed("1ZL07")).isEqualByComparingTo("9.42");
    }

    @Test
    void what_is_asked_back_of_a_number_stays_there_with_what_groups_it_otherwise() {
        String account = account();
        UpsFile file = alien("I-1", "1ZL17", "9.42").charge("I-1", "1Z L17", TODAY, Charge.transport("3.00"));
        String dispute = disputed(reconcile(account, file));
        sold(account, label("1ZL17"));

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again");
        assertThat(state(dispute)).isEqualTo("open 9.42 0.00");
    }

    @Test
    void a_label_nobody_could_account_for_is_open_while_the_line_that_bills_it_is_asked_back() {
        String account = account();
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        UpsFile file = new UpsFile().charge("I-1", "1ZL09", today, Charge.transport("9.42"));
        String dispute = disputed(reconcile(account, file));
        sold(account, label("1ZL10"));
        String ref = soldBeside(account, "1ZL10", "1ZL09");

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again");
        assertThat(isUnaccounted(ref)).as("its line is where it was").isTrue();
        billing.disputes().reject(dispute, "it is yours", Namespaces.ALL, "Ann");

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again", "2");
        assertThat(isUnaccounted(ref)).isFalse();
    }

    /** @return what it was bought under */
    private String soldBeside(String account, String chosen, String number) {
        String shipment = ledger.read(tx -> tx.numbers().shipments(chosen)).get(0);
        AttemptRow attempt = new AttemptRow(
                Ids.next("ref"),
                shipment,
                1,
                "key",
                number,
                account,
                null,
                1,
                "SENDING",
                new byte[0],
                null,
                Instant.now());
        ledger.commitAll(tx -> {
            tx.attempts().open(attempt, new AttemptBook.Buyer("erp", "acme", 1), "node-1");
            tx.orphans().add(attempt, "fake", number);
            tx.exceptions().open(Reason.ORPHAN_LABEL, attempt.ref(), "acme", null, null, null, "[]");
        });
        return attempt.ref();
    }

    private boolean isUnaccounted(String ref) {
        return ledger.read(tx -> tx.exceptions().isOpen(Reason.ORPHAN_LABEL, ref));
    }

    @Test
    void of_more_lines_than_are_looked_at_at_once_each_moves_to_its_label() {
        String account = account();
        UpsFile file = new UpsFile();
        IntStream.range(0, 2_100).forEach(n -> file.charge("I-1", "1ZM" + n, TODAY, Charge.transport("4.00")));
        take(account, "ups", file.bytes());
        sold(account, label("1ZM0"), label("1ZM1500"), label("1ZM2099"));

        assertThat(revisions(take(account, "ups", file.bytes()))).containsExactly("1 again", "2");

        assertThat(billed("1ZM0")).isEqualByComparingTo("4.00");
        assertThat(billed("1ZM1500")).isEqualByComparingTo("4.00");
        assertThat(billed("1ZM2099")).isEqualByComparingTo("4.00");
    }

    private static List<String> revisions(Taken taken) {
        return taken.invoices().stream()
                .map(invoice -> invoice.row().revision() + (invoice.again() ? " again" : ""))
                .toList();
    }

    @Test
    void what_is_owed_is_not_posted_before_its_day_is_over() {
        String account = account();
        sold(account, label("1ZA04"));
        LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);

        ProblemException early =
                catchThrowableOfType(ProblemException.class, () -> billing.accrue(Namespaces.ALL, tomorrow, "Ann"));

        assertThat(early.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("day-not-over");
            assertThat(problem.sentence(Locale.ENGLISH))
                    .contains(tomorrow + " is not over", tomorrow.plusDays(1) + "T00:00:00Z");
            assertThat(problem.sentence(Locale.CHINESE)).contains(tomorrow + " 尚未结束");
        });
        assertThat(refusal(() -> billing.accrue(Namespaces.ALL, LocalDate.now(ZoneOffset.UTC), "Ann")))
                .as("nor today's")
                .isEqualTo("day-not-over");
        assertThat(ledger.<List<JournalBook.Line>>read(
                        tx -> tx.journal().lines(Namespaces.ALL, "ACR-" + account + "-acme-" + tomorrow, "", 0, 100)))
                .isEmpty();
    }

    @Test
    void a_line_of_the_books_says_its_company_and_its_tax_and_the_sinks_are_told_once() throws Exception {
        String account = account();
        sold(account, label("1Z095"));
        Path books = Files.createDirectories(folder.resolve("taxed"));
        Files.writeString(books.resolve("gl.csv"), """
                carrier,account,kind,type,costCenter,glAccount,taxCode
                *,*,payable,*,*,210000,
                *,*,duty_tax,*,*,157600,V1
                *,*,*,*,CC-1,620001,
                """);
        Files.writeString(books.resolve("companies.csv"), "namespace,companyCode\nacme,1000\n");
        List<String> told = new ArrayList<>();
        String id = reconcile(
                        account,
                        asExpected(new UpsFile(), "I-1", "1Z095")
                                .charge("I-1", "1Z095", TODAY, new Charge("SHP", "ISS", "TAX", "VAT", "VAT", "1.79")))
                .invoice()
                .id();
        try (Ledger telling = Ledger.open(database, (namespace, type) -> {
            told.add(namespace + " " + type);
            return List.of("erp");
        })) {
            Billing posting = on(telling, books.resolve("gl.csv"));
            posting.approve(id, Namespaces.ALL, "Joe");
            posting.post(id, Namespaces.ALL, "Joe");
        }

        List<JournalBook.Line> entry =
                ledger.read(tx -> tx.journal().lines(Namespaces.ALL, "INV-" + account + "-I-1-1", "", 0, 100));
        assertThat(entry).extracting(JournalBook.Line::companyCode).containsOnly("1000");
        assertThat(entry).extracting(JournalBook.Line::glAccount).contains("157600", "620001", "210000");
        JournalBook.Line tax = entry.stream()
                .filter(line -> line.glAccount().equals("157600"))
                .findFirst()
                .orElseThrow();
        assertThat(tax.taxCode()).isEqualTo("V1");
        assertThat(tax.taxAmount()).isEqualByComparingTo("1.79");
        assertThat(entry.stream().filter(line -> line.taxAmount() != null)).hasSize(1);
        assertThat(told).contains("acme journal.posted");
        List<String> columns = new ArrayList<>();
        JournalNews.of(tax).fieldNames().forEachRemaining(columns::add);
        assertThat(columns)
                .startsWith(("entryId companyCode postingDate documentDate period invoiceNo assignment text glAccount"
                                + " costCenter debit credit currency taxCode taxAmount shipmentId trackingNumber"
                                + " invoiceLine")
                        .split(" "));
    }

    private List<AccrualBook.Accrual> accruals(String account, LocalDate asOf) {
        return ledger
                .read(tx -> tx.accruals()
                        .asOf(Namespaces.ALL, asOf.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC)))
                .stream()
                .filter(row -> row.account().equals(account))
                .toList();
    }

    @Test
    void a_reading_cut_short_shows_nothing_and_goes_on_where_it_stood() {
        String account = account();
        UpsFile file = new UpsFile();
        IntStream.range(0, 400).forEach(n -> asExpected(file, "I-1", "1ZC%04d".formatted(n)));
        byte[] bytes = file.bytes();

        assertThat(stagedUntilCut(account, bytes)).isEqualTo(1_000);

        Taken taken = take(account, "ups", bytes);
        assertThat(taken.invoices()).singleElement().satisfies(invoice -> {
            assertThat(invoice.row().lineCount()).isEqualTo(1_200);
            assertThat(invoice.row().total()).isEqualByComparingTo("3768.00");
        });
    }

    @Test
    void a_reading_that_goes_on_knows_the_dates_it_read_before_it_was_cut_short() {
        String account = account();
        UpsFile file = new UpsFile();
        for (int n = 0; n < 1_200; n++) {
            file.charge("I-1", "1ZM%04d".formatted(n), n == 0 ? "11/02/2026" : "11/07/2026", Charge.transport("8.10"));
        }
        byte[] bytes = file.bytes();

        assertThat(stagedUntilCut(account, bytes)).isEqualTo(1_000);

        assertThat(refused(account, "ups", new String(bytes, StandardCharsets.UTF_8)))
                .singleElement()
                .satisfies(problem -> assertThat(problem).contains("month first", "11/02/2026"));
    }

    @Test
    void a_reading_that_goes_on_keeps_its_file_while_it_reads_again_what_is_staged() {
        String account = account();
        UpsFile file = new UpsFile();
        IntStream.range(0, 400).forEach(n -> asExpected(file, "I-1", "1ZK%04d".formatted(n)));
        byte[] bytes = file.bytes();
        assertThat(stagedUntilCut(account, bytes)).isEqualTo(1_000);
        AtomicInteger opened = new AtomicInteger();
        AtomicReference<Optional<InvoiceFileBook.Row>> other = new AtomicReference<>();
        Content slow = () -> {
            if (opened.incrementAndGet() < 3) {
                return new ByteArrayInputStream(bytes);
            }
            ledger.<Integer>commit(tx -> tx.invoiceFiles().endLeasesOf("node-1"));
            return near(
                    bytes,
                    () -> other.set(ledger.commit(tx -> tx.invoiceFiles()
                            .claim(drop(account, Content.of(bytes)), "node-2", Duration.ofMinutes(1)))));
        };

        Taken taken = billing.take(new Handed("nov.csv", slow, "ups", account, null, "Jane"), Namespaces.ALL);

        assertThat(other.get()).as("taken over by another node").isEmpty();
        assertThat(taken.invoices()).hasSize(1);
    }

    /** A stream that tells again and again that it is near its end. */
    private static InputStream near(byte[] bytes, Runnable then) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            private int left = bytes.length * 11 / 12;

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int read = super.read(into, from, Math.min(length, 4096));
                left -= Math.max(0, read);
                if (left <= 0) {
                    then.run();
                }
                return read;
            }
        };
    }

    /** How many rows of a file are staged when the ledger of its reader is gone before its end. */
    private int stagedUntilCut(String account, byte[] bytes) {
        Ledger dying = Ledger.open(database, Subscriptions.NONE);
        AtomicInteger opened = new AtomicInteger();
        Content cut = () -> opened.incrementAndGet() < 3 ? new ByteArrayInputStream(bytes) : near(bytes, dying::close);

        assertThatThrownBy(
                        () -> on(dying).take(new Handed("nov.csv", cut, "ups", account, null, "Jane"), Namespaces.ALL))
                .isInstanceOf(JdbiException.class);
        assertThat(billing.list(Namespaces.ALL, account, null, 10)).isEmpty();
        return ledger.read(tx ->
                        tx.invoiceFiles().claim(drop(account, Content.of(bytes)), "node-1", Duration.ofMinutes(1)))
                .orElseThrow()
                .documents();
    }

    @Test
    void dates_that_may_be_read_in_two_ways_are_told_and_told_again_when_the_file_is_audited_anew() {
        String account = account();
        UpsFile file = new UpsFile().charge("I-1", "1ZSLASH", "02/11/2026", Charge.transport("8.10"));
        String told = "{\"what\":\"dates\",\"value\":\"02/11/2026 = 2026-11-02\"}";

        assertThat(reconcile(account, file).invoice().notChecked()).contains(told);
        assertThat(reconcile(account, file).invoice().notChecked()).contains(told);

        UpsFile decided = new UpsFile().charge("I-2", "1ZSLASH", "13/11/2026", Charge.transport("8.10"));
        assertThat(reconcile(account, decided).invoice().notChecked()).doesNotContain("dates");
    }

    @Test
    void a_matching_cut_short_goes_on_at_the_next_start_and_every_line_is_charged_once() {
        String account = account();
        Label[] labels = IntStream.range(0, 500)
                .mapToObj(n -> label("1ZD%04d".formatted(n)))
                .toArray(Label[]::new);
        sold(account, labels);
        UpsFile file = new UpsFile();
        for (Label label : labels) {
            asExpected(file, "I-1", label.tracking())
                    .charge("I-1", label.tracking(), TODAY, Charge.adjusted("RADJ", "Residential", "4.15"))
                    .charge("I-1", label.tracking(), TODAY, Charge.adjusted("ADC", "Address", "18.00"));
        }
        AtomicReference<Ledger> running = new AtomicReference<>();
        AtomicInteger pages = new AtomicInteger();
        running.set(Ledger.open(database, (namespace, type) -> {
            if (type.equals("billing.adjusted") && pages.incrementAndGet() == 2) {
                running.get().close();
                throw new IllegalStateException("the power went");
            }
            return List.of();
        }));

        assertThatThrownBy(() -> on(running.get())
                        .take(
                                new Handed("nov.csv", Content.of(file.bytes()), "ups", account, null, "Jane"),
                                Namespaces.ALL))
                .hasMessageContaining("the power went");
        InvoiceRow half = billing.list(Namespaces.ALL, account, null, 10).get(0);
        assertThat(half.state()).isEqualTo("PROVED");
        assertThat(half.nextLine()).as("the second page is not half there").isEqualTo(1_001);
        assertThat(ledger.<Boolean>commit(tx -> tx.invoices().matched(half.id(), BigDecimal.ZERO, "[]")))
                .as("matched while lines are left")
                .isFalse();

        try (Ledger next = Ledger.open(database, Subscriptions.NONE)) {
            on(next).resume(() -> true);
        }
        Reconciled done = billing.reconciled(half.id(), Namespaces.ALL, 10);
        assertThat(done.invoice().state()).isEqualTo("MATCHED");
        assertThat(done.matched()).isEqualTo(2_500);
        assertThat(done.unexplained()).isEqualByComparingTo("0");
        assertThat(amounts(done))
                .containsExactly(
                        Map.entry("address-correction", new BigDecimal("9000.00")),
                        Map.entry("residential-correction", new BigDecimal("2075.00")));
        assertThat(sums(account))
                .isEqualTo(done.expected().setScale(2) + " " + done.billed().setScale(2));
        billing.resume(() -> true);
        take(account, "ups", file.bytes());
        assertThat(sums(account)).as("brought again, and started again").isEqualTo("4710.00 15785.00");
    }

    @Test
    void one_correction_in_two_files_read_at_the_same_time_is_taken_once() throws Exception {
        String account = account();
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (int round = 1; round <= Integer.getInteger("corrections.rounds", 4); round++) {
                String invoice = "I-" + round;
                int lines = 200 * round;
                take(
                        account,
                        "ups",
                        listed(new UpsFile(), invoice, lines, "9.00").bytes());
                byte[] first = listed(new UpsFile(), invoice, lines, "10.00").bytes();
                byte[] second = listed(other(round), invoice, lines, "10.00").bytes();
                List<Callable<Taken>> both =
                        List.of(() -> take(account, "ups", first), () -> take(account, "ups", second));
                for (Future<Taken> taken : nodes.invokeAll(both)) {
                    taken.get();
                }
                assertThat(billing.list(Namespaces.ALL, account, null, 100).stream()
                                .filter(row -> row.number().equals(invoice))
                                .map(row -> String.valueOf(row.total()))
                                .map(BigDecimal::new)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .as("%s: %d lines of 10.00 and one", invoice, lines)
                        .isEqualByComparingTo(BigDecimal.TEN.multiply(BigDecimal.valueOf(lines)));
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void while_a_file_is_shown_nobody_waits_who_shows_none_of_its_account() {
        String account = account();
        InvoiceFileBook.Row shown = claimed(account, "shown", "node-1");
        claimed(account, "half read", "gone-" + account);

        assertThat(ledger.<Integer>commit(tx -> {
                    assertThat(tx.invoiceFiles().alone(shown.id(), account, "node-1"))
                            .isTrue();
                    return CompletableFuture.supplyAsync(() -> ledger.<Integer>commit(
                                    other -> other.invoiceFiles().endLeasesOf("gone-" + account)))
                            .orTimeout(5, TimeUnit.SECONDS)
                            .join();
                }))
                .as("files of the node that is gone")
                .isEqualTo(1);
    }

    @Test
    void a_file_that_another_node_took_over_is_not_shown_by_who_had_it() {
        String account = account();
        InvoiceFileBook.Row file = claimed(account, "late", "slow-" + account);
        ledger.<Integer>commit(tx -> tx.invoiceFiles().endLeasesOf("slow-" + account));
        claimed(account, "late", "node-1");

        assertThat(ledger.<Boolean>commit(tx -> tx.invoiceFiles().alone(file.id(), account, "slow-" + account)))
                .isFalse();
        assertThat(ledger.<Boolean>commit(tx -> tx.invoiceFiles().alone(file.id(), account, "node-1")))
                .isTrue();
        ledger.commitAll(tx -> tx.invoiceFiles().finish(file.id()));
        assertThat(ledger.<Boolean>commit(tx -> tx.invoiceFiles().alone(file.id(), account, "node-1")))
                .as("it is shown")
                .isFalse();
    }

    @Test
    void an_invoice_stands_behind_one_that_was_shown_by_a_node_whose_clock_is_ahead() {
        String account = account();
        InvoiceFileBook.Row file = claimed(account, "ahead", "node-1");
        String ahead = Ids.next("inv").replace("inv_01", "inv_02");
        ledger.commitAll(tx -> {
            tx.stagedInvoices()
                    .begin(
                            file.id(),
                            new StagedInvoiceBook.Head(ahead, "I-1", null, "USD", null),
                            new StagedInvoiceBook.Owner("acme", account, "ups", "Jane"));
            tx.invoiceRevisions().proved(ahead, "[]");
            tx.invoiceFiles().finish(file.id());
        });

        Taken two = take(
                account,
                "ups",
                listed(listed(new UpsFile(), "I-2", 2, "9.00"), "I-3", 3, "9.00")
                        .bytes());

        List<InvoiceRow> rows = two.invoices().stream().map(Taken.Invoice::row).toList();
        assertThat(rows).extracting(row -> row.number() + " " + row.lineCount()).containsExactly("I-2 2", "I-3 3");
        assertThat(Stream.concat(Stream.of(ahead), rows.stream().map(InvoiceRow::id)))
                .isSorted();
    }

    @Test
    void who_lost_a_file_takes_nothing_back_of_what_another_has_shown_of_it() {
        String account = account();
        Reconciled done = reconcile(account, alien("I-1", "1ZLOST1", "9.00"));
        String file = done.invoice().fileUid();

        assertThat(ledger.<Boolean>commit(tx -> tx.invoiceFiles().refuse(file, "slow-" + account)))
                .isFalse();
        assertThat(ledger.<Boolean>commit(tx -> tx.invoiceFiles().refuse(file, "node-1")))
                .isFalse();

        assertThat(ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(done.invoice().id(), 1, 10)))
                .hasSize(1);
    }

    @Test
    void who_lost_a_file_begins_no_invoice_of_it() {
        String account = account();
        String file = claimed(account, "lost", "slow-" + account).id();
        Staging staging = new Staging(
                ledger,
                file,
                new StagedInvoiceBook.Owner("acme", account, "ups", "Jane"),
                new Faults("lost.csv"),
                new UpsBill());
        staging.tell(new Layout.Head("I-1", null, "USD", "currency", null, "total"), 1);
        ledger.<Integer>commit(tx -> tx.invoiceFiles().endLeasesOf("slow-" + account));
        claimed(account, "lost", "node-1");

        assertThat(staging.save(1, "slow-" + account, Duration.ofMinutes(2))).isFalse();

        assertThat(ledger.<List<StagedInvoiceBook.Staged>>read(
                        tx -> tx.stagedInvoices().sums(file)))
                .isEmpty();
    }

    private InvoiceFileBook.Row claimed(String account, String file, String node) {
        var drop = new InvoiceFileBook.Drop(account, "ups", file, Sha256.of(account + file), "Jane");
        return ledger.<Optional<InvoiceFileBook.Row>>commit(
                        tx -> tx.invoiceFiles().claim(drop, node, Duration.ofMinutes(2)))
                .orElseThrow();
    }

    private static UpsFile listed(UpsFile file, String invoice, int lines, String amount) {
        IntStream.range(0, lines)
                .forEach(n -> file.charge(invoice, "1ZL%s%04d".formatted(invoice, n), TODAY, Charge.transport(amount)));
        return file;
    }

    private static UpsFile other(int round) {
        return new UpsFile().charge("J-" + round, "1ZOTHER" + round, TODAY, Charge.transport("1.00"));
    }

    @Test
    void two_that_match_one_invoice_at_the_same_time_leave_no_line_out() throws Exception {
        String account = account();
        Label[] labels = IntStream.range(0, 500)
                .mapToObj(n -> label("1ZT%04d".formatted(n)))
                .toArray(Label[]::new);
        sold(account, labels);
        UpsFile file = new UpsFile();
        for (Label label : labels) {
            asExpected(file, "I-1", label.tracking())
                    .charge("I-1", label.tracking(), TODAY, Charge.adjusted("RADJ", "Residential", "4.15"))
                    .charge("I-1", label.tracking(), TODAY, Charge.adjusted("ADC", "Address", "18.00"));
        }
        AtomicReference<CompletableFuture<Void>> other = new AtomicReference<>(CompletableFuture.completedFuture(null));
        AtomicInteger pages = new AtomicInteger();
        try (Connection watch = DriverManager.getConnection(database.url(), database.user(), database.password());
                Ledger second = Ledger.open(database, Subscriptions.NONE);
                Ledger first = Ledger.open(database, (namespace, type) -> {
                    if (type.equals("billing.adjusted") && pages.incrementAndGet() == 2) {
                        other.set(CompletableFuture.runAsync(() -> on(second).resume(() -> true)));
                        await().until(() -> waits(watch));
                    }
                    return List.of();
                })) {
            on(first)
                    .take(
                            new Handed("nov.csv", Content.of(file.bytes()), "ups", account, null, "Jane"),
                            Namespaces.ALL);
            other.get().get(60, TimeUnit.SECONDS);
        }

        InvoiceRow row = billing.list(Namespaces.ALL, account, null, 10).get(0);
        Reconciled done = billing.reconciled(row.id(), Namespaces.ALL, 10);
        assertThat(done.invoice().state()).isEqualTo("MATCHED");
        assertThat(done.matched()).isEqualTo(2_500);
        assertThat(sums(account)).isEqualTo("4710.00 15785.00");
    }

    /** Whether somebody waits for what another has locked. */
    abstract boolean waits(Connection database) throws SQLException;

    private String sums(String account) {
        SumBook.Asked asked = new SumBook.Asked(Namespaces.ALL, List.of(SumBook.By.ACCOUNT), account, null, null);
        SumBook.Sum sum = ledger.<List<SumBook.Sum>>read(tx -> tx.sums().sums(asked, List.of(), 10))
                .get(0);
        return sum.expected().setScale(2) + " " + sum.billed().setScale(2);
    }

    private static InvoiceFileBook.Drop drop(String account, Content content) {
        try {
            return new InvoiceFileBook.Drop(account, "ups", "nov.csv", content.sha256(), "Jane");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String refusal(Runnable act) {
        return catchThrowableOfType(ProblemException.class, act::run)
                .problems()
                .get(0)
                .code();
    }

    private void contract(String account, String yaml) throws Exception {
        Files.writeString(folder.resolve(account + ".yaml"), yaml);
    }
}
