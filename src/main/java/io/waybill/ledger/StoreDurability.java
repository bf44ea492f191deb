package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Veiled;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a PostgreSQL does before it acknowledges a commit.
 *
 * @param synchronousCommit {@code on | off | local | remote_write | remote_apply}
 * @param standbys {@code synchronous_standby_names}; empty without replicas that commits wait for
 * @param encoding {@code server_encoding}, what texts are kept in
 * @param schema where its tables are, or will be
 * @param others other schemas of the database with tables of a hub, by commas
 */
public record StoreDurability(
        String synchronousCommit,
        String fsync,
        String fullPageWrites,
        String standbys,
        String encoding,
        String schema,
        String others) {
    private static final int PATIENCE_SECONDS = 5;

    private static final String OTHERS = """
            SELECT COALESCE(string_agg(n.nspname, ', ' ORDER BY n.nspname), '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'purchase_attempt' AND c.relkind = 'r' AND n.nspname <> current_schema()""";

    /** @throws ProblemException {@code ledger-unreachable}, {@code ledger-no-schema}, {@code ledger-not-allowed}, {@code ledger-pooled} */
    public static StoreDurability of(Database database) {
        DriverManager.setLoginTimeout(PATIENCE_SECONDS);
        try (Connection connection = database.session("waybill check")) {
            NotOpened.requireSchema(connection, database);
            NotOpened.requireAllowed(connection, database);
            PoolBetween.requireSessions(connection, database);
            return of(connection);
        } catch (SQLException e) {
            throw new ProblemException(
                    Problem.of(
                            LedgerCode.LEDGER_UNREACHABLE,
                            "url",
                            database.toldUrl(),
                            "why",
                            Veiled.of(String.valueOf(e.getMessage())) + NotOpened.network(e)),
                    e);
        }
    }

    static StoreDurability of(Connection connection) throws SQLException {
        return new StoreDurability(
                show(connection, "synchronous_commit"),
                show(connection, "fsync"),
                show(connection, "full_page_writes"),
                show(connection, "synchronous_standby_names"),
                show(connection, "server_encoding"),
                ask(connection, "SELECT current_schema()"),
                ask(connection, OTHERS));
    }

    /** One problem for each setting by which an acknowledged commit can be lost: by a crash, or by a switch to a replica. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        boolean hasty = synchronousCommit.equals("off") || (synchronousCommit.equals("local") && !standbys.isEmpty());
        refuse(problems, hasty, "synchronous_commit", synchronousCommit);
        refuse(problems, fsync.equals("off"), "fsync", fsync);
        refuse(problems, fullPageWrites.equals("off"), "full_page_writes", fullPageWrites);
        return problems;
    }

    /** What keeps no hub from working: a text that does not fit fails when it comes, and a schema that was not meant begins an empty hub. */
    public List<Problem> warnings() {
        List<Problem> warnings = new ArrayList<>();
        if (!encoding.equals("UTF8")) {
            warnings.add(Problem.of(LedgerCode.LEDGER_NOT_UTF8, "encoding", encoding));
        }
        if (!others.isEmpty()) {
            warnings.add(Problem.of(LedgerCode.LEDGER_BESIDE_ANOTHER, "schema", schema, "others", others));
        }
        return warnings;
    }

    private static void refuse(List<Problem> problems, boolean wrong, String setting, String value) {
        if (wrong) {
            problems.add(Problem.of(LedgerCode.LEDGER_NOT_DURABLE, "setting", setting, "value", value));
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        return ask(connection, "SHOW " + setting);
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
