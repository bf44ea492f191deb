package io.waybill.ledger;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a parameter of a {@link Sql} may be, by itself and, as PostgreSQL calls it, in an array of many rows. */
enum SqlType {
    TEXT("varchar", Types.VARCHAR, String[]::new),
    INT("int4", Types.INTEGER, Integer[]::new),
    LONG("int8", Types.BIGINT, Long[]::new),
    DOUBLE("float8", Types.DOUBLE, Double[]::new),
    NUMBER("numeric", Types.NUMERIC, BigDecimal[]::new),
    BYTES("bytea", Types.BINARY, byte[][]::new),
    MOMENT("timestamptz", Types.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime[]::new),
    /** A list that is looked among; not of rows. */
    TEXTS("varchar", Types.ARRAY, String[][]::new);

    private final String element;
    private final int type;
    private final IntFunction<Object[]> array;

    SqlType(String element, int type, IntFunction<Object[]> array) {
        this.element = element;
        this.type = type;
        this.array = array;
    }

    void set(PreparedStatement statement, int place, @Nullable Object value) throws SQLException {
        switch (this) {
            case TEXT -> statement.setString(place, (String) value);
            case BYTES -> statement.setBytes(place, (byte[]) value);
            case NUMBER -> statement.setBigDecimal(place, (BigDecimal) value);
            case TEXTS -> statement.setArray(place, statement.getConnection().createArrayOf(element, (Object[]) value));
            default -> statement.setObject(place, value, type);
        }
    }

    /** What the rows have in one column. */
    void setAll(PreparedStatement statement, int place, List<@Nullable Object[]> rows, int column) throws SQLException {
        @Nullable Object[] values = array.apply(rows.size());
        for (int i = 0; i < values.length; i++) {
            values[i] = rows.get(i)[column];
        }
        statement.setArray(place, statement.getConnection().createArrayOf(element, values));
    }
}
