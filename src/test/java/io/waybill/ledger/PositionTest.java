package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    Path folder;

    @Test
    void a_source_moves_forward_only_on_h2() {
        try (Ledger ledger = Ledger.open(Stores.h2(folder), Subscriptions.NONE)) {
            moves(ledger);
        }
    }

    @Test
    void a_source_moves_forward_only_on_postgres() {
        try (Ledger ledger = Ledger.open(Stores.postgres(), Subscriptions.NONE)) {
            moves(ledger);
        }
    }

    private static void moves(Ledger ledger) {
        assertThat(at(ledger)).isEmpty();
        ledger.commitAll(tx -> tx.positions().move("shop", NINE));
        ledger.commitAll(tx -> tx.positions().move("shop", NINE.plusSeconds(60)));
        ledger.commitAll(tx -> tx.positions().move("shop", NINE.plusSeconds(30)));
        assertThat(at(ledger)).contains(NINE.plusSeconds(60));

        ledger.commitAll(tx -> tx.positions().move("ahead", Instant.now().plus(Duration.ofDays(1))));
        assertThat(ledger.<Optional<Instant>>read(tx -> tx.positions().of("ahead"))
                        .orElseThrow())
                .as("a system whose clock runs ahead")
                .isBefore(Instant.now().plus(Duration.ofMinutes(5)));
    }

    private static Optional<Instant> at(Ledger ledger) {
        return ledger.read(tx -> tx.positions().of("shop"));
    }
}
