package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    private static final String MORE = """
            INSERT INTO inbox (source, idem_key, body_sha256, result, received_at)
            SELECT 'erp', 'key' || i, 'x', 'accepted', CURRENT_TIMESTAMP FROM generate_series(%d, %d) i""";

    @Test
    void a_statement_prepared_while_its_table_was_small_uses_the_index_once_the_table_has_grown() {
        try (HikariDataSource pool = Stores.postgres().open()) {
            Jdbi jdbi = Jdbi.create(pool);
            Statistics statistics = new Statistics(jdbi);
            jdbi.useHandle(handle -> {
                handle.execute("ALTER TABLE inbox SET (autovacuum_enabled = false)");
                handle.execute("ANALYZE inbox");
                handle.execute("SET plan_cache_mode = force_generic_plan");
                handle.execute(
                        "PREPARE look(varchar[]) AS SELECT 1 FROM inbox WHERE source = 'erp' AND idem_key = ANY($1)");
                handle.execute(MORE.formatted(1, 20));
                handle.execute("ANALYZE inbox");
                assertThat(plan(handle)).contains("Seq Scan");
                handle.execute(MORE.formatted(21, 5_000));
                assertThat(plan(handle)).contains("Seq Scan");

                await().pollInSameThread()
                        .until(() -> refreshed(handle, statistics), tables -> tables.contains("inbox"));

                assertThat(plan(handle)).contains("inbox_pkey");
                await().until(statistics::refresh, tables -> !tables.contains("inbox"));
            });
        }
    }

    /** A session tells what it wrote with a later statement. */
    private static List<String> refreshed(Handle handle, Statistics statistics) {
        handle.execute("SELECT 1");
        return statistics.refresh();
    }

    private static String plan(Handle handle) {
        List<String> lines = handle.createQuery("EXPLAIN EXECUTE look('{key7}')")
                .mapTo(String.class)
                .list();
        return String.join("\n", lines);
    }
}
