package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.InZone;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UtcDayTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 31);

    @Test
    void a_label_is_billed_and_converted_by_its_day_in_utc_wherever_the_hub_stands_on_h2(@TempDir Path folder) {
        try (InZone away = new InZone("Pacific/Kiritimati")) {
            daysAreThoseOfUtc(Stores.h2(folder));
        }
    }

    @Test
    void a_label_is_billed_and_converted_by_its_day_in_utc_wherever_the_hub_stands_on_postgres() {
        try (InZone away = new InZone("Pacific/Kiritimati")) {
            daysAreThoseOfUtc(Stores.postgres());
        }
    }

    /** Labels are sold at noon there, and at two in the morning of the next day where the hub is. */
    private static void daysAreThoseOfUtc(Database database) {
        SoldLabels.put(
                database,
                "ups",
                "USD",
                List.of(new SoldLabels.Label("SO-1", "1Z1", DAY, Map.of("shipping", BigDecimal.ONE), false)));
        SumBook.Asked asked =
                new SumBook.Asked(Namespaces.ALL, List.of(SumBook.By.ACCOUNT, SumBook.By.PERIOD), null, null, null);
        List<String> keys = List.of("ups", "2026-10");
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            List<SumBook.Alike> sums = ledger.read(tx -> tx.sums().alike(asked, keys, keys));
            List<MatchBook.Known> known = ledger.read(tx -> tx.matches().numbers("ups", List.of("1Z1")));
            Map<String, LocalDate> tracked = ledger.read(tx -> tx.auditFacts().trackedSince("ups"));

            assertThat(sums).extracting(SumBook.Alike::day).containsExactly(DAY);
            assertThat(known).extracting(MatchBook.Known::bought).containsExactly(DAY);
            assertThat(tracked).containsValue(DAY);
        }
    }
}
