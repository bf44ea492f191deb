package io.waybill.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;

/**
 * How the database is told and asked. PostgreSQL takes the rows of a table in one statement, whose text is the same for any
 * number of them, and several statements in one trip: what many share costs each the less. The embedded database is in
 * this process and takes row by row.
 */
public final class Trips implements JdbiConfig<Trips> {
    private boolean isToServer;
    private @Nullable List<Part> open;

    /** One statement of a trip. */
    private sealed interface Part {
        String text();

        /** @return the place after its last parameter */
        int fill(PreparedStatement statement, int place) throws SQLException;

        /** Its result is the statement's current one. */
        void read(PreparedStatement statement) throws SQLException;
    }

    /** @param onlyNew rows that a unique key keeps out are left out */
    private record Rows(Sql sql, boolean onlyNew) implements Part {
        @Override
        public String text() {
            return sql.rowsText() + (onlyNew ? "\nON CONFLICT DO NOTHING" : "");
        }

        @Override
        public int fill(PreparedStatement statement, int place) throws SQLException {
            return sql.fillRows(statement, place);
        }

        @Override
        public void read(PreparedStatement statement) {}
    }

    /** What is asked, and its answer once it is there. */
    private static final class Question<T> implements Part, Supplier<T> {
        private final Sql sql;
        private final Sql.Answer<T> answer;
        private @Nullable T found;

        Question(Sql sql, Sql.Answer<T> answer) {
            this.sql = sql;
            this.answer = answer;
        }

        @Override
        public String text() {
            return sql.questionText();
        }

        @Override
        public int fill(PreparedStatement statement, int place) throws SQLException {
            return sql.fillQuestion(statement, place);
        }

        @Override
        public void read(PreparedStatement statement) throws SQLException {
            try (ResultSet rows = statement.getResultSet()) {
                found = answer.of(rows);
            }
        }

        @Override
        public T get() {
            if (found == null) {
                throw new IllegalStateException("not asked yet: " + text());
            }
            return found;
        }
    }

    static Jdbi toServer(Jdbi jdbi) {
        jdbi.getConfig(Trips.class).isToServer = true;
        return jdbi;
    }

    static Trips of(Handle handle) {
        return handle.getConfig(Trips.class);
    }

    /** PostgreSQL, which itself leaves out rows that are there already. */
    boolean isToServer() {
        return isToServer;
    }

    /**
     * What is written and {@linkplain Sql#ask asked} meanwhile goes to the database when it is over, at once and in its order.
     *
     * @return what {@code parts} does; what was asked is answered then
     */
    <T> T together(Handle handle, Supplier<T> parts) {
        if (!isToServer || open != null) {
            return parts.get();
        }
        List<Part> gathered = new ArrayList<>();
        open = gathered;
        T result;
        try {
            result = parts.get();
        } finally {
            open = null;
        }
        if (!gathered.isEmpty()) {
            run(handle, gathered);
        }
        return result;
    }

    void write(Handle handle, Sql rows, boolean onlyNew) {
        if (!isToServer) {
            rows.executeBatch();
        } else if (open == null) {
            run(handle, List.of(new Rows(rows, onlyNew)));
        } else {
            open.add(new Rows(rows, onlyNew));
        }
    }

    <T> Asked<T> ask(Sql question, Sql.Answer<T> answer) {
        if (open == null) {
            return Asked.answered(question.answered(answer));
        }
        Question<T> part = new Question<>(question, answer);
        open.add(part);
        return new Asked<>(part);
    }

    /** @throws IllegalStateException when rows would not be seen by what is about to be asked */
    void requireNoneWaits() {
        if (open != null && open.stream().anyMatch(Rows.class::isInstance)) {
            throw new IllegalStateException("rows are still to be written");
        }
    }

    private static void run(Handle handle, List<Part> parts) {
        String text = parts.stream().map(Part::text).collect(Collectors.joining(";\n"));
        Sql.run(handle, text, statement -> {
            int place = 1;
            for (Part part : parts) {
                place = part.fill(statement, place);
            }
            statement.execute();
            for (Part part : parts) {
                part.read(statement);
                statement.getMoreResults();
            }
            return parts;
        });
    }

    @Override
    public Trips createCopy() {
        Trips copy = new Trips();
        copy.isToServer = isToServer;
        return copy;
    }
}
