package io.waybill.ledger;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a statement's parameters are: the values of one row, or of several. */
final class Bound {
    private static final Object UNBOUND = new Object();

    private final SqlText text;
    private final SqlType[] types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private @Nullable Object[] row;

    Bound(SqlText text) {
        this.text = text;
        this.types = new SqlType[text.names().size()];
        this.row = unbound();
    }

    void set(String name, SqlType type, @Nullable Object value) {
        int place = text.names().indexOf(name);
        if (place < 0) {
            throw new IllegalArgumentException("no parameter " + name + " in " + text.plain());
        }
        types[place] = type;
        row[place] = value;
    }

    /** What is set is one row of several. */
    void add() {
        requireAll();
        rows.add(row);
        row = unbound();
    }

    /** Those that were added. */
    int count() {
        return rows.size();
    }

    /** What each row that was added has there. */
    List<String> column(String name) {
        int place = text.names().indexOf(name);
        return rows.stream().map(each -> String.valueOf(each[place])).toList();
    }

    void requireAll() {
        for (int i = 0; i < row.length; i++) {
            if (row[i] == UNBOUND) {
                throw new IllegalStateException(text.names().get(i) + " is not bound in " + text.plain());
            }
        }
    }

    /**
     * The one row that was set.
     *
     * @return the place after its last parameter
     */
    int fill(PreparedStatement statement, int first) throws SQLException {
        return fill(statement, first, row);
    }

    /** The rows that were added, as the driver takes them one by one. */
    void addBatches(PreparedStatement statement) throws SQLException {
        for (@Nullable Object[] each : rows) {
            fill(statement, 1, each);
            statement.addBatch();
        }
    }

    /**
     * The rows that were added, as {@link SqlText#rows} takes them.
     *
     * @return the place after its last array
     */
    int fillRows(PreparedStatement statement, int first) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            types[i].setAll(statement, first + i, rows, i);
        }
        return first + types.length;
    }

    private int fill(PreparedStatement statement, int first, @Nullable Object[] values) throws SQLException {
        int[] places = text.places();
        for (int i = 0; i < places.length; i++) {
            types[places[i]].set(statement, first + i, values[places[i]]);
        }
        return first + places.length;
    }

    private @Nullable Object[] unbound() {
        @Nullable Object[] values = new Object[types.length];
        Arrays.fill(values, UNBOUND);
        return values;
    }
}
