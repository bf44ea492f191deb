package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jspecify.annotations.Nullable;

/**
 * A statement with named parameters for what runs with every purchase: each value goes straight to the driver, where the
 * library looks up for each how it is bound, which costs more than the statement. It does less: every parameter is bound,
 * by its name, to one of the types below, and the statement is over once it was executed. What fails does so as the
 * library's own statements do.
 */
final class Sql {
    private static final Map<String, Positions> KNOWN = new ConcurrentHashMap<>();

    private final Handle handle;
    private final Positions positions;
    private final PreparedStatement statement;
    private final BitSet bound = new BitSet();

    private Sql(Handle handle, Positions positions) throws SQLException {
        this.handle = handle;
        this.positions = positions;
        this.statement = handle.getConnection().prepareStatement(positions.sql);
    }

    /** @param text with {@code :name} for each parameter; the same constant every time */
    static Sql of(Handle handle, String text) {
        try {
            return new Sql(handle, KNOWN.computeIfAbsent(text, fresh -> Positions.of(handle, fresh)));
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** A text as the driver takes it, and where each name stands in it. */
    private record Positions(String sql, Map<String, int[]> of, int count) {
        static Positions of(Handle handle, String text) {
            ParsedSql parsed = new ColonPrefixSqlParser()
                    .parse(text, handle.createUpdate(text).getContext());
            List<String> names = parsed.getParameters().getParameterNames();
            Map<String, int[]> of = new ConcurrentHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                int[] known = of.getOrDefault(names.get(i), new int[0]);
                int[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = i + 1;
                of.put(names.get(i), more);
            }
            return new Positions(parsed.getSql(), of, names.size());
        }
    }

    private interface Setter {
        void at(int position) throws SQLException;
    }

    private Sql set(String name, Setter setter) {
        int[] places = positions.of.get(name);
        if (places == null) {
            throw new IllegalArgumentException("no parameter " + name + " in " + positions.sql);
        }
        try {
            for (int place : places) {
                setter.at(place);
                bound.set(place);
            }
            return this;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    Sql bind(String name, @Nullable String value) {
        return set(name, at -> statement.setString(at, value));
    }

    Sql bind(String name, int value) {
        return set(name, at -> statement.setInt(at, value));
    }

    Sql bind(String name, @Nullable Integer value) {
        return set(name, at -> statement.setObject(at, value, Types.INTEGER));
    }

    Sql bind(String name, long value) {
        return set(name, at -> statement.setLong(at, value));
    }

    Sql bind(String name, double value) {
        return set(name, at -> statement.setDouble(at, value));
    }

    Sql bind(String name, @Nullable Double value) {
        return set(name, at -> statement.setObject(at, value, Types.DOUBLE));
    }

    Sql bind(String name, BigDecimal value) {
        return set(name, at -> statement.setBigDecimal(at, value));
    }

    Sql bind(String name, byte @Nullable [] value) {
        return set(name, at -> statement.setBytes(at, value));
    }

    Sql bind(String name, @Nullable Instant value) {
        return set(
                name,
                at -> statement.setObject(
                        at, value == null ? null : value.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE));
    }

    Sql bindArray(String name, Collection<String> values) {
        return set(
                name,
                at -> statement.setArray(
                        at, handle.getConnection().createArrayOf("varchar", values.toArray(new String[0]))));
    }

    /** What is bound is one row of several, for {@link #executeBatch}. */
    void add() {
        requireAll();
        bound.clear();
        try {
            statement.addBatch();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** @return for each row that was added, how many it changed; a driver that writes them together may not know */
    int[] executeBatch() {
        try (statement) {
            return statement.executeBatch();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    int execute() {
        requireAll();
        try (statement) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    <T extends Record> List<T> list(RecordMapper<T> mapper) {
        requireAll();
        try (statement;
                ResultSet rows = statement.executeQuery()) {
            return mapper.all(rows);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Its first column. */
    List<String> strings() {
        requireAll();
        try (statement;
                ResultSet rows = statement.executeQuery()) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private void requireAll() {
        if (bound.cardinality() != positions.count) {
            throw new IllegalStateException("a parameter is not bound in " + positions.sql);
        }
    }

    private static UnableToExecuteStatementException failed(SQLException e) {
        return new UnableToExecuteStatementException(String.valueOf(e.getMessage()), e, null);
    }
}
