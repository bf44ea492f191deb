package io.waybill.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.problem.ProblemException;
import io.waybill.settings.OwnerOnly;
import io.waybill.settings.Veiled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which database the ledger lives in: an embedded H2 file, or PostgreSQL.
 *
 * @param url {@code jdbc:h2:halting:…} or {@code jdbc:postgresql:…}
 * @param forced the operator knows that a PostgreSQL which does not wait for its disk may lose what it acknowledged
 */
public record Database(String url, String user, String password, boolean forced) {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Of PostgreSQL: a deadlock, and a lock that was waited for in vain. */
    private static final Set<String> MET_OTHERS = Set.of("40P01", "55P03");

    private static final int MOST_TRIES = 60;
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(200);

    private static final String FILE = "jdbc:h2:" + HaltingFile.SCHEME + ":";
    private static final String ENDING = ".mv.db";

    static {
        HaltingFile.register(); // to H2 a scheme it does not know is the name of a folder
    }

    public Database(String url, String user, String password) {
        this(url, user, password, false);
    }

    /** Its address as it may be told: without a password that somebody wrote into it. */
    public String toldUrl() {
        return Veiled.of(url);
    }

    /** Where it is, for whoever looks for it: of the embedded one its file. */
    String place() {
        return url.startsWith(FILE) ? file().toString() : toldUrl();
    }

    /** Without its password. */
    @Override
    public String toString() {
        return user + " at " + toldUrl();
    }

    /**
     * Closed by us alone; texts of an order's size stay in their rows; a connection remembers every statement we have; what
     * fails is told to us alone, not to a file beside it, where it would quote rows.
     */
    private static final String EMBEDDED =
            ";DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=8192;QUERY_CACHE_SIZE=512;TRACE_LEVEL_FILE=0";

    /** H2 in {@code folder/waybill.mv.db}. One process at a time. */
    public static Database embedded(Path folder) {
        return new Database(FILE + folder.toAbsolutePath().resolve("waybill") + EMBEDDED, "sa", "");
    }

    /** Whether a folder has the embedded database; also false where this user may not look. */
    public static boolean isIn(Path folder) {
        return Files.exists(file(folder));
    }

    /** Whether a folder certainly has none. */
    public static boolean isMissing(Path folder) {
        return Files.notExists(file(folder));
    }

    /** The embedded database of a folder. */
    static Path file(Path folder) {
        return folder.toAbsolutePath().resolve("waybill" + ENDING);
    }

    /** True for the embedded database: one node, its durability made by {@link GroupSync}. */
    public boolean isEmbedded() {
        return url.startsWith("jdbc:h2:");
    }

    /**
     * What the driver of PostgreSQL is asked for where the address does not say otherwise. A database that went away without
     * a word is noticed: what waits for it longer than any statement takes ends as one whose outcome is unknown. One that only
     * reads, because another has become the primary, is not connected to. What it refuses is told without the values of rows,
     * which name people.
     */
    private static final Map<String, String> DRIVER = Map.of(
            "connectTimeout", "5",
            "socketTimeout", "120",
            "tcpKeepAlive", "true",
            "reWriteBatchedInserts", "true",
            "targetServerType", "primary",
            "logServerErrorDetail", "false",
            "ApplicationName", "waybill");

    /**
     * What a transaction has locked is free again when its process has stood still for a minute: a machine that is paused holds its
     * connections, and the other nodes would wait for it. A server, role or address that says its own keeps it.
     */
    private static final String WHEN_STANDING_STILL = """
            SELECT set_config('idle_in_transaction_session_timeout', '60000', FALSE)
            WHERE current_setting('idle_in_transaction_session_timeout') = '0'""";

    /** What a server or a role says otherwise makes of writers that meet failures, call after call. */
    private static final String EACH_STATEMENT_SEES_WHAT_IS_COMMITTED = "TRANSACTION_READ_COMMITTED";

    /**
     * What brings the schema up takes as long as its tables are large. For a lock it waits a few seconds only, for whoever wants the table
     * meanwhile waits behind it, a hub that buys behind a dump that reads for an hour; then it begins again.
     */
    private static final String FOR_STEPS =
            "SET lock_timeout = '3s'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0";

    /** Of the embedded one. */
    Path file() {
        return Path.of(url.substring(FILE.length(), (url + ";").indexOf(';')) + ENDING);
    }

    /** The address of the embedded one for who only reads: without what stops the process when the disk fails. */
    String readOnlyUrl(String how) {
        String path = file().toString();
        return "jdbc:h2:file:" + path.substring(0, path.length() - ENDING.length()) + how;
    }

    HikariDataSource open() {
        HikariConfig config = config("ledger", url);
        config.setMaximumPoolSize(24);
        config.setMinimumIdle(2);
        if (isEmbedded()) {
            config.setExceptionOverrideClassName(EvictClosed.class.getName());
        } else {
            config.setExceptionOverrideClassName(EvictReading.class.getName());
            DRIVER.forEach(config::addDataSourceProperty);
            config.setConnectionInitSql(WHEN_STANDING_STILL);
            config.setTransactionIsolation(EACH_STATEMENT_SEES_WHAT_IS_COMMITTED);
        }
        HikariDataSource pool = new HikariDataSource(config);
        if (url.startsWith(FILE)) {
            OwnerOnly.close(file());
        }
        return pool;
    }

    /** For what brings a PostgreSQL's schema up, which no silence of the server ends. */
    private HikariDataSource openForSteps() {
        HikariConfig config = config("ledger-steps", url.replaceAll("(?<=[?&])socketTimeout=[^&]*&?", ""));
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(0);
        DRIVER.forEach(config::addDataSourceProperty);
        config.addDataSourceProperty("socketTimeout", "0");
        config.setConnectionInitSql(FOR_STEPS);
        return new HikariDataSource(config);
    }

    private HikariConfig config(String pool, String address) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(pool);
        config.setJdbcUrl(address);
        config.setUsername(user);
        config.setPassword(password);
        config.setConnectionTimeout(5_000);
        return config;
    }

    /** A connection of its own, outside the pool, for what belongs to a session; a server that is silent for ten seconds ends it. */
    Connection session(String application) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(DRIVER);
        properties.putAll(
                Map.of("user", user, "password", password, "socketTimeout", "10", "ApplicationName", application));
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Brings the schema up to what this hub knows. One that a newer hub brought further is left as it is, where an older hub can live with it.
     *
     * @return the newest migration this hub knows
     * @throws ProblemException {@code ledger-of-a-newer-hub}
     */
    int migrate(HikariDataSource pool) {
        Flyway flyway = flyway(pool);
        MigrationInfoService steps = flyway.info();
        SchemaLevel level = SchemaLevel.of(steps.all());
        level.requireServed(pool);
        if (SchemaLevel.isAsWritten(steps.all())) {
            return level.known();
        }
        if (isEmbedded() || steps.pending().length == 0) {
            bringUp(flyway);
        } else {
            try (HikariDataSource unhurried = openForSteps()) {
                bringUp(flyway(unhurried));
            }
        }
        return level.known();
    }

    /** Beside hubs that work: where a migration and they wait for each other, or it for a long one of theirs, it ends and begins again. */
    private static void bringUp(Flyway flyway) {
        for (int tries = 1; ; tries++) {
            try {
                flyway.migrate();
                return;
            } catch (FlywayException e) {
                if (tries == MOST_TRIES || !metOthers(e)) {
                    throw e;
                }
                LOG.info(
                        "The database is being brought up while other hubs work on it; a step met them and begins again");
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(SHORT, 5 * SHORT));
            }
        }
    }

    private static boolean metOthers(FlywayException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof SQLException sql && MET_OTHERS.contains(String.valueOf(sql.getSQLState())));
    }

    /** The migrations that were applied to it, without applying any. */
    Stream<MigrationInfo> applied() {
        try (HikariDataSource pool = open()) {
            return Arrays.stream(flyway(pool).info().applied());
        }
    }

    /** The schema both stores share, and what each can only say in its own words. */
    Flyway flyway(DataSource pool) {
        return Flyway.configure()
                .dataSource(pool)
                .resourceProvider(SchemaFiles.of(isEmbedded() ? "h2" : "postgresql"))
                .javaMigrationClassProvider(List::of)
                .placeholders(
                        isEmbedded()
                                ? Map.of("bytes", "BLOB", "text", "CLOB")
                                : Map.of("bytes", "BYTEA", "text", "TEXT"))
                .javaMigrations(new NamesOfOlderOrders())
                .load();
    }
}
