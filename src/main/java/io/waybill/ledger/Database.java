package io.waybill.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Which database the ledger lives in: an embedded H2 file, or PostgreSQL.
 *
 * @param url {@code jdbc:h2:file:…} or {@code jdbc:postgresql:…}
 */
public record Database(String url, String user, String password) {

    /**
     * Closed by us alone; texts of an order's size stay in their rows, where reading and writing them costs a tenth; a
     * connection remembers every statement we have.
     */
    private static final String EMBEDDED =
            ";DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=8192;QUERY_CACHE_SIZE=512";

    /** H2 in {@code folder/waybill.mv.db}. One process at a time. */
    public static Database embedded(Path folder) {
        return new Database(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve("waybill") + "" + EMBEDDED, "sa", "");
    }

    /** True for the embedded database: one node, its durability made by {@link GroupSync}. */
    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    HikariDataSource open() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(5_000);
        return new HikariDataSource(config);
    }

    void migrate(HikariDataSource pool) {
        Flyway.configure()
                .dataSource(pool)
                .placeholders(
                        isEmbedded()
                                ? Map.of("bytes", "BLOB", "text", "CLOB")
                                : Map.of("bytes", "BYTEA", "text", "TEXT"))
                .load()
                .migrate();
    }
}
