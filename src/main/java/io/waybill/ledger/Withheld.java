package io.waybill.ledger;

import java.sql.SQLException;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * What the embedded database refuses, told by its state and its statement, without the rows it quotes, which may be a
 * recipient's: in its sentence, in whatever language, and in what it came from. PostgreSQL is asked not to quote them.
 */
final class Withheld {
    /** A value does not fit or is there already, or another transaction holds its row. */
    private static final String ABOUT_ROWS = "2[23].*|HYT00|40001|90131";

    private static final String STATEMENT = "; SQL statement:";

    private Withheld() {}

    static JdbiException from(JdbiException failure) {
        if (!(failure.getCause() instanceof SQLException refused)
                || !String.valueOf(refused.getSQLState()).matches(ABOUT_ROWS)) {
            return failure;
        }
        String words = why(String.valueOf(refused.getSQLState())) + statement(String.valueOf(refused.getMessage()));
        SQLException cause = new SQLException(words, refused.getSQLState(), refused.getErrorCode());
        cause.setStackTrace(refused.getStackTrace());
        JdbiException told = new UnableToExecuteStatementException(words, cause, null);
        told.setStackTrace(failure.getStackTrace());
        return told;
    }

    private static String why(String state) {
        String why = switch (state) {
            case "22001" -> "a text is too long for its column";
            case "23505" -> "a row with this key is there already";
            case "HYT00", "40001", "90131" -> "another transaction has a row it wants";
            default -> "a value does not fit";
        };
        return "H2: " + why + " (" + state + ")";
    }

    /** Its text, whose values are bound and so not in it; the last, as a value may look like one. */
    private static String statement(String message) {
        int begins = message.lastIndexOf(STATEMENT);
        return begins < 0 ? "" : message.substring(begins);
    }
}
