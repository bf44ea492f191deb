package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.access.Caller;
import io.waybill.delivery.Delivery;
import io.waybill.delivery.OrdersWithEvents;
import io.waybill.delivery.Sinks;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Stores;
import io.waybill.mapping.Mappings;
import io.waybill.order.Json;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was told of an order, as it is asked for while the clock forgets it. */
class OriginCallsTest {
    private static final Database DATABASE = Stores.memory();

    @TempDir
    Path folder;

    @Test
    void a_delivery_that_is_removed_while_it_is_looked_up_is_answered_whole() throws IOException, SQLException {
        Sinks sinks = Sinks.read(Settings.of("sink.oms.namespaces=acme"));
        try (Ledger ledger = Ledger.open(DATABASE, sinks)) {
            OrdersWithEvents orders = new OrdersWithEvents(ledger);
            String order = orders.order("SO-1");
            orders.emit(order, "order.accepted");
            String id = of(ledger, order).get(0).id();
            Delivery delivery = new Delivery(ledger, "node", sinks, name -> event -> {});
            removeWhatIsLookedAt();

            Answer answer = new InProcess(
                            new OriginCalls(ledger, Mappings.load(folder, target -> null), delivery).resources(),
                            Caller.LOCAL)
                    .call("get", "/deliveries/" + id, new byte[0], Locale.ENGLISH);

            assertThat(of(ledger, order)).isEmpty();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Json.mapper().readTree(answer.body()).at("/payload/id").asText())
                    .isEqualTo(id);
        }
    }

    private static List<DeliveryBook.Row> of(Ledger ledger, String order) {
        return ledger.read(tx -> tx.deliveries().of(order));
    }

    /** Whoever reads a subject has its row, and is the last who has. */
    private static void removeWhatIsLookedAt() throws SQLException {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE outbox RENAME TO kept");
            statement.execute("CREATE ALIAS seen FOR '" + Gone.class.getName() + ".seen'");
            statement.execute("""
                    CREATE VIEW outbox AS SELECT id, sink, type, entity_id, sequence, namespace, seen(id, subject) AS subject,
                        state, attempts, due, created_at, sent_at, last_error, payload FROM kept""");
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(DATABASE.url(), DATABASE.user(), DATABASE.password());
    }

    /** Public because H2 calls it. */
    public static final class Gone {
        private Gone() {}

        public static String seen(String id, String subject) throws SQLException {
            try (Connection connection = connect();
                    PreparedStatement statement = connection.prepareStatement("DELETE FROM kept WHERE id = ?")) {
                statement.setString(1, id);
                statement.executeUpdate();
            }
            return subject;
        }
    }
}
