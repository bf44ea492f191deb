package io.waybill.text;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failure says of itself. */
public final class Words {
    private Words() {}

    /** Its message, or else its name; of a database's, {@link #ofDatabase}. */
    public static String of(Throwable failure) {
        return ofDatabase(failure).orElseGet(() -> own(failure));
    }

    /** For a line of a log: {@link #of}, without what another system answered. */
    public static String toLog(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(Quoting.class::isInstance)
                .map(quoting -> ((Quoting) quoting).withoutQuote())
                .findFirst()
                .orElseGet(() -> of(failure));
    }

    /** Of a failure that a database caused, its state and first line: what follows may show a row, and whoever is named there. */
    public static Optional<String> ofDatabase(Throwable failure) {
        return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner)
                .map(said -> "SQL state " + said.getSQLState() + ": "
                        + own(said).lines().findFirst().orElse(""));
    }

    private static String own(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
