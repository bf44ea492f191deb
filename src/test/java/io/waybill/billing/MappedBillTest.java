package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.RefundBook;
import io.waybill.ledger.SoldLabels;
import io.waybill.ledger.SoldLabels.Label;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bills that come by a mapping of their own, as a label platform writes them. */
class MappedBillTest {
    private static final String MAPPING = """
            mapping: platform
            version: 1
            writes: invoice-line/1
            reads: { format: csv }
            fields:
              invoiceNumber: { from: invoice, required: false }
              statedTotal: { from: total, decimal: ".", currency: { from: currency }, required: false }
              orderId: { from: order }
              trackingNumber: { from: number, required: true }
              enteredWeight: { from: weighed, decimal: ".", unit: g }
              billedWeight: { from: billed, decimal: ".", unit: kg }
              exchangeRate: { from: rate, decimal: "." }
              charges[0].type: { const: shipping }
              charges[0].amount: { from: price, decimal: ".", currency: { from: currency }, required: true }
              charges[0].tax: { from: tax, decimal: ".", currency: { from: currency }, required: false }
            """;
    private static final String DISCOUNT = """
              charges[1].type: { const: discount }
              charges[1].amount: { from: off, decimal: ".", currency: { from: currency }, required: false }
            """;
    private static final String NUMBERS = """
              account: { from: account }
              leadNumber: { from: lead }
              originalNumber: { from: original }
            """;

    private Database database;
    private Ledger ledger;
    private Billing billing;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        String worded = MAPPING + "  charges[0].text: { from: words }\n";
        write(folder, "platform", MAPPING);
        write(folder, "discounted", MAPPING + DISCOUNT);
        write(folder, "sheet", MAPPING.replace("format: csv", "format: xlsx"));
        write(folder, "worded", worded);
        write(folder, "mended", worded.replace("const: shipping", "const: delivery"));
        write(folder, "numbered", MAPPING + NUMBERS);
        write(folder, "loose", MAPPING.replace("from: number, required: true", "from: number, required: false"));
        database = Stores.h2(folder);
        ledger = Ledger.open(database, Subscriptions.NONE);
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "1");
        Account account =
                new Account("ups", "ups", carrier, Set.of("acme"), 1, Duration.ofSeconds(1), "on_creation", true);
        Mappings mappings = Mappings.load(folder.resolve("mappings"), ShippedTargets::of);
        assertThat(mappings.problems()).isEmpty();
        billing = new Billing(ledger, new Accounts(List.of(account)), mappings, folder, folder, "n");
    }

    private static void write(Path folder, String name, String mapping) throws IOException {
        Path own = Files.createDirectories(folder.resolve("mappings").resolve(name));
        Files.writeString(own.resolve("mapping.yaml"), mapping.replace("platform", name));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_was_entered_in_grams_is_compared_with_what_is_billed_in_kilograms() {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(new Label(
                        "SO-1", "LP1", LocalDate.of(2026, 11, 16), Map.of("shipping", new BigDecimal("8.10")), false)));

        InvoiceRow row = take("nov.csv", "SO-1,LP1,1200,3,,9.60");

        InvoiceLine line = ledger.read(tx -> tx.invoiceLines().lines(row.id(), 1, 1))
                .get(0)
                .words();
        assertThat(line.enteredWeight()).isEqualByComparingTo("1.2");
        assertThat(line.billedWeight()).isEqualByComparingTo("3");
        assertThat(line.weightUnit()).isEqualTo("kg");
        assertThat(billing.reconciled(row.id(), Namespaces.ALL, 10).findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo("weight-correction");
                    assertThat(finding.claim()).isEqualByComparingTo("1.50");
                    assertThat(finding.evidence()).contains("entered=1.2; billed=3 kg");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void a_bill_of_a_mapping_for_workbooks_may_be_saved_as_text(String between) {
        String file = "order,number,weighed,billed,rate,price,currency\nSO-1,LP1,1200,3,,9.60,USD\n";
        byte[] saved = file.replace(",", between).getBytes(StandardCharsets.UTF_8);

        assertThat(billing.take(new Handed("nov.csv", Content.of(saved), "sheet", "ups", null, "Jane"), Namespaces.ALL)
                        .invoices())
                .singleElement()
                .satisfies(one -> assertThat(one.row().total()).isEqualByComparingTo("9.60"));
    }

    @Test
    void what_a_spreadsheet_was_told_to_keep_as_text_is_the_number_it_names() {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                Stream.of("LP1", "LP2", "LP3")
                        .map(number -> new Label(
                                "SO-" + number,
                                number,
                                LocalDate.of(2026, 11, 16),
                                Map.of("shipping", new BigDecimal("9.60")),
                                false))
                        .toList());
        String columns = "invoice,order,number,weighed,billed,rate,price,currency";
        InvoiceRow plain = take("nov.csv", columns, List.of("P-1,SO-LP1,LP1,1200,3,,9.60,USD"));

        InvoiceRow again = take("again.csv", columns, List.of("\"=\"\"P-1\"\"\",'SO-LP1,'LP1,1200,3,,9.60,USD"));
        InvoiceRow other = take(
                "other.csv",
                columns,
                List.of(
                        "'P-2,,\"=\"\"LP2\"\"\",1200,3,,9.60,USD",
                        "'P-2,'SO-LP3,unknown,1200,3,,9.60,USD",
                        "'P-2,',LP1,1200,3,,9.60,USD"));

        assertThat(again.id()).isEqualTo(plain.id());
        assertThat(other.number()).isEqualTo("P-2");
        assertThat(ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(other.id(), 0, 9)))
                .extracting(
                        line -> line.words().trackingNumber(),
                        line -> line.words().customerRefs())
                .containsExactly(tuple("LP2", null), tuple("unknown", "SO-LP3"), tuple("LP1", null));
    }

    @Test
    void a_bill_under_a_long_name_is_known_by_it_and_told_from_one_whose_name_begins_alike() {
        String begin = "invoices-of-all-our-shipments-".repeat(4);

        InvoiceRow november = take(begin + "november.csv", "SO-1,LP1,1200,3,,9.60");
        InvoiceRow december = take(begin + "december.csv", "SO-2,LP2,1200,3,,9.60");
        InvoiceRow corrected = take(begin + "november.csv", "SO-1,LP1,1200,3,,9.60", "SO-3,LP3,1,1,,1.00");

        assertThat(november.number()).startsWith("invoices-of-all").hasSizeLessThanOrEqualTo(100);
        assertThat(december.number()).isNotEqualTo(november.number());
        assertThat(december.revision()).isEqualTo(1);
        assertThat(corrected.number()).isEqualTo(november.number());
        assertThat(corrected.revision()).isEqualTo(2);
    }

    @Test
    void the_longest_name_a_disk_may_have_and_more_is_no_reason_to_refuse_a_bill() {
        assertThat(take("x".repeat(500) + ".csv", "SO-1,LP1,1200,3,,9.60").fileName())
                .hasSize(300);
    }

    @Test
    void a_number_nobody_can_keep_is_told_with_its_row_and_its_field() {
        assertThat(refused("SO-1,LP1,1200,3,712345678901234,9.60", "SO-1,LP1,1200,12345678901234567890,,9.60"))
                .satisfiesExactly(
                        rate -> assertThat(rate).contains("row 2", "exchangeRate", "712345678901234"),
                        weight -> assertThat(weight).contains("row 3", "billedWeight", "12345678901234567890"));
    }

    @Test
    void a_bill_whose_numbers_a_spreadsheet_has_shortened_is_refused_whichever_of_them_they_are() {
        String columns = "order,number,weighed,billed,rate,price,currency,account,lead,original";
        String sound = "SO-1,LP1,,,,9.60,USD,0000123456,9400111899223197428490,LP0";

        assertThat(refusal(() -> take(
                        "numbered",
                        "nov.csv",
                        columns,
                        List.of(
                                sound,
                                sound.replace("0000123456", "1.23E+05"),
                                sound.replace("9400111899223197428490", "9400111899223190000000"),
                                sound.replace("LP0", "9.61E+20")))))
                .satisfiesExactly(
                        account -> assertThat(account).contains("row 3", "/account", "\"1.23E+05\""),
                        lead -> assertThat(lead).contains("row 4", "/leadNumber", "\"9400111899223190000000\""),
                        original -> assertThat(original).contains("row 5", "/originalNumber", "\"9.61E+20\""));
    }

    @Test
    void a_bill_that_comes_again_with_another_tax_in_the_same_amount_is_a_corrected_one() {
        String columns = "order,number,weighed,billed,rate,currency,price,tax";

        take("nov.csv", columns, List.of("SO-1,LP1,1200,3,,USD,9.60,0.60", "SO-2,LP2,1200,3,,USD,5.00,"));
        InvoiceRow corrected =
                take("nov.csv", columns, List.of("SO-1,LP1,1200,3,,USD,9.60,1.20", "SO-2,LP2,1200,3,,USD,5.00,"));

        assertThat(corrected.revision()).isEqualTo(2);
        assertThat(corrected.total()).isEqualByComparingTo("0");
        assertThat(ledger.<List<InvoiceLineBook.Line>>read(
                        tx -> tx.invoiceLines().lines(corrected.id(), 1, 9)))
                .extracting(
                        line -> line.words().taxAmount().stripTrailingZeros().toPlainString())
                .containsExactlyInAnyOrder("1.2", "-0.6");
    }

    @Test
    void a_bill_that_comes_again_with_another_tax_in_each_of_its_amounts_is_no_other_bill() {
        String columns = "order,number,weighed,billed,rate,currency,price,tax";

        take("dec.csv", columns, List.of("SO-1,LP1,1200,3,,USD,9.60,0.60", "SO-1,LP1,1200,3,,USD,9.60,0.60"));
        InvoiceRow corrected =
                take("dec.csv", columns, List.of("SO-1,LP1,1200,3,,USD,9.60,1.20", "SO-1,LP1,1200,3,,USD,9.60,1.20"));
        InvoiceRow again =
                take("dec.csv", columns, List.of("SO-1,LP1,1200,3,,USD,9.60,1.2", "SO-1,LP1,1200,3,,USD,9.60,1.200"));

        assertThat(corrected.revision()).isEqualTo(2);
        assertThat(corrected.total()).isEqualByComparingTo("0");
        assertThat(again.id()).isEqualTo(corrected.id());
    }

    @Test
    void a_second_part_of_an_invoice_takes_nothing_of_the_first_one_back() {
        String columns = "invoice,order,number,weighed,billed,rate,price,currency";
        InvoiceRow first = take("1.csv", columns, List.of("I-1,SO-1,LP1,1200,3,,9.60,USD"));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> take("2.csv", columns, List.of("I-1,SO-2,LP2,1200,3,,5.00,USD")));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("invoice-in-parts");
            assertThat(problem.sentence(Locale.ENGLISH)).contains("I-1", "one file", "statedTotal");
            assertThat(problem.sentence(Locale.CHINESE)).contains("I-1", "statedTotal");
        });
        assertThat(billing.list(Namespaces.ALL, "ups", null, 10))
                .extracting(InvoiceRow::id)
                .containsExactly(first.id());
    }

    @Test
    void an_invoice_that_comes_again_with_its_numbers_grouped_otherwise_or_its_charges_read_better_is_no_part_of_it() {
        String columns = "invoice,order,number,weighed,billed,rate,price,currency,words";
        InvoiceRow first = take("worded", "1.csv", columns, List.of("I-1,SO-1,LP 1-2,1200,3,,9.60,USD,Freight"));

        InvoiceRow grouped = take("worded", "2.csv", columns, List.of("I-1,SO-1,lp12,1200,3,,9.60,USD,Freight"));
        InvoiceRow mended = take("mended", "3.csv", columns, List.of("I-1,SO-1,LP12,1200,3,,9.60,USD,Freight"));

        assertThat(grouped.id()).isEqualTo(first.id());
        assertThat(mended.revision()).isEqualTo(2);
        assertThat(mended.total()).isEqualByComparingTo("0");
    }

    @Test
    void a_charge_of_no_parcel_that_stands_in_both_parts_of_an_invoice_makes_no_correction_of_the_second() {
        String columns = "invoice,order,number,weighed,billed,rate,price,currency";
        take("loose", "1.csv", columns, List.of("I-1,SO-1,LP1,1200,3,,9.60,USD", "I-1,,,,,,1.00,USD"));
        take("loose", "fee.csv", columns, List.of("I-2,,,,,,1.00,USD"));

        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> take("loose", "2.csv", columns, List.of("I-1,SO-2,LP2,1200,3,,5.00,USD", "I-1,,,,,,1.00,USD")));

        assertThat(refused).isNotNull();
        assertThat(refused.problems().get(0).code()).isEqualTo("invoice-in-parts");
        assertThat(take("loose", "fee2.csv", columns, List.of("I-2,,,,,,1.20,USD"))
                        .revision())
                .isEqualTo(2);
    }

    @Test
    void an_invoice_that_says_a_charge_anew_or_what_it_comes_to_is_a_corrected_one() {
        String columns = "invoice,order,number,weighed,billed,rate,price,currency,total";
        take("1.csv", columns, List.of("I-1,SO-1,LP1,1200,3,,9.60,USD,"));

        InvoiceRow anew = take("2.csv", columns, List.of("I-1,SO-1,LP1,1200,3,,8.10,USD,"));
        InvoiceRow whole = take("3.csv", columns, List.of("I-1,SO-2,LP2,1200,3,,5.00,USD,5.00"));

        assertThat(anew.total()).isEqualByComparingTo("-1.50");
        assertThat(whole.total()).isEqualByComparingTo("-3.10");
    }

    @Test
    void what_is_given_back_of_a_label_that_was_voided_credits_its_refund_though_no_kind_is_said() {
        voided();

        take("nov.csv", "SO-1,LP1,1200,1.2,,9.60");
        take("dec.csv", "SO-1,LP1,1200,1.2,,-9.60");

        RefundBook.Row refund = refund();
        assertThat(refund.state()).isEqualTo("credited");
        assertThat(refund.credited()).isEqualByComparingTo("9.60");
        assertThat(refund.creditedBy()).isEqualTo("dec");
    }

    @Test
    void a_refund_is_credited_with_what_comes_back_less_the_discount_that_is_taken_back_beside_it() {
        voided();
        String columns = "order,number,weighed,billed,rate,price,off,currency";

        take("discounted", "nov.csv", columns, List.of("SO-1,LP1,1200,1.2,,11.60,-2.00,USD"));
        take("discounted", "dec.csv", columns, List.of("SO-1,LP1,1200,1.2,,-11.60,2.00,USD"));

        assertThat(refund().credited()).isEqualByComparingTo("9.60");
    }

    /** A label of 9.60 whose refund is waited for. */
    private void voided() {
        Map<String, BigDecimal> price = Map.of("shipping", new BigDecimal("9.60"));
        SoldLabels.put(
                database, "ups", "USD", List.of(new Label("SO-1", "LP1", LocalDate.of(2026, 11, 16), price, true)));
        String shipment = ledger.read(tx -> tx.numbers().shipments("LP1")).get(0);
        ledger.commitAll(tx -> tx.refunds()
                .ask(
                        new RefundBook.Asked(
                                "acme",
                                "ups",
                                "ups",
                                "ord_1",
                                "SO-1",
                                shipment,
                                "LP1",
                                "REF-1",
                                false,
                                "pending",
                                "USD",
                                new BigDecimal("9.60")),
                        Duration.ofDays(1)));
    }

    private RefundBook.Row refund() {
        return ledger.<Optional<RefundBook.Row>>read(tx -> tx.refunds().find("ups", "LP1"))
                .orElseThrow();
    }

    @Test
    void a_correction_written_as_the_old_price_given_back_and_the_new_one_claims_what_it_adds() {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(
                        new Label("SO-1", "LP1", LocalDate.of(2026, 11, 16), shipping("9.60"), false),
                        new Label("SO-2", "LP2", LocalDate.of(2026, 11, 16), shipping("9.60"), false)));

        take("nov.csv", "SO-1,LP1,1200,1.2,,9.60");
        InvoiceRow later = take("dec.csv", "SO-1,LP1,1200,1.2,,-9.60", "SO-1,LP1,1200,1.2,,12.00");
        InvoiceRow atOnce =
                take("both.csv", "SO-2,LP2,1200,1.2,,9.60", "SO-2,LP2,1200,1.2,,-9.60", "SO-2,LP2,1200,1.2,,12.00");

        assertThat(claimed(later)).isEqualByComparingTo("2.40");
        assertThat(claimed(atOnce)).isEqualByComparingTo("2.40");
    }

    private BigDecimal claimed(InvoiceRow invoice) {
        return billing.reconciled(invoice.id(), Namespaces.ALL, 10).findings().stream()
                .map(finding -> finding.claim())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<String, BigDecimal> shipping(String price) {
        return Map.of("shipping", new BigDecimal(price));
    }

    private List<String> refused(String... rows) {
        return refusal(() -> take("nov.csv", rows));
    }

    private static List<String> refusal(ThrowingCallable taking) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, taking);
        assertThat(refused).isNotNull();
        return refused.problems().stream()
                .map(problem -> problem.sentence(Locale.ENGLISH))
                .toList();
    }

    private InvoiceRow take(String name, String... rows) {
        return take(
                name,
                "order,number,weighed,billed,rate,price,currency",
                Stream.of(rows).map(row -> row + ",USD").toList());
    }

    private InvoiceRow take(String name, String columns, List<String> rows) {
        return take("platform", name, columns, rows);
    }

    private InvoiceRow take(String mapping, String name, String columns, List<String> rows) {
        byte[] file = (columns + "\n" + String.join("\n", rows) + "\n").getBytes(StandardCharsets.UTF_8);
        Handed handed = new Handed(name, Content.of(file), mapping, "ups", null, "Jane");
        return billing.take(handed, Namespaces.ALL).invoices().get(0).row();
    }
}
