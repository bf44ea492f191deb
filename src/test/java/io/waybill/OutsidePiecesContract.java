package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.intake.Taken.Result;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.order.Content;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A label bought elsewhere comes for an order that is bought here in pieces, while somebody buys one of them. */
abstract class OutsidePiecesContract {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Database database;
    private Rig rig;

    abstract Database database();

    /** Counts the sessions that wait for a row another has locked. */
    abstract String waiting();

    @BeforeEach
    void start() {
        database = database();
        carrier.mostParcels = 1;
        rig = Rig.start(database, FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_label_bought_elsewhere_waits_for_the_piece_that_a_buyer_took_first() throws Exception {
        Taken order = threeReady("SO-1");
        try (Connection buyer = open()) {
            buyer.setAutoCommit(false);
            claim(buyer, rig.shipments(order).get(1));
            CompletableFuture<Taken> label = CompletableFuture.supplyAsync(() -> take(label("SO-1", "1Z1")));
            await().until(() -> somebodyWaits() || label.isDone());
            buyer.commit();

            assertThat(label.get(Patience.LONG.toSeconds(), TimeUnit.SECONDS).result())
                    .isEqualTo(Result.CONFLICT);
        }

        assertThat(states(order)).containsExactly(ShipmentState.READY, ShipmentState.BUYING, ShipmentState.READY);
        assertThat(rig.shipments(order)).noneMatch(ShipmentRow::imported);
        assertThat(take(label("SO-1", "1Z1")).result()).isEqualTo(Result.CONFLICT);
    }

    @Test
    void a_label_bought_elsewhere_makes_the_pieces_one_again_that_nobody_took() {
        Taken order = threeReady("SO-2");

        assertThat(take(label("SO-2", "1Z2")).result()).isEqualTo(Result.ACCEPTED);

        assertThat(states(order))
                .containsExactly(ShipmentState.LABELLED, ShipmentState.CANCELLED, ShipmentState.CANCELLED);
    }

    private Taken threeReady(String orderId) {
        carrier.script.addAll(FakeCarrier.turns(Turn.REFUSE, Turn.REFUSE, Turn.REFUSE));
        ObjectNode order = Rig.order(orderId, "1.2");
        ArrayNode parcels = (ArrayNode) order.path("parcels");
        parcels.add(parcels.get(0).<ObjectNode>deepCopy().put("reference", "box-2"));
        parcels.add(parcels.get(0).<ObjectNode>deepCopy().put("reference", "box-3"));
        Taken taken = rig.take(order);
        await().until(() ->
                states(taken).equals(List.of(ShipmentState.REFUSED, ShipmentState.REFUSED, ShipmentState.REFUSED)));
        rig.ledger.commitAll(tx -> tx.stops().stop("fake", "lunch", "ops"));
        rig.desk.retry(taken.orderUid(), Namespaces.ALL, "ops");
        assertThat(states(taken)).containsOnly(ShipmentState.READY).hasSize(3);
        return taken;
    }

    private static void claim(Connection connection, ShipmentRow row) throws SQLException {
        int claimed = connection
                .createStatement()
                .executeUpdate("UPDATE shipment SET state = 'BUYING', fence = fence + 1, owner = 'another',"
                        + " attempts = attempts + 1, lease_until = CURRENT_TIMESTAMP + INTERVAL '1' HOUR WHERE id = '"
                        + row.id() + "'");
        assertThat(claimed).isOne();
    }

    private boolean somebodyWaits() throws SQLException {
        try (Connection connection = open();
                ResultSet rows = connection.createStatement().executeQuery(waiting())) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private Taken take(ObjectNode label) {
        return rig.outside.take(
                new Submission("erp", "api", label, null, Content.hash(label), null, null, null, false, "Jane"));
    }

    private List<ShipmentState> states(Taken taken) {
        return rig.shipments(taken).stream().map(ShipmentRow::state).toList();
    }

    private static ObjectNode label(String order, String number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", order)
                .put("account", "fake")
                .put("trackingNumber", number)
                .put("date", "2026-11-16")
                .put("system", "marketplace");
    }
}
