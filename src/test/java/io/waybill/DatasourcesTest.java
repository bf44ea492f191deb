package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.waybill.ledger.Database;
import io.waybill.ledger.Stores;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How databases of others are asked: nobody waits for one that fell silent, and none tells what stands in a row. */
class DatasourcesTest {
    private final Database erp = Stores.postgres();

    @Test
    void a_database_that_falls_silent_is_waited_for_no_longer_than_two_minutes() throws Exception {
        assertThat(wait("")).isEqualTo(120_000);
    }

    @Test
    void an_address_may_say_otherwise() throws Exception {
        assertThat(wait("?socketTimeout=600")).isEqualTo(600_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mariadb://host/erp", "jdbc:mysql://host/erp?useSSL=true"})
    void so_it_is_with_drivers_that_count_in_milliseconds(String url) {
        assertThat(pool(url).getDataSourceProperties()).containsEntry("socketTimeout", "120000");
        assertThat(pool(url + (url.contains("?") ? "&" : "?") + "socketTimeout=5000")
                        .getDataSourceProperties())
                .doesNotContainKey("socketTimeout");
    }

    @Test
    void of_a_driver_nobody_knows_nothing_is_wanted() {
        assertThat(pool("jdbc:h2:mem:erp").getDataSourceProperties()).isEmpty();
    }

    @Test
    void a_pool_of_no_connection_is_refused_by_its_setting() {
        assertThatThrownBy(() -> CamelSetup.pools(
                        Settings.of("datasource.erp.url=jdbc:h2:mem:erp\ndatasource.erp.connections=0\n")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("datasource.erp.connections");
    }

    @Test
    void a_mark_that_is_refused_does_not_tell_what_stands_in_its_row() throws Exception {
        try (HikariDataSource pool = new HikariDataSource(pool(erp.url()));
                Connection connection = pool.getConnection()) {
            connection.createStatement().execute("""
                CREATE TABLE erp_order (order_no TEXT, recipient TEXT, status TEXT CONSTRAINT known_status CHECK (status <> 'TAKEN'))""");
            connection.createStatement().execute("INSERT INTO erp_order VALUES ('SO-1', 'Jane Canaria', 'RELEASED')");

            assertThatThrownBy(() -> connection.createStatement().execute("UPDATE erp_order SET status = 'TAKEN'"))
                    .hasMessageContaining("known_status")
                    .hasMessageNotContaining("Canaria");
        }
    }

    /** In milliseconds. */
    private int wait(String options) throws SQLException {
        try (HikariDataSource pool = new HikariDataSource(pool(erp.url() + options));
                Connection connection = pool.getConnection()) {
            return connection.getNetworkTimeout();
        }
    }

    private HikariConfig pool(String url) {
        return CamelSetup.pools(Settings.of("""
                datasource.erp.url=%s
                datasource.erp.user=%s
                datasource.erp.password=%s
                """.formatted(url, erp.user(), erp.password())))
                .get(0);
    }
}
