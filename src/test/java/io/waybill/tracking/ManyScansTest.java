package io.waybill.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.tracking.Told.Scan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyScansTest {
    private static final int MANY = 60;

    @TempDir
    Path folder;

    @Test
    void what_is_known_of_a_shipment_is_read_a_few_times_however_many_scans_are_told_of_it() {
        Database database = Stores.h2(folder);
        try (Ledger ledger = Ledger.open(database, (space, type) -> List.of("oms"))) {
            Told told = new Told(ledger, List.of("T1", "T2"));
            Jdbi.create(database.url(), database.user(), database.password()).useHandle(handle -> {
                handle.execute("SET QUERY_STATISTICS_MAX_ENTRIES 1000");
                handle.execute("SET QUERY_STATISTICS TRUE");

                told.push(IntStream.range(0, MANY)
                        .mapToObj(i -> new Scan("T1", "in_transit", i))
                        .toList());

                assertThat(told.events()).hasSize(MANY);
                assertThat(handle.createQuery("""
                                SELECT SUM(execution_count) FROM information_schema.query_statistics
                                WHERE sql_statement LIKE 'SELECT%FROM tracking_event%'""").mapTo(Integer.class).one()).isBetween(1, 10);
            });
        }
    }
}
