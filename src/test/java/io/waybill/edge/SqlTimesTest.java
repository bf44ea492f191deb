package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.format.Formats;
import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.component.sql.RowMapperFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Half past two of 29 March is an hour no clock shows in Berlin, and still what a table may say. */
class SqlTimesTest {
    private static final String QUERY = "SELECT CAST('2026-03-29 02:30:00+02' AS TIMESTAMP WITH TIME ZONE) AS placed,"
            + " CAST('2026-03-29 02:30:00' AS TIMESTAMP) AS entered, CAST('2026-03-29' AS DATE) AS ships";

    @Test
    void a_time_is_read_with_its_zone_where_it_has_one_and_as_it_stands_where_it_has_none() throws Exception {
        Database postgres = Stores.postgres();
        assertThat(row(new DriverManagerDataSource(postgres.url(), postgres.user(), postgres.password())))
                .isEqualTo(
                        "{\"placed\":\"2026-03-29T00:30Z\",\"entered\":\"2026-03-29T02:30\",\"ships\":\"2026-03-29\"}");
        assertThat(row(new DriverManagerDataSource("jdbc:h2:mem:times")))
                .isEqualTo(
                        "{\"placed\":\"2026-03-29T02:30+02:00\",\"entered\":\"2026-03-29T02:30\",\"ships\":\"2026-03-29\"}");
    }

    @Test
    void xml_is_read_as_its_text_and_the_same_each_time() throws Exception {
        Database postgres = Stores.postgres();
        DataSource erp = new DriverManagerDataSource(postgres.url(), postgres.user(), postgres.password());

        assertThat(row(erp, "SELECT 1 AS placed, CAST('<order no=\"1\"/>' AS xml) AS body"))
                .isEqualTo("{\"placed\":1,\"body\":\"<order no=\\\"1\\\"/>\"}");
    }

    @Test
    void json_is_read_as_its_text_and_not_as_its_bytes() throws Exception {
        Database postgres = Stores.postgres();
        DataSource erp = new DriverManagerDataSource(postgres.url(), postgres.user(), postgres.password());
        String expected = "{\"placed\":1,\"body\":\"[{\\\"sku\\\":\\\"007\\\"}]\"}";
        assertThat(row(erp, "SELECT 1 AS placed, CAST('[{\"sku\":\"007\"}]' AS json) AS body"))
                .isEqualTo(expected);
        assertThat(row(
                        new DriverManagerDataSource("jdbc:h2:mem:times"),
                        "SELECT 1 AS placed, JSON '[{\"sku\":\"007\"}]' AS body"))
                .isEqualTo(expected);
    }

    @Test
    void a_list_is_read_as_its_text_and_the_same_each_time() throws Exception {
        DataSource erp = new DriverManagerDataSource("jdbc:h2:mem:times;DB_CLOSE_DELAY=-1");
        String query = "SELECT 1 AS placed, ARRAY['fragile', 'keep, cold', NULL] AS tags, ARRAY[1.50, 2] AS weights";
        String expected = "{\"placed\":1,"
                + "\"tags\":\"[\\\"fragile\\\",\\\"keep, cold\\\",null]\",\"weights\":\"[1.50,2.00]\"}";

        assertThat(row(erp, query)).isEqualTo(expected);
        assertThat(row(erp, query)).isEqualTo(expected);
    }

    @Test
    void a_list_that_was_read_is_what_a_mark_compares_it_with() {
        JdbcTemplate erp = new JdbcTemplate(new DriverManagerDataSource("jdbc:h2:mem:lists;DB_CLOSE_DELAY=-1"));
        erp.execute("CREATE TABLE tagged AS SELECT ARRAY['fragile', 'cold'] AS tags, 0 AS marked");
        Object tags =
                erp.queryForObject("SELECT tags FROM tagged", new SqlTimes()).get("tags");

        assertThat(erp.update("UPDATE tagged SET marked = 1 WHERE tags = ?", tags))
                .isEqualTo(1);
    }

    @Test
    void a_time_of_day_is_read_to_its_fraction_and_in_its_own_zone() throws Exception {
        assertThat(row(postgres(), "SELECT TIME '10:11:12.123456' AS placed, TIMETZ '10:11:12.5+02' AS entered"))
                .isEqualTo("{\"placed\":\"10:11:12.123456\",\"entered\":\"10:11:12.500+02:00\"}");
        assertThat(row(new DriverManagerDataSource("jdbc:h2:mem:times"), """
                        SELECT CAST('10:11:12.123456' AS TIME(6)) AS placed,
                          CAST('10:11:12.5+02' AS TIME(1) WITH TIME ZONE) AS entered"""))
                .isEqualTo("{\"placed\":\"10:11:12.123456\",\"entered\":\"10:11:12.500+02:00\"}");
    }

    @Test
    void a_whole_minute_keeps_its_seconds_so_that_its_row_is_known_again() throws Exception {
        for (DataSource erp : List.of(postgres(), new DriverManagerDataSource("jdbc:h2:mem:times"))) {
            assertThat(row(erp, "SELECT CAST('10:11:00' AS TIME) AS placed, CAST('2026-03-29' AS DATE) AS ships"))
                    .isEqualTo("{\"placed\":\"10:11:00\",\"ships\":\"2026-03-29\"}");
        }
    }

    @Test
    void a_day_is_the_one_that_stands_there_and_one_without_end_is_none_that_comes() throws Exception {
        assertThat(row(postgres(), "SELECT DATE '1500-03-15' AS placed, DATE 'infinity' AS ships"))
                .isEqualTo("{\"placed\":\"1500-03-15\",\"ships\":\"+999999999-12-31\"}");
        assertThat(row(new DriverManagerDataSource("jdbc:h2:mem:times"), "SELECT DATE '1500-03-15' AS placed"))
                .isEqualTo("{\"placed\":\"1500-03-15\"}");
    }

    @Test
    void times_and_days_that_were_read_are_what_a_mark_compares_them_with() {
        marks(postgres(), "TIMETZ '10:11:12.5+02'", "DATE 'infinity'");
        marks(postgres(), "TIMETZ '10:11:00-03:30'", "DATE '2026-03-29'");
        DataSource h2 = new DriverManagerDataSource("jdbc:h2:mem:marks;DB_CLOSE_DELAY=-1");
        marks(h2, "CAST('10:11:12.5+02' AS TIME(1) WITH TIME ZONE)", "DATE '1500-03-15'");
    }

    private static void marks(DataSource database, String zoned, String day) {
        JdbcTemplate erp = new JdbcTemplate(database);
        erp.execute("DROP TABLE IF EXISTS timed");
        erp.execute("CREATE TABLE timed AS SELECT CAST('10:11:12.123456' AS TIME(6)) AS at_time, " + zoned
                + " AS zoned, " + day + " AS on_day, 0 AS marked");
        Map<String, Object> row = erp.queryForObject("SELECT * FROM timed", new SqlTimes());

        assertThat(erp.update(
                        "UPDATE timed SET marked = 1 WHERE at_time = ? AND zoned = ? AND on_day = ?",
                        row.get("at_time"),
                        row.get("zoned"),
                        row.get("on_day")))
                .isEqualTo(1);
    }

    @Test
    void a_row_in_a_column_is_read_as_its_text_and_the_same_each_time() throws Exception {
        DataSource erp = new DriverManagerDataSource("jdbc:h2:mem:times;DB_CLOSE_DELAY=-1");

        assertThat(row(erp, "SELECT 1 AS placed, ROW(1, 'a') AS size"))
                .isEqualTo("{\"placed\":1,\"size\":\"ROW (1, a)\"}");
    }

    private static DataSource postgres() {
        Database postgres = Stores.postgres();
        return new DriverManagerDataSource(postgres.url(), postgres.user(), postgres.password());
    }

    private static String row(DataSource erp) throws Exception {
        return row(erp, QUERY);
    }

    private static String row(DataSource erp, String query) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind(SqlTimes.NAME, RowMapperFactory.class, new SqlTimes());
            context.getRegistry().bind("erp", DataSource.class, erp);
            context.start();
            Map<?, ?> row = context.createConsumerTemplate()
                    .receiveBody("sql:" + query + "?dataSource=#erp&initialDelay=0", 60_000, Map.class);
            return Formats.row(SqlRow.of(row, "placed").columns()).tree().toString();
        }
    }
}
