package io.waybill.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.settings.OwnerOnly;
import io.waybill.settings.Veiled;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * Which database the ledger lives in: an embedded H2 file, or PostgreSQL.
 *
 * @param url {@code jdbc:h2:halting:…} or {@code jdbc:postgresql:…}
 * @param forced the operator knows that a PostgreSQL which does not wait for its disk may lose what it acknowledged
 */
public record Database(String url, String user, String password, boolean forced) {
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
        return isInFile() ? file().toString() : toldUrl();
    }

    /** Whether it is the embedded one of a folder. */
    boolean isInFile() {
        return url.startsWith(FILE);
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
        if (isInFile()) {
            OwnerOnly.close(file());
        }
        return pool;
    }

    /** For what brings a PostgreSQL's schema up, which no silence of the server ends. */
    HikariDataSource openForSteps() {
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
}
