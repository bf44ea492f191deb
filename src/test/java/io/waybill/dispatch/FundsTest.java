package io.waybill.dispatch;

import static java.lang.Thread.State.BLOCKED;
import static java.lang.Thread.State.TERMINATED;
import static java.lang.Thread.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Balances;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.Stores;
import io.waybill.measure.Money;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FundsTest {
    private static final Set<Thread.State> DONE_OR_WAITING = EnumSet.of(BLOCKED, WAITING, TERMINATED);

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

    @Test
    void an_earlier_answer_does_not_overrule_a_later_one() throws InterruptedException {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), (namespace, type) -> List.of())) {
            CountDownLatch asked = new CountDownLatch(1);
            CountDownLatch answered = new CountDownLatch(1);
            Iterator<Balances> carrier = List.<Balances>of(
                            () -> {
                                asked.countDown();
                                await(answered);
                                return low("500");
                            },
                            () -> low("12"))
                    .iterator();
            Funds funds = new Funds(ledger, "lp", () -> carrier.next().balance());
            Thread first = new Thread(funds::look);
            first.start();
            await(asked);

            Thread second = new Thread(funds::look);
            second.start();
            Awaitility.await().until(() -> DONE_OR_WAITING.contains(second.getState()));
            answered.countDown();
            first.join();
            second.join();

            assertThat(open(ledger)).hasSize(1);
        }
    }

    private Balances.Balance low(String dollars) {
        return new Balances.Balance(Money.of(dollars, "USD"), least);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Balances.Balance balance() {
        if (left == null) {
            throw new IllegalStateException("HTTP 503");
        }
        return low(left);
    }

    private static List<ExceptionBook.Row> open(Ledger ledger) {
        return ledger.read(OpenExceptions::of);
    }
}
