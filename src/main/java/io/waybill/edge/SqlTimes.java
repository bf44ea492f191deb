package io.waybill.edge;

import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.jdbc.core.BeanPropertyRowMapper;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.RowMapper;

/**
 * Rows of a query with their times and days as the database has them, with their zone or without one. As drivers give them by themselves
 * they are moments by the clock of this machine. XML and JSON are their text, not what a driver reads it with.
 * One for each query.
 */
final class SqlTimes extends ColumnMapRowMapper implements RowMapperFactory {
    static final String NAME = "waybill-sql-times";

    /** PostgreSQL's and SQL Server's. */
    private static final Set<String> WITH_ZONE = Set.of("timestamptz", "datetimeoffset");

    private final TableLook look = new TableLook();
    private int most;

    @Override
    public Map<String, Object> mapRow(ResultSet row, int number) throws SQLException {
        most = row.getStatement().getMaxRows();
        return super.mapRow(row, number);
    }

    @Override
    protected Map<String, Object> createColumnMap(int columns) {
        return look.row(columns, most);
    }

    @Override
    protected Object getColumnValue(ResultSet row, int index) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        String type = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        if (WITH_ZONE.contains(type) || (type.startsWith("timestamp") && type.contains("with time zone"))) {
            return row.getObject(index, OffsetDateTime.class);
        }
        if (type.equals("timetz")) {
            return row.getObject(index, OffsetTime.class);
        }
        return switch (columns.getColumnType(index)) {
            case Types.TIMESTAMP -> row.getObject(index, LocalDateTime.class);
            case Types.SQLXML, Types.ROWID -> row.getString(index);
            default -> plain(row, index, type);
        };
    }

    /** H2 gives JSON as its bytes, and a list or a row as what is called otherwise each time. */
    private Object plain(ResultSet row, int index, String type) throws SQLException {
        Object value = super.getColumnValue(row, index);
        if (value instanceof Date) {
            return row.getObject(index, LocalDate.class);
        }
        if (value instanceof Time) {
            return row.getObject(index, LocalTime.class);
        }
        if (value instanceof Array list && type.endsWith(" array")) {
            return list.getArray();
        }
        boolean isText = value instanceof ResultSet || (value instanceof byte[] && type.equals("json"));
        return isText ? row.getString(index) : value;
    }

    @Override
    public RowMapper<Map<String, Object>> newColumnRowMapper() {
        return new SqlTimes();
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> type) {
        return BeanPropertyRowMapper.newInstance(type);
    }
}
