package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.batch.Archive;
import io.waybill.batch.Batch;
import io.waybill.batch.Fate.Result;
import io.waybill.batch.Feed;
import io.waybill.batch.IncomingFile;
import io.waybill.batch.Report;
import io.waybill.carrier.FakeCarrier;
import io.waybill.carrier.FakeCarrier.Turn;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Taken;
import io.waybill.ledger.Database;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentState;
import io.waybill.mapping.Mappings;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Json;
import io.waybill.order.Order;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench weighed an order, and then somebody says otherwise where it goes: what was weighed stays. */
abstract class CorrectedAfterPackingContract {
    private final FakeCarrier carrier = new FakeCarrier(IdempotencyClass.A, "8.10");
    private Rig rig;

    abstract Database database();

    @BeforeEach
    void start() {
        rig = Rig.start(database(), FakeCarrier.account("fake", carrier));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void what_was_weighed_stays_when_the_address_is_corrected() {
        Taken taken = packedAndRefused("P-1");

        rig.correctAddress(taken);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.bodies).last().asString().contains("weighed");
        assertThat(weights(taken)).containsExactly("1.5");
        assertThat(rig.shipment(taken).parcels()).contains("weighed");
    }

    @Test
    void what_was_weighed_stays_when_the_source_sends_the_order_anew_with_another_address() {
        Taken taken = packedAndRefused("P-2");
        ObjectNode moved = order("P-2", "1");
        ((ObjectNode) moved.path("shipTo")).put("line1", "2 Main St");

        rig.take(moved);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(weights(taken)).containsExactly("1.5");
    }

    @Test
    void a_box_its_source_gave_no_weight_of_is_not_waited_for_once_more() {
        Taken taken = rig.take(order("P-3", null));
        packed(taken);

        rig.correctAddress(taken);

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(weights(taken)).containsExactly("1.5");
    }

    @Test
    void an_order_of_a_hundred_boxes_that_nobody_weighed_waits_for_them_and_is_released_by_the_bench() {
        ObjectNode order = order("P-14", null);
        ArrayNode boxes = order.putArray("parcels");
        IntStream.rangeClosed(1, 100).forEach(box -> boxes.addObject().put("reference", "box-" + box));

        Taken taken = rig.take(order);

        assertThat(taken.result()).isEqualTo(Taken.Result.ACCEPTED);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.HELD);
        assertThat(String.valueOf(rig.shipment(taken).waitingFor()).split(",", -1))
                .startsWith("/parcels/0/weight", "/parcels/1/weight")
                .hasSizeGreaterThan(50)
                .allMatch(pointer -> pointer.matches("/parcels/\\d+/weight"));
        rig.desk.pack(taken.orderUid(), weighed(), Namespaces.ALL, "bench");
        rig.settled(taken, ShipmentState.LABELLED);
    }

    @Test
    void an_order_on_hold_is_released_with_what_was_weighed() {
        Taken taken = rig.take(order("P-4", "1").put("release", "hold"));
        rig.desk.pack(taken.orderUid(), weighed(), Namespaces.ALL, "bench");

        rig.correctAddress(taken);
        assertThat(rig.shipment(taken).state()).isEqualTo(ShipmentState.HELD);
        rig.desk.release(taken.orderUid(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.bodies).singleElement().asString().contains("weighed");
    }

    @Test
    void parcels_that_are_corrected_count_more_than_what_was_weighed() {
        Taken taken = packedAndRefused("P-5");
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("parcels", order("P-5", "2").path("parcels"));

        rig.editing.edit(taken.orderUid(), patch, List.of(), Namespaces.ALL, "ops");

        rig.settled(taken, ShipmentState.LABELLED);
        assertThat(carrier.bodies).last().asString().contains("box-1");
        assertThat(weights(taken)).containsExactly("2");
        assertThat(rig.shipment(taken).parcels()).isNull();
    }

    @Test
    void what_nobody_sends_as_it_was_packed_is_rejected_and_holds_up_no_other_document(@TempDir Path folder)
            throws IOException {
        packedAndRefused("P-6");
        ObjectNode light = order("P-6", "1").put("service", "economy");
        MappedIntake mapped = new MappedIntake(
                rig.intake,
                rig.outside,
                rig.doors(),
                rig.sources,
                Mappings.load(Files.createDirectory(folder.resolve("none")), target -> null));

        Report report = new Batch(rig.ledger, mapped, Archive.in(folder), "node-1")
                .run(IncomingFile.of(
                        new ByteArrayInputStream(
                                Json.text(List.of(light, order("P-7", "1"))).getBytes(StandardCharsets.UTF_8)),
                        "orders.json",
                        new Feed("orders", "erp", "acme", "file", null, Reading.of(Format.JSON), Locale.ENGLISH)));

        assertThat(report.counts()).isEqualTo(Map.of(Result.REJECTED, 1, Result.ACCEPTED, 1));
        assertThat(report.lines().get(0).fate().problems().toString()).contains("economy");
    }

    private Taken packedAndRefused(String orderId) {
        Taken taken = rig.take(order(orderId, "1"));
        packed(taken);
        return taken;
    }

    private void packed(Taken taken) {
        carrier.script.add(Turn.REFUSE);
        rig.desk.pack(taken.orderUid(), weighed(), Namespaces.ALL, "bench");
        rig.settled(taken, ShipmentState.REFUSED);
    }

    private static ObjectNode order(String orderId, String kilograms) {
        return Rig.order(orderId, kilograms).put("release", "packed");
    }

    private static List<Order.Parcel> weighed() {
        return List.of(new Order.Parcel("weighed", Weight.of("1.5", MassUnit.KG), null, null, List.of()));
    }

    /** What each parcel weighs, as the order says now. */
    private List<String> weights(Taken taken) {
        OrderRow order = rig.ledger.<OrderRow>read(
                tx -> tx.orders().find(taken.orderUid(), Namespaces.ALL).orElseThrow());
        return Json.kept(order.effective()).path("parcels").findValues("weight").stream()
                .map(weight -> weight.path("value"))
                .map(JsonNode::asText)
                .toList();
    }
}
