package io.waybill.ledger;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Causes;
import io.waybill.text.Words;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Why a database cannot be worked on, told to whoever starts a hub on it. */
final class NotOpened {
    /** Of PostgreSQL: not allowed. */
    private static final String FORBIDDEN = "42501";

    private static final String MAY_MAKE_TABLES = """
            SELECT to_regclass('flyway_schema_history') IS NOT NULL
                OR has_schema_privilege(current_schema(), 'CREATE')""";

    private static final String SCHEMAS = "SELECT current_setting('search_path') WHERE current_schema() IS NULL";

    private NotOpened() {}

    /** What went wrong while its schema was brought up, or the failure itself where nobody can be told more. */
    static RuntimeException because(Exception failure, Database database) {
        if (failure instanceof IOException) {
            return notBroughtUp(failure, database);
        }
        if (LedgerFailure.isGone(failure)) {
            return new ProblemException(
                    Problem.of(LedgerCode.LEDGER_UNREACHABLE, "url", database.toldUrl(), "why", Words.of(failure)),
                    failure);
        }
        if (isForbidden(failure)) {
            return new ProblemException(notAllowed(database, Words.of(failure)), failure);
        }
        if (failure instanceof FlywayException) {
            return notBroughtUp(failure, database);
        }
        return failure instanceof RuntimeException other ? other : new IllegalStateException(failure);
    }

    private static ProblemException notBroughtUp(Exception failure, Database database) {
        return new ProblemException(
                Problem.of(LedgerCode.LEDGER_NOT_BROUGHT_UP, "url", database.place(), "why", Words.of(failure)),
                failure);
    }

    /** @throws ProblemException {@code ledger-no-schema} where the address or the role names none that is there */
    static void requireSchema(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet named = statement.executeQuery(SCHEMAS)) {
            if (named.next()) {
                throw new ProblemException(Problem.of(
                        LedgerCode.LEDGER_NO_SCHEMA,
                        "user",
                        database.user(),
                        "url",
                        database.toldUrl(),
                        "schema",
                        named.getString(1)));
            }
        }
    }

    /** @throws ProblemException {@code ledger-not-allowed} where a hub would have to make its tables and its user may not */
    static void requireAllowed(Connection connection, Database database) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet allowed = statement.executeQuery(MAY_MAKE_TABLES)) {
            if (allowed.next() && !allowed.getBoolean(1)) {
                throw new ProblemException(notAllowed(database, "no right to create in the schema"));
            }
        }
    }

    private static Problem notAllowed(Database database, String why) {
        return Problem.of(
                LedgerCode.LEDGER_NOT_ALLOWED, "user", database.user(), "url", database.toldUrl(), "why", why);
    }

    /** What the system says of the file of the embedded one, which H2 hands on without a word. */
    static Optional<String> ofTheDisk(Throwable failure) {
        return Causes.of(failure, IOException.class)
                .reduce((outer, inner) -> inner)
                .map(Words::of);
    }

    /** What the driver leaves out: a host that is not known, or that says nothing. */
    static String network(Throwable failure) {
        return Causes.of(failure)
                .filter(cause -> cause instanceof UnknownHostException || cause instanceof SocketTimeoutException)
                .findFirst()
                .map(cause -> " (" + Words.of(cause) + ")")
                .orElse("");
    }

    private static boolean isForbidden(Throwable failure) {
        return LedgerFailure.hasState(failure, FORBIDDEN);
    }
}
