package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.ledger.Database;
import io.waybill.ledger.JourneyBook.Moving;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.Reason;
import io.waybill.ledger.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Whoever tells a person that a carrier tells nothing meets those who are told something of the same shipment. */
class UntoldLocksTest extends OnTheWay {
    private static final Duration AT_ONCE = Duration.ofSeconds(-60);
    private static final Page.Untold UNTOLD = new Page.Untold(List.of("T1"), "no answer");

    private final Database database = Stores.memory();

    @Override
    Database database() {
        return database;
    }

    @Test
    void a_shipment_nothing_is_told_of_is_not_locked_while_its_order_is_waited_for()
            throws ExecutionException, InterruptedException {
        Troubles troubles = new Troubles(ledger);
        Moving moving = ledger.read(tx -> tx.journeys().moving(shipment)).orElseThrow();
        troubles.unfollowed(moving, UNTOLD, AT_ONCE);
        troubles.unfollowed(moving, UNTOLD, AT_ONCE);

        CompletableFuture<Boolean> third = new CompletableFuture<>();
        List<Moving> free = ledger.commit(tx -> {
            tx.orders().lock(order, Namespaces.ALL);
            third.completeAsync(() -> {
                troubles.unfollowed(moving, UNTOLD, AT_ONCE);
                return true;
            });
            await().until(this::isSomebodyWaiting);
            return claimedElsewhere();
        });

        assertThat(free).extracting(Moving::id).containsExactly(shipment);
        assertThat(third.get()).isTrue();
        assertThat(isOpen(Reason.TRACKING_FAILED)).isTrue();
    }

    /** Leaves what is locked alone. */
    private List<Moving> claimedElsewhere() {
        return CompletableFuture.supplyAsync(
                        () -> ledger.commit(tx -> tx.journeys().claim("fake", 5, Duration.ofMinutes(1))))
                .join();
    }

    private boolean isSomebodyWaiting() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                ResultSet waiting = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")) {
            return waiting.next() && waiting.getInt(1) > 0;
        }
    }
}
