package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump is put back by the manual's own commands, on a server that has them. */
class PgRestoreTest {
    @TempDir
    Path folder;

    @Test
    void a_dump_from_before_an_upgrade_is_put_back_whole_as_the_manual_says() throws Exception {
        assumeTrue(PgManual.isPossible());
        Database database = Stores.postgres();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            give(ledger, "before");
        }
        Path dump = folder.resolve("waybill.dump");
        PgDump.of(database).into(dump);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            give(ledger, "in the lost time");
        }
        Stores.execute(database, "CREATE TABLE of_a_newer_hub (name VARCHAR(200) REFERENCES control_number)");

        PgManual.putBack(database, dump);

        assertThat(Stores.count(database, "control_number")).isEqualTo(1);
        assertThat(Stores.count(database, "pg_tables WHERE tablename = 'of_a_newer_hub'"))
                .isZero();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            Restore.mark(ledger, "waybill.dump", "ops");
            assertThat(give(ledger, "after")).isEqualTo(1_001);
        }
    }

    private static long give(Ledger ledger, String name) {
        return ledger.commit(tx -> tx.controlNumbers().give(name, "evt_1")).number();
    }
}
