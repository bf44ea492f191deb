package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.billing.UpsFile.Charge;
import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.InvoiceRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.ledger.Subscriptions;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An invoice is held to what it states also where none of its rows charges anything. */
class CorrectedToNothingTest {
    private static final String FEDEX =
            "Bill to Account Number,Invoice Date,Invoice Number,Original Amount Due,Ground Tracking ID Prefix,"
                    + "Express or Ground Tracking ID,Transportation Charge Amount,Net Charge Amount,Shipment Date,"
                    + "Tracking ID Charge Description,Tracking ID Charge Amount\n";
    private static final String DHL =
            "Line Type;Invoice Number;Invoice Date;Billing Account;Shipment Number;Shipment Date;"
                    + "Currency;Total Amount;Total Tax;Weight Charge;XC1 Code;XC1 Charge\n";

    private Ledger ledger;
    private Billing billing;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "1");
        Account account =
                new Account("acc", "ups", carrier, Set.of("acme"), 1, Duration.ofSeconds(1), "on_creation", true);
        Mappings mappings = Mappings.load(folder, name -> null);
        billing = new Billing(ledger, new Accounts(List.of(account)), mappings, folder, folder, "n");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_corrected_invoice_that_comes_to_nothing_takes_back_what_was_billed() {
        take("fedex", FEDEX + fedex("8-001", "8.10"));

        List<InvoiceRow> corrected = take("fedex", FEDEX + fedex("8-001", "0.00"));

        assertThat(corrected).extracting(InvoiceRow::revision).containsExactly(2);
        assertThat(billed("8-001")).isEqualByComparingTo("0");
    }

    @Test
    void nor_is_it_passed_over_beside_an_invoice_that_charges_something() {
        take("fedex", FEDEX + fedex("8-001", "8.10"));

        List<InvoiceRow> taken = take("fedex", FEDEX + fedex("8-001", "0.00") + fedex("8-002", "5.00"));

        assertThat(taken).extracting(InvoiceRow::number).containsExactly("8-001", "8-002");
        assertThat(billed("8-001")).isEqualByComparingTo("0");
        assertThat(billed("8-002")).isEqualByComparingTo("5.00");
    }

    @Test
    void rows_that_only_inform_prove_no_total() {
        UpsFile file = new UpsFile()
                .charge("I-1", "1Z001", "2026-11-16", Charge.transport("8.10"))
                .charge("I-2", "1Z002", "2026-11-16", new Charge("SHP", "ISS", "INF", "", "Declared", "0.00"))
                .with(11, "120.00");

        assertThat(refused("ups", file.text(','))).singleElement().asString().contains("I-2", "120.00", "0.00");
        assertThat(billing.list(Namespaces.ALL, "acc", null, 10)).isEmpty();
    }

    @Test
    void nothing_but_rows_without_a_charge_is_no_invoice_of_an_account_that_has_none() {
        assertThat(refused("fedex", FEDEX + fedex("8-001", "0.00")))
                .singleElement()
                .asString()
                .contains("nov.csv");
    }

    @Test
    void a_total_that_differs_on_a_row_of_the_invoice_is_told_with_that_row() {
        String row = "I;MUC01;21.11.2026;4001;;;EUR;%s;;;;\n";
        String shipment = "S;MUC01;21.11.2026;4001;JD0024;16.11.2026;EUR;12,50;0;12,50;;\n";

        assertThat(refused("dhl-express", DHL + row.formatted("12,50") + shipment + row.formatted("13,00")))
                .singleElement()
                .asString()
                .contains("row 4", "13.00", "12.50");
    }

    private static String fedex(String invoice, String amount) {
        return "1,20261121,%s,%s,,9001,%s,%s,20261116,,\n".formatted(invoice, amount, amount, amount);
    }

    private List<InvoiceRow> take(String layout, String text) {
        Content content = Content.of(text.getBytes(StandardCharsets.UTF_8));
        return billing
                .take(new Handed("nov.csv", content, layout, "acc", "USD", "Jane"), Namespaces.ALL)
                .invoices()
                .stream()
                .map(Taken.Invoice::row)
                .toList();
    }

    private List<String> refused(String layout, String text) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> take(layout, text));
        assertThat(refused).isNotNull();
        return refused.problems().stream().map(Problem::toString).toList();
    }

    private BigDecimal billed(String invoice) {
        return billing.list(Namespaces.ALL, "acc", null, 10).stream()
                .filter(row -> row.number().equals(invoice))
                .map(row -> billing.reconciled(row.id(), Namespaces.ALL, 10).billed())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
