package io.waybill.ledger;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Rows as records: the component {@code orderUid} is the column {@code order_uid}. For what is read for every purchase;
 * the library's own mapper works this out anew for every query, which costs more than the query.
 */
final class RecordMapper<T extends Record> implements RowMapper<T> {
    private final MethodHandle constructor;
    private final String[] columns;
    private final Reader[] readers;

    private interface Reader {
        @Nullable
        Object read(ResultSet row, int column) throws SQLException;
    }

    private RecordMapper(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class[]::new);
        try {
            constructor = MethodHandles.lookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        columns = Stream.of(components).map(part -> column(part.getName())).toArray(String[]::new);
        readers = Stream.of(types).map(RecordMapper::reader).toArray(Reader[]::new);
    }

    /** Keep it in a constant: making one is what costs. */
    static <T extends Record> RecordMapper<T> of(Class<T> type) {
        return new RecordMapper<>(type);
    }

    @Override
    public T map(ResultSet row, StatementContext context) throws SQLException {
        return read(row, places(row));
    }

    @Override
    public RowMapper<T> specialize(ResultSet row, StatementContext context) throws SQLException {
        int[] at = places(row);
        return (each, unused) -> read(each, at);
    }

    /** Every row that is left. */
    List<T> all(ResultSet rows) throws SQLException {
        List<T> all = new ArrayList<>();
        int[] at = places(rows);
        while (rows.next()) {
            all.add(read(rows, at));
        }
        return all;
    }

    private int[] places(ResultSet row) throws SQLException {
        int[] at = new int[columns.length];
        for (int i = 0; i < at.length; i++) {
            at[i] = row.findColumn(columns[i]);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private T read(ResultSet row, int[] at) throws SQLException {
        Object[] values = new Object[at.length];
        for (int i = 0; i < at.length; i++) {
            values[i] = readers[i].read(row, at[i]);
        }
        try {
            Object made = constructor.invokeExact(values);
            return (T) made;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static String column(String component) {
        return component.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private static Reader reader(Class<?> type) {
        if (type == String.class) {
            return ResultSet::getString;
        }
        if (type == int.class) {
            return ResultSet::getInt;
        }
        if (type == long.class) {
            return ResultSet::getLong;
        }
        if (type == boolean.class) {
            return ResultSet::getBoolean;
        }
        if (type == byte[].class) {
            return ResultSet::getBytes;
        }
        if (type == Instant.class) {
            return RecordMapper::instant;
        }
        if (type.isEnum()) {
            return constant(type);
        }
        return (row, column) -> row.getObject(column, type);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Reader constant(Class<?> type) {
        Map<String, Object> named = new HashMap<>();
        for (Object constant : type.getEnumConstants()) {
            named.put(((Enum<?>) constant).name(), constant);
        }
        return (row, column) -> named.get(row.getString(column));
    }
}
