package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.carrier.Account;
import io.waybill.carrier.Accounts;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.ledger.Database;
import io.waybill.ledger.ExceptionBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OpenExceptions;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.StoryBook;
import io.waybill.order.Json;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a purchase nobody can tell of waits for its next look-up. */
class LookUpWaitsTest {
    private static final DispatchSettings SETTINGS = Waits.of(
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(8));

    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8");
    private final Account account = FakeCarrier.account("fake", carrier, Duration.ofSeconds(95), false);
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void open() throws SQLException {
        VirtualTime.reset();
        SteppedDatabase.install();
        ledger = Ledger.open(new Database(SteppedDatabase.URL, "sa", ""), (namespace, type) -> List.of("oms"));
        order = new OneOrder(ledger, account);
        new Recording(ledger, SETTINGS, Outside.REAL, sold -> {})
                .unsettled()
                .unknown(order.claim(), order.row().fence(), "timed out", account.settle(), new byte[0]);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void while_the_carrier_is_away_each_is_longer_up_to_a_quarter_of_an_hour() {
        carrier.unreachable = true;
        Recovery recovery = recovery(List.of(account));

        assertThat(waits(() -> recovery.settleOpenPurchases("fake"), 8))
                .extracting(Duration::toSeconds)
                .containsExactly(95L, 190L, 380L, 760L, 900L, 900L, 900L, 900L);
    }

    @Test
    void while_its_account_is_not_configured_each_is_longer_too() {
        Recovery recovery = recovery(List.of());

        assertThat(waits(
                        () -> {
                            VirtualTime.pass(Stranded.GRACE);
                            recovery.settleWithoutAccount();
                        },
                        6))
                .extracting(Duration::toMinutes)
                .startsWith(5L)
                .isSorted()
                .endsWith(15L, 15L);
    }

    @Test
    void a_person_hears_of_a_purchase_whose_account_is_gone_at_the_first_look() {
        VirtualTime.pass(account.settle().plus(Stranded.GRACE));

        recovery(List.of()).settleWithoutAccount();

        assertThat(reasons()).containsExactly("purchase-unresolved");
        assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        VirtualTime.pass(Duration.ofMinutes(15));
        recovery(List.of(account)).settleOpenPurchases("fake");
        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void what_another_node_may_know_the_account_of_is_left_to_it_and_counts_as_not_looked_up() {
        long fence = order.row().fence();
        VirtualTime.pass(account.settle().plus(Stranded.GRACE).minusSeconds(1));

        recovery(List.of()).settleWithoutAccount();

        assertThat(order.row().fence()).isEqualTo(fence);
        assertThat(order.row().lookups()).isZero();
        recovery(List.of(account)).settleOpenPurchases("fake");
        assertThat(order.row().state()).isNotEqualTo(ShipmentState.UNKNOWN);
    }

    @Test
    void the_story_tells_once_what_each_look_up_hears() {
        carrier.unreachable = true;
        Recovery recovery = recovery(List.of(account));

        waits(() -> recovery.settleOpenPurchases("fake"), 8);

        assertThat(ledger.<List<StoryBook.Entry>>read(tx -> tx.story().of(order.orderUid)))
                .filteredOn(entry -> entry.what().equals("outcome unknown"))
                .extracting(entry ->
                        Json.kept(String.valueOf(entry.detail())).path("why").asText())
                .doesNotHaveDuplicates()
                .hasSize(2)
                .startsWith("timed out");
    }

    private List<Duration> waits(Runnable lookUp, int times) {
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            VirtualTime.pass(Duration.ofMillis(VirtualTime.until(order.row().due())));
            lookUp.run();
            waits.add(Duration.ofMillis(VirtualTime.until(order.row().due())));
            assertThat(order.row().state()).isEqualTo(ShipmentState.UNKNOWN);
        }
        return waits;
    }

    private Recovery recovery(List<Account> known) {
        Accounts accounts = new Accounts(known);
        return new Recovery(
                ledger,
                accounts,
                new Recording(ledger, SETTINGS, Outside.REAL, sold -> {}),
                new LookUps(ledger, accounts),
                SETTINGS,
                "run-2",
                done -> {});
    }

    /** Others have left theirs in this database. */
    private List<String> reasons() {
        return ledger.read(OpenExceptions::of).stream()
                .filter(row -> order.orderUid.equals(row.orderUid()))
                .map(ExceptionBook.Row::reason)
                .toList();
    }
}
