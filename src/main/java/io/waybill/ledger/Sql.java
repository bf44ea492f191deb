package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A statement with named parameters for what runs with every purchase: each value goes straight to the driver, where the
 * library looks up for each how it is bound, which costs more than the statement. It does less: every parameter is bound,
 * by its name, to one of the types below. What fails does so as the library's own statements do.
 */
final class Sql {
    private final Handle handle;
    private final SqlText text;
    private final Bound bound;

    private Sql(Handle handle, SqlText text) {
        this.handle = handle;
        this.text = text;
        this.bound = new Bound(text);
    }

    /** @param text with {@code :name} for each parameter; the same constant every time */
    static Sql of(Handle handle, String text) {
        return new Sql(handle, SqlText.of(text));
    }

    private Sql set(String name, SqlType type, @Nullable Object value) {
        bound.set(name, type, value);
        return this;
    }

    Sql bind(String name, @Nullable String value) {
        return set(name, SqlType.TEXT, value);
    }

    Sql bind(String name, int value) {
        return set(name, SqlType.INT, value);
    }

    Sql bind(String name, @Nullable Integer value) {
        return set(name, SqlType.INT, value);
    }

    Sql bind(String name, long value) {
        return set(name, SqlType.LONG, value);
    }

    Sql bind(String name, double value) {
        return set(name, SqlType.DOUBLE, value);
    }

    Sql bind(String name, @Nullable Double value) {
        return set(name, SqlType.DOUBLE, value);
    }

    Sql bind(String name, BigDecimal value) {
        return set(name, SqlType.NUMBER, value);
    }

    Sql bind(String name, byte @Nullable [] value) {
        return set(name, SqlType.BYTES, value);
    }

    Sql bind(String name, @Nullable Instant value) {
        return set(name, SqlType.MOMENT, value == null ? null : value.atOffset(ZoneOffset.UTC));
    }

    Sql bindArray(String name, Collection<String> values) {
        return set(name, SqlType.TEXTS, values.toArray(new String[0]));
    }

    /** What is bound is one row of several, for {@link #executeBatch} or {@link #write}. */
    void add() {
        bound.add();
    }

    /** Inserts the rows that were added, or changes them where nobody asks how many; within {@link Tx#together} with those of other tables. */
    void write() {
        write(false);
    }

    /** The same but for those that a unique key keeps out. Only where the {@link Trips#isToServer database can}. */
    void writeNew() {
        write(true);
    }

    private void write(boolean onlyNew) {
        if (bound.count() > 0) {
            Trips.of(handle).write(handle, this, onlyNew);
        }
    }

    /** @return for each row that was added, how many it changed */
    int[] executeBatch() {
        return bound.count() == 0
                ? new int[0]
                : run(statement -> {
                    bound.addBatches(statement);
                    return statement.executeBatch();
                });
    }

    /**
     * Changes what each row that was added names by its own {@code id}.
     *
     * @return for each row whether it changed anything
     */
    List<Boolean> changed() {
        List<String> ids = bound.column("id");
        if (ids.isEmpty() || !Trips.of(handle).isToServer() || Set.copyOf(ids).size() < ids.size()) {
            return Arrays.stream(executeBatch()).mapToObj(count -> count > 0).toList();
        }
        Set<String> changed = Set.copyOf(run(handle, text.rowsReturning("id"), statement -> {
            bound.fillRows(statement, 1);
            try (ResultSet found = statement.executeQuery()) {
                return firstColumn(found);
            }
        }));
        return ids.stream().map(changed::contains).toList();
    }

    int execute() {
        return filled(PreparedStatement::executeUpdate);
    }

    <T extends Record> List<T> list(RecordMapper<T> mapper) {
        return answered(mapper::all);
    }

    /** Its first column. */
    List<String> strings() {
        return answered(Sql::firstColumn);
    }

    /** {@link #list} that within {@link Tx#together} goes with the rest of it. */
    <T extends Record> Asked<List<T>> ask(RecordMapper<T> mapper) {
        return ask((Answer<List<T>>) mapper::all);
    }

    /** {@link #strings} that within {@link Tx#together} goes with the rest of it. */
    Asked<List<String>> askStrings() {
        return ask(Sql::firstColumn);
    }

    private <T> Asked<T> ask(Answer<T> answer) {
        bound.requireAll();
        return Trips.of(handle).ask(this, answer);
    }

    private static List<String> firstColumn(ResultSet found) throws SQLException {
        List<String> all = new ArrayList<>();
        while (found.next()) {
            all.add(found.getString(1));
        }
        return all;
    }

    /** What is made of the rows that were found. */
    interface Answer<T> {
        T of(ResultSet found) throws SQLException;
    }

    <T> T answered(Answer<T> answer) {
        return filled(statement -> {
            try (ResultSet found = statement.executeQuery()) {
                return answer.of(found);
            }
        });
    }

    /** What is done with a statement. */
    interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    private <T> T filled(Use<T> use) {
        bound.requireAll();
        return run(statement -> {
            bound.fill(statement, 1);
            return use.of(statement);
        });
    }

    private <T> T run(Use<T> use) {
        Trips trips = Trips.of(handle);
        trips.requireNoneWaits();
        return run(handle, trips.isToServer() ? text.generic() : text.plain(), use);
    }

    static <T> T run(Handle handle, String text, Use<T> use) {
        try (PreparedStatement statement = handle.getConnection().prepareStatement(text)) {
            return use.of(statement);
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(String.valueOf(e.getMessage()), e, null);
        }
    }

    String questionText() {
        return text.generic();
    }

    /** @return the place after its last parameter */
    int fillQuestion(PreparedStatement statement, int first) throws SQLException {
        return bound.fill(statement, first);
    }

    /** Its rows as {@link SqlText#rows} takes them. */
    String rowsText() {
        if (text.rows() == null) {
            throw new IllegalStateException("nothing for many rows: " + text.plain());
        }
        return text.rows();
    }

    /** @return the place after its last array */
    int fillRows(PreparedStatement statement, int first) throws SQLException {
        return bound.fillRows(statement, first);
    }
}
