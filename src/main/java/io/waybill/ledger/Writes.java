package io.waybill.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written. PostgreSQL takes those of a table in one statement, whose text is the same for any number of them,
 * and the statements of several tables in one trip: what many share costs each the less. The embedded database is in
 * this process and takes row by row.
 */
public final class Writes implements JdbiConfig<Writes> {
    private boolean isToServer;
    private @Nullable List<Rows> waiting;

    /** @param onlyNew rows that a unique key keeps out are left out */
    record Rows(Sql sql, boolean onlyNew) {
        private String text() {
            return sql.rowsText() + (onlyNew ? "\nON CONFLICT DO NOTHING" : "");
        }
    }

    static Jdbi toServer(Jdbi jdbi) {
        jdbi.getConfig(Writes.class).isToServer = true;
        return jdbi;
    }

    static Writes of(Handle handle) {
        return handle.getConfig(Writes.class);
    }

    /** PostgreSQL, which itself leaves out rows that are there already. */
    boolean isToServer() {
        return isToServer;
    }

    /** What {@code writes} writes goes to the database when it is over, at once; it reads nothing with {@link Sql}. */
    void together(Handle handle, Runnable writes) {
        if (!isToServer || waiting != null) {
            writes.run();
            return;
        }
        List<Rows> gathered = new ArrayList<>();
        waiting = gathered;
        try {
            writes.run();
        } finally {
            waiting = null;
        }
        if (!gathered.isEmpty()) {
            run(handle, gathered);
        }
    }

    void write(Handle handle, Rows each) {
        if (!isToServer) {
            each.sql().executeBatch();
        } else if (waiting == null) {
            run(handle, List.of(each));
        } else {
            waiting.add(each);
        }
    }

    /** @throws IllegalStateException when rows would not be seen by what is about to be asked */
    void requireNoneWaits() {
        if (waiting != null && !waiting.isEmpty()) {
            throw new IllegalStateException("rows are still to be written");
        }
    }

    private static void run(Handle handle, List<Rows> all) {
        String text = all.stream().map(Rows::text).collect(Collectors.joining(";\n"));
        Sql.run(handle, text, statement -> fill(statement, all).execute());
    }

    private static PreparedStatement fill(PreparedStatement statement, List<Rows> all) throws SQLException {
        int place = 1;
        for (Rows each : all) {
            place = each.sql().fillRows(statement, place);
        }
        return statement;
    }

    @Override
    public Writes createCopy() {
        Writes copy = new Writes();
        copy.isToServer = isToServer;
        return copy;
    }
}
