package io.waybill.edge;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.component.sql.RowMapperFactory;
import org.springframework.jdbc.core.BeanPropertyRowMapper;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.RowMapper;

/**
 * Rows of a query with their times as the database has them, with their zone or without one. As drivers give them by themselves they
 * are moments by the clock of this machine.
 */
final class SqlTimes extends ColumnMapRowMapper implements RowMapperFactory {
    static final String NAME = "waybill-sql-times";

    @Override
    protected Object getColumnValue(ResultSet row, int index) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        String type = columns.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        if (type.equals("timestamptz") || (type.startsWith("timestamp") && type.contains("with time zone"))) {
            return row.getObject(index, OffsetDateTime.class);
        }
        return columns.getColumnType(index) == Types.TIMESTAMP
                ? row.getObject(index, LocalDateTime.class)
                : super.getColumnValue(row, index);
    }

    @Override
    public RowMapper<Map<String, Object>> newColumnRowMapper() {
        return this;
    }

    @Override
    public RowMapper<?> newBeanRowMapper(Class<?> type) {
        return BeanPropertyRowMapper.newInstance(type);
    }
}
