package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.billing.Paper.Item;
import io.waybill.billing.Paper.Row;
import io.waybill.billing.Paper.What;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.ledger.SumBook.Asked;
import io.waybill.ledger.SumBook.By;
import io.waybill.ledger.SumBook.Sum;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.ShippedTargets;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a file is said with row and column, in both languages, and nothing of it is kept, however much of it was read. */
class BadBillsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 16);
    private static final String UPS = text(new UpsPaper());
    private static final String FEDEX = text(new FedexPaper());
    private static final String DHL = text(new DhlPaper());
    private static final String X12 = text(new X12Paper()).replace("\n", "");

    private static Ledger ledger;
    private static Billing billing;

    @BeforeAll
    static void open(@TempDir Path folder) {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        Account account = new Account(
                "acc",
                "ups",
                new FakeCarrier(IdempotencyClass.A, "1"),
                Set.of("acme"),
                1,
                Duration.ofSeconds(1),
                "on_creation",
                true);
        billing = new Billing(
                ledger,
                new Accounts(List.of(account)),
                Mappings.load(Path.of("mappings"), ShippedTargets::of),
                folder,
                folder,
                "n");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    /** 1,200 parcels on two invoices: more than is staged at once. */
    private static String text(Paper paper) {
        int parcels = paper.isOneInvoiceEach() ? 3 : 1_200;
        for (int n = 0; n < parcels; n++) {
            paper.add(new Row(
                    "I-" + (paper.isOneInvoiceEach() ? n : n % 2),
                    "961200%04d".formatted(n),
                    DAY,
                    null,
                    false,
                    "2",
                    "2",
                    false,
                    "005",
                    List.of(
                            new Item(What.TRANSPORT, new BigDecimal("6.00"), new BigDecimal("10.00")),
                            Item.of(What.FUEL, new BigDecimal("0.72")))));
        }
        return new String(paper.bytes(), StandardCharsets.UTF_8);
    }

    /** The file with something of its last rows changed. */
    private static String last(String file, String from, String to) {
        int at = file.lastIndexOf(from);
        assertThat(at).as(from).isPositive();
        return file.substring(0, at) + to + file.substring(at + from.length());
    }

    private static String withoutColumn(String file, String column, String delimiter) {
        String[] header = file.lines().findFirst().orElseThrow().split(delimiter, -1);
        int at = List.of(header).indexOf('"' + column + '"');
        assertThat(at).as(column).isNotNegative();
        return file.lines()
                .map(line -> {
                    List<String> cells = new ArrayList<>(List.of(line.split(delimiter, -1)));
                    cells.remove(at);
                    return String.join(delimiter, cells);
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                bad("another carrier's: UPS as FedEx", "fedex", UPS, "row 1", "fedex", "ups"),
                bad("another carrier's: FedEx as UPS", "ups", FEDEX, "row 1", "ups", "fedex"),
                bad("another carrier's: DHL as UPS", "ups", DHL, "row 1", "ups", "dhl-express"),
                bad("another carrier's: UPS as DHL", "dhl-express", UPS, "row 1", "dhl-express", "ups"),
                bad(
                        "a missing column of FedEx",
                        "fedex",
                        withoutColumn(FEDEX, "Net Charge Amount", ","),
                        "row 1",
                        "Net Charge Amount"),
                bad(
                        "a missing column of DHL",
                        "dhl-express",
                        withoutColumn(DHL, "Weight Charge", ";"),
                        "row 1",
                        "Weight Charge"),
                bad(
                        "a row of UPS that ends too early",
                        "ups",
                        UPS + "2.1,0000A1B2C3,0000A1B2C3,US,2026-11-21,I-0,E,,,USD\n",
                        "row 2401",
                        "Invoice Amount"),
                bad(
                        "a day no month has",
                        "ups",
                        last(UPS, ",2026-11-21,", ",31/02/2026,"),
                        "Invoice Date",
                        "31/02/2026"),
                bad(
                        "dates a spreadsheet wrote with the month first",
                        "ups",
                        UPS.replace("2026-11-21", "11/07/2026").replace("2026-11-16", "11/02/2026"),
                        "row 1",
                        "Invoice Date",
                        "2026-07-11",
                        "from 2026-02-11 to 2026-07-11",
                        "the month first from 2026-11-02 to 2026-11-07"),
                bad(
                        "a tracking number a spreadsheet rewrote",
                        "ups",
                        last(UPS, ",9612001199,,", ",9.612E+09,,"),
                        "row 2400",
                        "Tracking Number",
                        "9.612E+09"),
                bad(
                        "an amount a spreadsheet rewrote",
                        "fedex",
                        last(FEDEX, ",6.72,", ",6.72E+00,"),
                        "row 1201",
                        "Net Charge Amount",
                        "6.72E+00"),
                bad(
                        "an amount a spreadsheet rewrote, in decimals after a comma",
                        "dhl-express",
                        last(DHL, ";0,72;", ";7,2E-01;"),
                        "row 1201",
                        "XC1 Charge",
                        "7,2E-01"),
                bad(
                        "an amount of more decimals than are kept",
                        "fedex",
                        last(FEDEX, ",6.72,", ",6.72001,"),
                        "row 1201",
                        "Net Charge Amount",
                        "6.72001",
                        "4 behind it"),
                bad(
                        "an amount of more digits than are kept",
                        "ups",
                        last(UPS, ",4032.00,", ",1234567890123456.00,"),
                        "row 2400",
                        "Invoice Amount",
                        "1234567890123456.00",
                        "15 digits"),
                bad(
                        "an amount in thousands of a currency without decimals",
                        "dhl-express",
                        last(DHL, ";0,72;", ";12.345;").replace(";USD;", ";CLP;"),
                        "row ",
                        "CLP",
                        "has more decimals",
                        "or is meant in thousands"),
                bad(
                        "an exchange rate of more decimals than are kept",
                        "fedex",
                        "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                                + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                                + "Tracking ID Charge Description,Tracking ID Charge Amount,Currency Conversion Rate\n"
                                + "1,20261121,8-1,8.10,,9612,8.10,8.10,20261116,,,0.123456789\n",
                        "row 2",
                        "Currency Conversion Rate",
                        "0.123456789",
                        "8 behind it"),
                bad(
                        "two currencies on one invoice",
                        "ups",
                        last(UPS, ",USD,4032.00,", ",EUR,4032.00,"),
                        "row 2400",
                        "Currency Code",
                        "EUR",
                        "USD"),
                bad(
                        "two currencies on one invoice of DHL",
                        "dhl-express",
                        last(DHL, ";USD;6,72;", ";EUR;6,72;"),
                        "row 1201",
                        "Currency",
                        "EUR",
                        "USD"),
                bad(
                        "a total that UPS' lines do not come to",
                        "ups",
                        UPS.replace(",4032.00,", ",4032.01,"),
                        "I-0",
                        "4032.00",
                        "4032.01",
                        "0.01"),
                bad(
                        "two totals of one invoice",
                        "ups",
                        last(UPS, ",4032.00,", ",4032.01,"),
                        "row 2400",
                        "Invoice Amount",
                        "4032.01",
                        "4032.00"),
                bad(
                        "a total that FedEx' lines do not come to",
                        "fedex",
                        FEDEX.replace(",4032.00,4032.00,", ",4000.00,4000.00,"),
                        "I-1",
                        "4032.00",
                        "4000.00",
                        "32.00"),
                bad(
                        "a row that does not come to its own sum",
                        "fedex",
                        last(FEDEX, ",0.72,", ",0.27,"),
                        "row 1201",
                        "Net Charge Amount",
                        "6.72",
                        "6.27"),
                bad(
                        "a total that DHL's shipments do not come to",
                        "dhl-express",
                        last(DHL, ";4032,00;", ";4032,10;"),
                        "I-1",
                        "4032.10",
                        "0.10"),
                bad(
                        "a total that the charges of a 210 do not come to",
                        "x12-210-invoice",
                        last(X12, "**20261121*672*", "**20261121*673*"),
                        "I-2",
                        "6.72",
                        "6.73"));
    }

    private static Arguments bad(String what, String layout, String file, String... said) {
        return Arguments.of(what, layout, file, List.of(said));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void what_is_wrong_is_said_with_its_place_and_nothing_is_kept(
            String what, String layout, String file, List<String> said) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> take(layout, file));

        assertThat(refused).as(what).isNotNull();
        assertThat(refused.problems().stream().map(Problem::toString))
                .as(what)
                .anySatisfy(problem -> assertThat(problem).contains("nov.csv").contains(said));
        assertThat(refused.problems())
                .allSatisfy(
                        problem -> assertThat(problem.sentence(Locale.CHINESE)).containsPattern("\\p{IsHan}"));
        assertThat(billing.list(Namespaces.ALL, "acc", null, 10)).isEmpty();
        Asked asked = new Asked(Namespaces.ALL, List.of(By.ACCOUNT), null, null, null);
        assertThat(ledger.<List<Sum>>read(tx -> tx.sums().sums(asked, List.of(), 10)))
                .isEmpty();
    }

    private static @Nullable Taken take(String layout, String file) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        return billing.take(new Handed("nov.csv", Content.of(bytes), layout, "acc", "USD", "Jane"), Namespaces.ALL);
    }
}
