package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.ServedMappings.Served;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedMappingsTest {
    @TempDir
    Path folder;

    @Test
    void what_served_on_a_postgresql_is_read_while_hubs_run_on_it() throws Exception {
        Database database = Stores.postgres();
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            ledger.commitAll(tx -> tx.mappings().serves(new MappingBook.Row("shop", 2, "ab", "text")));

            assertThat(ServedMappings.of(database)).containsExactly(new Served("shop", 2, "ab"));
        }
    }

    @Test
    void nothing_served_on_a_database_that_no_hub_has_begun() throws Exception {
        assertThat(ServedMappings.of(Stores.emptyPostgres())).isEmpty();
    }

    @Test
    void what_served_on_the_embedded_one_is_read_when_it_is_closed() throws Exception {
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, Subscriptions.NONE)) {
            ledger.commitAll(tx -> tx.mappings().serves(new MappingBook.Row("shop", 2, "ab", "text")));
        }

        assertThat(ServedMappings.of(database)).containsExactly(new Served("shop", 2, "ab"));
    }
}
