package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Document;
import io.waybill.intake.CameAlone;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.DeliveryBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentState;
import io.waybill.mapping.Mappings;
import io.waybill.mapping.Result;
import io.waybill.order.Content;
import io.waybill.order.Json;
import io.waybill.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who packs, or bills, hears that an order is called off: once, whoever said so. */
abstract class CalledOffEventsContract {
    private static final String CANCELLED = "order.cancelled";

    private static final String OF_EVENTS = """
            amazon-shipped bigcommerce-cost bigcommerce-look bigcommerce-ship charge-row edifact-desadv erp-charge erp-shipment
            journal-row label-row magento2-cost magento2-look magento2-ship netsuite-fulfilment netsuite-journal odoo-shipped
            odoo-vendor-bill oms-event order-row sap-desadv sap-desadv-xml sap-journal sap-shpcon sap-shpcon-xml shopify-cost
            shopify-event shopify-fulfil shopify-look tracking-row wms-label woocommerce-complete woocommerce-look
            woocommerce-status woocommerce-track x12-214-status x12-856-notice x12-945-advice""";

    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", new FakeCarrier(IdempotencyClass.A, "8.10")));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void a_person_who_cancels_is_told_of_and_once_more_changes_nothing() throws Exception {
        Taken taken = rig.take(held("SO-1"));

        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.events(taken)).containsExactly("order.accepted", "order.held", CANCELLED);
        JsonNode event = told(taken);
        assertThat(event.path("subject").asText()).isEqualTo("SO-1");
        assertThat(event.path("sequence").asText()).isEqualTo("3");
        JsonNode data = event.path("data");
        assertThat(data.path("orderId").asText()).isEqualTo("SO-1");
        assertThat(data.path("revision").asInt()).isEqualTo(1);
        assertThat(data.path("status").asText()).isEqualTo("cancelled");
        assertThat(data.path("cancellation").toString()).isEqualTo("{\"by\":\"ops\"}");
        assertThat(data.has("shipmentId")).isFalse();
    }

    @Test
    void a_document_that_calls_it_off_is_told_of_with_its_source_and_its_reason_and_once_more_it_is_not()
            throws Exception {
        Taken taken = rig.take(held("SO-2"));

        callOff("SO-2");
        callOff("SO-2");

        assertThat(rig.events(taken)).filteredOn(CANCELLED::equals).hasSize(1);
        assertThat(told(taken).at("/data/cancellation").toString())
                .isEqualTo("{\"by\":\"folder\",\"source\":\"shop\",\"reason\":\"called off in the shop\"}");
    }

    @Test
    void a_document_that_calls_off_what_no_order_can_be_called_is_passed_over() {
        for (String number : List.of("9".repeat(250), "SO-\0-7")) {
            Taken taken = callOff(number);

            assertThat(taken.result()).isEqualTo(Taken.Result.SKIPPED);
            assertThat(taken.orderId()).isNull();
            assertThat(taken.problems().get(0).code()).isEqualTo("cancelled-unknown");
        }
    }

    @Test
    void one_that_is_refused_because_of_its_label_tells_nothing() {
        Taken taken = rig.take(Rig.order("SO-3", "1.2"));
        rig.settled(taken, ShipmentState.LABELLED);

        assertThatThrownBy(() -> rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops"))
                .isInstanceOf(ProblemException.class);
        callOff("SO-3");

        assertThat(rig.events(taken)).doesNotContain(CANCELLED);
    }

    @Test
    void a_label_is_given_back_first_and_the_order_is_cancelled_whatever_became_of_its_shipments() throws Exception {
        Taken taken = rig.take(Rig.order("SO-4", "1.2"));
        rig.settled(taken, ShipmentState.LABELLED);
        rig.dispatch.voidOrder(taken.orderUid(), Namespaces.ALL, "ops");

        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.events(taken))
                .containsExactly("order.accepted", "billing.charged", "order.labelled", "shipment.voided", CANCELLED);
        assertThat(told(taken).at("/data/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void opened_again_it_is_accepted_with_its_next_revision_and_may_be_cancelled_again() {
        Taken taken = rig.take(held("SO-5"));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        reopen(held("SO-5"));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");

        assertThat(rig.events(taken))
                .containsExactly("order.accepted", "order.held", CANCELLED, "order.accepted", "order.held", CANCELLED);
        List<DeliveryBook.Row> owed = rig.ledger.read(tx -> tx.deliveries().of(taken.orderUid()));
        assertThat(owed)
                .filteredOn(row -> row.type().equals(CANCELLED))
                .extracting(row -> event(row).at("/data/revision").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void what_never_was_a_good_order_is_told_of_too() throws Exception {
        ObjectNode wrong = held("SO-6");
        wrong.put("service", "no such service");
        rig.take(wrong);
        Taken taken = callOff("SO-6");

        assertThat(told(taken).at("/data/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void every_mapping_of_events_that_comes_with_the_hub_takes_it_or_leaves_it() {
        Taken taken = rig.take(held("SO-7"));
        rig.desk.cancel(taken.orderUid(), Namespaces.ALL, "ops");
        Mappings mappings = Mappings.load(Path.of("mappings"), free -> null);

        for (String name : OF_EVENTS.split("\\s+")) {
            assertThat(mappings.get(name).apply(Document.of(told(taken))))
                    .as(name)
                    .isNotInstanceOf(Result.Failed.class);
        }
    }

    private Taken callOff(String number) {
        ObjectNode named = Json.mapper().createObjectNode().put("orderId", number);
        Submission document = new Submission(
                "shop",
                "file",
                named,
                null,
                Content.hash(named),
                CameAlone.of("f/2", named),
                "acme-orders",
                1,
                false,
                false,
                "folder",
                null,
                "called off in the shop");
        return rig.ledger.commit(
                tx -> new CancelDoor(rig.intake, true).work(document).apply(tx));
    }

    private void reopen(ObjectNode order) {
        rig.take(new Submission("erp", "api", order, null, Content.hash(order), null, null, null, true, "ops"));
    }

    private static ObjectNode held(String number) {
        return Rig.order(number, "1.2").put("release", "hold");
    }

    private JsonNode told(Taken taken) {
        return rig.ledger.read(tx -> tx.deliveries().of(taken.orderUid())).stream()
                .filter(row -> row.type().equals(CANCELLED))
                .map(this::event)
                .findFirst()
                .orElseThrow();
    }

    private JsonNode event(DeliveryBook.Row row) {
        return Json.kept(rig.ledger.read(tx ->
                tx.deliveries().told(row.id(), Namespaces.ALL).orElseThrow().payload()));
    }
}
