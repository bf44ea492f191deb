package io.waybill.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.Aftercare;
import io.waybill.carrier.ExternalNumber;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.Outcome;
import io.waybill.carrier.ShipmentId;
import io.waybill.carrier.Voids.Voided;
import io.waybill.ledger.Database;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.ledger.Stores;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What carriers say of an order after its recipient was forgotten is acted on, and brings nobody's name back. */
class SaidOfForgottenTest {
    private static final String NAME = "Zebedee Canarius";
    private static final Voided REFUSED = new Voided.Refused("label_already_used", "signed for by " + NAME);
    private static final Voided PENDING = new Voided.Pending("we ask " + NAME);

    private final VoidDesk carrier = new VoidDesk();
    private Database database;
    private Ledger ledger;
    private OneOrder order;

    @BeforeEach
    void sell() {
        database = Stores.memory();
        ledger = Ledger.open(database, (namespace, type) -> List.of("oms"));
        order = new OneOrder(ledger, FakeCarrier.account("fake", carrier, "on_creation", Aftercare.DEFAULT));
        order.sold(order.claim(), "F1", List.of());
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void a_refused_void_of_a_label_beside_its_own() throws SQLException {
        order.sold(order.attempt(), "F9", List.of());
        forget();
        carrier.answers = number -> REFUSED;

        order.voidOrphans();

        assertThat(order.problems()).contains("label_already_used");
        assertThat(whereNamed()).isEmpty();
    }

    @Test
    void a_void_of_a_label_beside_its_own_that_is_decided_later() throws SQLException {
        order.sold(order.attempt(), "F9", List.of());
        forget();
        carrier.answers = number -> PENDING;

        order.voidOrphans();

        assertThat(whereNamed()).isEmpty();
    }

    @Test
    void a_refused_void_of_its_own_label_of_which_only_who_asked_for_it_is_told() throws SQLException {
        forget();
        carrier.answers = number -> REFUSED;

        assertThatThrownBy(() -> order.voiding.cancel(order.shipment, Namespaces.ALL, "ops"))
                .hasMessageContaining(NAME);

        assertThat(order.row().state()).isEqualTo(ShipmentState.LABELLED);
        assertThat(order.problems()).contains("label_already_used");
        assertThat(whereNamed()).isEmpty();
    }

    @Test
    void a_void_of_its_own_label_that_is_decided_later() throws SQLException {
        forget();
        carrier.answers = number -> PENDING;

        order.voiding.cancel(order.shipment, Namespaces.ALL, "ops");

        assertThat(order.row().state()).isEqualTo(ShipmentState.VOIDING);
        assertThat(whereNamed()).isEmpty();
    }

    @Test
    void a_sale_that_is_found_late() throws SQLException {
        var attempt = order.attempt();
        forget();

        order.sold(
                attempt,
                new Outcome.Bought(
                        new ShipmentId("F9"),
                        List.of(new ExternalNumber("tracking", 1, "TF9")),
                        List.of(),
                        Optional.empty(),
                        ("{\"deliverTo\": \"" + NAME + "\"}").getBytes(UTF_8)));

        assertThat(order.reasons()).contains("orphan-label");
        assertThat(whereNamed()).isEmpty();
    }

    private void forget() {
        new Erasure(ledger).order(order.orderUid, Namespaces.ALL, "privacy officer");
    }

    /** The rows of the whole database with the name in them, as text or as bytes. */
    private List<String> whereNamed() throws SQLException {
        String bytes = HexFormat.of().formatHex(NAME.getBytes(UTF_8));
        Stream.Builder<String> rows = Stream.builder();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                ResultSet script = connection.createStatement().executeQuery("SCRIPT")) {
            while (script.next()) {
                rows.add(script.getString(1));
            }
        }
        return rows.build()
                .filter(row -> row.contains(NAME) || row.contains(bytes))
                .toList();
    }
}
