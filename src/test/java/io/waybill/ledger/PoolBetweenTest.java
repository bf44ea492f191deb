package io.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** PostgreSQL behind a pool that gives each transaction the server that is free, as PgBouncer in transaction mode does. */
class PoolBetweenTest {
    private final Database database = Stores.postgres();

    @Test
    void a_pool_by_transactions_is_seen_by_the_server_it_gives_away() throws SQLException {
        try (Connection first = database.session("first");
                Connection second = database.session("second")) {
            assertThat(PoolBetween.isByTransactions(whicheverIsFree(first, second), first))
                    .isTrue();
        }
    }

    @Test
    void sessions_of_their_own_keep_theirs() throws SQLException {
        try (Connection session = database.session("session")) {
            assertThatCode(() -> PoolBetween.requireSessions(session, database)).doesNotThrowAnyException();
        }
    }

    private static Connection whicheverIsFree(Connection first, Connection second) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.invoke(first.getAutoCommit() ? first : second, arguments));
    }
}
