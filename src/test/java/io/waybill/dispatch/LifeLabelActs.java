package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.intake.AnotherLabel;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.ShipmentRow;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people do about the labels of an order that the hub has. */
final class LifeLabelActs {
    private final LifeWorld world;

    LifeLabelActs(LifeWorld world) {
        this.world = world;
    }

    Map<String, Consumer<LifeTry>> all() {
        return Map.of(
                "void", this::giveBack,
                "void order", this::giveAllBack,
                "resolve", this::resolve,
                "another", this::another);
    }

    private void giveBack(LifeTry act) {
        ShipmentRow row = shipment(act, "LABELLED|BOUGHT");
        world.tell("  its " + row.seq() + ", " + row.state());
        world.hub().node().voidLabel(row.id(), Namespaces.ALL, "ops");
    }

    private void giveAllBack(LifeTry act) {
        world.hub().node().voidOrder(act.uid(), Namespaces.ALL, "ops");
    }

    /** Mostly one of which it can be done. */
    private ShipmentRow shipment(LifeTry act, String states) {
        List<ShipmentRow> all = world.ledger().read(tx -> tx.shipments().of(act.uid()));
        List<ShipmentRow> fit =
                all.stream().filter(row -> row.state().name().matches(states)).toList();
        return act.one(fit.isEmpty() || act.onceIn(4) ? all : fit);
    }

    private void resolve(LifeTry act) {
        ShipmentRow row = shipment(act, "UNKNOWN|REVIEW");
        Resolution.Action action = act.one(List.of(Resolution.Action.values()));
        String number = foundAtTheCarrier(act, row);
        String shipment = act.half() ? row.id() : null;
        world.tell("  " + action + " " + number + " of " + (shipment == null ? "any" : row.seq() + ", " + row.state()));
        String tracking = number == null ? null : "1Z" + number;
        Resolution resolution = new Resolution(action, "so it is", shipment, tracking, number);
        world.hub().node().resolve(act.uid(), resolution, Namespaces.ALL, "ops");
    }

    /** Mostly what was sold for it; now and then of a label that is another's, or of none. */
    private @Nullable String foundAtTheCarrier(LifeTry act, ShipmentRow row) {
        List<String> taken = world.tables().column("""
                SELECT carrier_shipment FROM shipment WHERE carrier_shipment IS NOT NULL AND imported = FALSE ORDER BY id""");
        if (!taken.isEmpty() && act.onceIn(5)) {
            return act.one(taken);
        }
        List<String> sold = world.salesOf(world.orderNumber(row.id())).stream()
                .map(sale -> sale.id)
                .toList();
        if (!sold.isEmpty()) {
            return act.one(sold);
        }
        return act.onceIn(4) ? "f99" : null;
    }

    private void another(LifeTry act) {
        AnotherLabel.Why why = act.one(List.of(AnotherLabel.Why.values()));
        boolean lost = act.onceIn(3);
        world.tell("  " + why + (lost ? ", lost" : ""));
        AnotherLabel.Wish wish = new AnotherLabel.Wish(
                why + " " + act.dice().nextInt(2), why, lost, "", JsonNodeFactory.instance.objectNode());
        AnotherLabel.Asked asked = world.doors().another().ask(act.uid(), wish, Namespaces.ALL, "ops");
        if (!asked.replayed()) {
            world.known().did("label.another", asked.shipment());
        }
    }
}
