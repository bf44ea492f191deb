package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.Taken;
import io.waybill.ledger.Erasure;
import io.waybill.ledger.Namespaces;
import io.waybill.measure.MassUnit;
import io.waybill.measure.Weight;
import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What people do about an order that the hub has. */
final class LifeOrderActs {
    private final LifeWorld world;
    private final LifeDoors doors;

    LifeOrderActs(LifeWorld world) {
        this.world = world;
        this.doors = world.doors();
    }

    Map<String, Consumer<LifeTry>> all() {
        return Map.of(
                "patch", this::patch,
                "pack", this::pack,
                "cancel", this::cancel,
                "release", this::release,
                "past limit", this::releasePastLimit,
                "erase", this::erase,
                "retry", this::retry);
    }

    private void patch(LifeTry act) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        int street = 3 + act.dice().nextInt(2);
        String service = act.one(List.of("ground", "express", "cheapest"));
        if (act.half()) {
            patch.put("service", service);
        } else {
            patch.putObject("shipTo").put("line1", street + " Main St");
        }
        Taken taken = doors.editing().edit(act.uid(), patch, List.of(), Namespaces.ALL, "ops");
        world.took(act.number(), taken, "to " + patch);
        if (taken.result() == Taken.Result.REPLACED) {
            world.known().did("order.edited", act.uid());
        }
    }

    private void pack(LifeTry act) {
        String box = act.one(List.of("A", "B"));
        List<Order.Parcel> parcels = IntStream.rangeClosed(1, 1 + act.dice().nextInt(3))
                .mapToObj(i ->
                        new Order.Parcel(box + i, Weight.of(String.valueOf(i), MassUnit.KG), null, null, List.of()))
                .toList();
        world.tell("  " + parcels.size() + " of " + box);
        doors.desk().pack(act.uid(), parcels, Namespaces.ALL, "bench");
        world.known().did("order.packed", act.uid());
    }

    private void cancel(LifeTry act) {
        doors.desk().cancel(act.uid(), Namespaces.ALL, "ops");
        world.known().did("order.cancelled", act.uid());
    }

    private void release(LifeTry act) {
        doors.desk().release(act.uid(), Namespaces.ALL, "ops");
        world.known().did("order.released", act.uid());
    }

    private void releasePastLimit(LifeTry act) {
        doors.desk().releasePastLimit(act.uid(), Namespaces.ALL, "ops");
        world.known().did("order.released", act.uid());
    }

    private void erase(LifeTry act) {
        new Erasure(world.ledger()).order(act.uid(), Namespaces.ALL, "ops");
    }

    private void retry(LifeTry act) {
        doors.desk().retry(act.uid(), Namespaces.ALL, "ops");
        world.known().did("order.retried", act.uid());
    }
}
