package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StrandedTest {
    private final Ledger ledger = OneOrder.ledger();
    private final OneOrder order =
            new OneOrder(ledger, FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8")));

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void what_stands_at_an_account_that_is_gone_is_told_once_and_left_as_it_is() {
        waits(Stranded.GRACE.plusMinutes(1));
        Stranded stranded = new Stranded(ledger, new Accounts(List.of()));

        assertThat(stranded.tellOfThem()).isFalse();
        assertThat(stranded.tellOfThem()).isFalse();

        assertThat(ledger.<List<ExceptionBook.Row>>read(OpenExceptions::of))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("purchase-failed");
                    assertThat(row.occurrences()).isEqualTo(1);
                });
        assertThat(ledger.<Integer>read(tx -> tx.due().ready("fake", 10).size()))
                .isEqualTo(1);
    }

    @Test
    void nobody_is_told_of_what_another_node_may_know_the_account_of() {
        waits(Stranded.GRACE.minusMinutes(1));

        new Stranded(ledger, new Accounts(List.of())).tellOfThem();

        assertThat(order.reasons()).isEmpty();
    }

    @Test
    void nobody_is_told_of_what_waits_at_an_account_that_is_there() {
        waits(Duration.ofHours(1));

        new Stranded(ledger, new Accounts(List.of(order.account))).tellOfThem();

        assertThat(order.reasons()).isEmpty();
    }

    private void waits(Duration since) {
        ledger.commitAll(tx -> tx.shipments().postpone(order.row(), since.negated()));
    }
}
