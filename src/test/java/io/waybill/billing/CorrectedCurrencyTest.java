package io.waybill.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A corrected invoice takes back what went in the currency it was billed in, or nothing. */
class CorrectedCurrencyTest {
    private Ledger ledger;
    private Billing billing;

    @BeforeEach
    void open(@TempDir Path folder) {
        ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE);
        FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "1");
        Account account =
                new Account("ups", "ups", carrier, Set.of("acme"), 1, Duration.ofSeconds(1), "on_creation", true);
        billing = new Billing(
                ledger, new Accounts(List.of(account)), Mappings.load(folder, name -> null), folder, folder, "n");
        take(bill("USD", "10.00"));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_correction_in_another_currency_is_refused_and_takes_nothing_back() {
        UpsFile correction = bill("CAD", "13.00");
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> take(correction));

        assertThat(refused).isNotNull();
        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("invoice-two-currencies");
            assertThat(problem.sentence(Locale.ENGLISH))
                    .startsWith("nov.csv: invoice I-1 is in USD, and in CAD here. ")
                    .doesNotContain("{");
            assertThat(problem.sentence(Locale.CHINESE)).contains("I-1", "USD", "CAD", "币种");
        });
        assertThat(billing.list(Namespaces.ALL, "ups", null, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.total()).isEqualByComparingTo("15.00"));
    }

    @Test
    void the_same_lines_in_another_currency_are_not_the_same_invoice() {
        UpsFile same = bill("CAD", "10.00");

        assertThat(catchThrowableOfType(ProblemException.class, () -> take(same)))
                .isNotNull();
    }

    @Test
    void a_correction_in_its_currency_is_taken_after_one_that_was_refused() {
        UpsFile wrong = bill("CAD", "13.00");
        assertThatThrownBy(() -> take(wrong)).isInstanceOf(ProblemException.class);
        InvoiceRow corrected = take(bill("USD", "13.00"));

        assertThat(corrected.revision()).isEqualTo(2);
        assertThat(corrected.total()).isEqualByComparingTo("3.00");
        assertThat(corrected.currency()).isEqualTo("USD");
    }

    private static UpsFile bill(String currency, String transport) {
        return new UpsFile()
                .row("I-1", currency, "1Z001", "2026-11-16", Charge.transport(transport))
                .row("I-1", currency, "1Z002", "2026-11-16", Charge.transport("5.00"));
    }

    private InvoiceRow take(UpsFile file) {
        Handed handed = new Handed("nov.csv", Content.of(file.bytes()), "ups", "ups", null, "Jane");
        return billing.take(handed, Namespaces.ALL).invoices().get(0).row();
    }
}
