package io.waybill.text;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** What a failure says of itself. */
public final class Words {
    private Words() {}

    /** Its message, or else its name; of one that only hands on another, the other's; of a database's, {@link #ofDatabase}. */
    public static String of(Throwable failure) {
        return ofDatabase(failure).orElseGet(() -> own(failure));
    }

    /** For a line of a log: {@link #of}, without what another system answered. */
    public static String toLog(Throwable failure) {
        return Causes.of(failure, Quoting.class)
                .map(Quoting::withoutQuote)
                .findFirst()
                .orElseGet(() -> of(failure));
    }

    /** Of a failure that a database caused, its state and first line: what follows may show a row, and whoever is named there. */
    public static Optional<String> ofDatabase(Throwable failure) {
        return Causes.of(failure, SQLException.class)
                .reduce((outer, inner) -> inner)
                .map(Words::ofDatabase);
    }

    /** What of the network its driver gives as the cause is told too; a pool that runs dry has no state. */
    private static String ofDatabase(SQLException said) {
        String state = said.getSQLState() == null ? "" : "SQL state " + said.getSQLState() + ": ";
        String line = own(said).lines().findFirst().orElse("");
        Throwable cause = said.getCause();
        return cause instanceof SocketTimeoutException || cause instanceof UnknownHostException
                ? state + line + " (" + own(cause) + ")"
                : state + line;
    }

    private static String own(Throwable failure) {
        Throwable inner = innermost(failure);
        String said = inner.getMessage();
        String name = inner.getClass().getSimpleName();
        if (said == null) {
            return inner instanceof ConnectException
                    ? "no connection was made"
                    : inner instanceof SocketTimeoutException ? "no answer in time" : name;
        }
        if (inner instanceof UnknownHostException && !said.contains(" ")) {
            return "the host " + said.replaceFirst(".*@", "***@") + " is not known"; // and not who was to log in
        }
        if (inner instanceof FileSystemException file && file.getReason() == null) {
            return said + ": " + name.replaceFirst("Exception$", "");
        }
        return inner instanceof SSLException ? "TLS: " + said : said;
    }

    /** One that only hands on another says no more than its name and that of the other. */
    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause == null) {
            return failure;
        }
        String said = failure.getMessage();
        return said == null || said.equals(cause.toString()) ? innermost(cause) : failure;
    }
}
