package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Balances;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Stores;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FundsTest {
    @TempDir
    Path folder;

    private @Nullable String left;
    private @Nullable BigDecimal least = new BigDecimal("200");

    @Test
    void a_low_balance_is_told_once_and_closes_by_a_higher_one_never_by_silence() {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), (namespace, type) -> List.of())) {
            Funds funds = new Funds(ledger, "lp", this::balance);
            left = "200.00";
            funds.look();
            assertThat(open(ledger)).isEmpty();

            left = "199.99";
            funds.look();
            left = "12.00";
            funds.look();
            assertThat(open(ledger)).singleElement().satisfies(row -> {
                assertThat(row.reason()).isEqualTo("balance-low");
                assertThat(row.subjectId()).isEqualTo("lp");
                assertThat(row.problems()).contains("199.99 USD");
            });

            left = null;
            funds.look();
            assertThat(open(ledger)).hasSize(1);

            left = "500";
            funds.look();
            assertThat(open(ledger)).isEmpty();
            least = null;
            left = "0";
            funds.look();
            assertThat(open(ledger)).as("nobody wants to know").isEmpty();
        }
    }

    private Balances.Balance balance() {
        if (left == null) {
            throw new IllegalStateException("HTTP 503");
        }
        return new Balances.Balance(Money.of(left, "USD"), least);
    }

    private static List<ExceptionBook.Row> open(Ledger ledger) {
        return ledger.read(tx -> tx.exceptions().open(Namespaces.ALL, 10));
    }
}
