package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.measure.Money;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private final FakeCarrier fake = new FakeCarrier(IdempotencyClass.A, "9.00");

    @Test
    void a_carrier_that_knows_no_such_purchase_has_answered_and_nothing_was_bought() {
        Connection seen = Connection.of(account(fake));

        assertThat(seen.asked()).isEqualTo("look_up");
        assertThat(seen.isWell()).isTrue();
        assertThat(fake.lookUps).hasValue(1);
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void one_that_cannot_be_asked_is_told_in_its_words() {
        fake.unreachable = true;

        Connection seen = Connection.of(account(fake));

        assertThat(seen.isWell()).isFalse();
        assertThat(seen.why()).isNotBlank();
    }

    @Test
    void a_prepaid_account_says_what_it_has_left_or_why_not() {
        assertThat(Connection.of(account(new Prepaid(fake, "12.30"))).left()).isEqualTo(Money.of("12.30", "USD"));
        Connection refused = Connection.of(account(new Prepaid(fake, "")));
        assertThat(refused.asked()).isEqualTo("balance");
        assertThat(refused.why()).isEqualTo("401 from the carrier");
    }

    private static Account account(Carrier carrier) {
        return new Account("fake", "fake", carrier, Set.of(), 1, Duration.ZERO, "on_creation", false);
    }

    /** @param left empty when it lets nobody in */
    private record Prepaid(FakeCarrier fake, String left) implements LikeFake, Balances {
        @Override
        public Balance balance() {
            if (left.isEmpty()) {
                throw new IllegalStateException("401 from the carrier");
            }
            return new Balance(Money.of(left, "USD"), null);
        }
    }
}
