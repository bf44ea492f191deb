package io.waybill;

import io.waybill.api.Api;
import io.waybill.intake.AnotherLabel;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.Desk;
import io.waybill.intake.Editing;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Intake;
import io.waybill.intake.MappedIntake;
import io.waybill.intake.Outside;
import io.waybill.intake.PackingDoor;
import io.waybill.intake.Sources;
import io.waybill.ledger.Ledger;
import io.waybill.order.Orders;
import java.util.Map;

/** Take in once: the doors for orders and for what is said of them, by systems through their mappings and by people at the desk. */
final class TakingIn {
    final Intake intake;
    final MappedIntake mapped;
    final Desk desk;

    /** Takes in as long as there is room. */
    final RoomTaker taker;

    private final Sources sources;
    private final Editing editing;
    private final AnotherLabel anotherLabel;

    TakingIn(Plan plan, Ground ground, Pulse pulse, Buying buying) {
        Ledger ledger = ground.ledger;
        Orders orders = plan.orders;
        sources = plan.sources;
        intake = new Intake(
                ledger,
                orders,
                sources,
                plan.choosing,
                plan.spending,
                plan.originals,
                buying.dispatch.atOnce(),
                buying::wake);
        desk = new Desk(ledger, orders, plan.choosing, plan.spending, buying::wake);
        editing = new Editing(ledger, intake, buying::wake);
        anotherLabel = new AnotherLabel(ledger, orders, plan.choosing, plan.spending, buying::wake);
        Outside outside = new Outside(ledger, orders, plan.accounts, sources, buying::wake);
        mapped = new MappedIntake(intake, outside, doors(orders), sources, ground.mappings);
        taker = new RoomTaker(mapped, () -> !pulse.vitals.isDiskLow());
    }

    /** For what a mapping may write beside orders and labels bought elsewhere. */
    private Map<String, Intake.Door> doors(Orders orders) {
        return Map.of(
                MappedIntake.CANCEL,
                new CancelDoor(intake, true),
                MappedIntake.CANCEL_UNSOLD,
                new CancelDoor(intake, false),
                MappedIntake.HOLD,
                new HoldDoor(intake, true),
                MappedIntake.HOLD_UNSOLD,
                new HoldDoor(intake, false),
                "packing/1",
                new PackingDoor(intake, orders, desk, sources),
                "tracking-event/1",
                new ScanDoor(intake, orders, sources));
    }

    Api.Doors doors() {
        return new Api.Doors(sources, intake, mapped, desk, editing, anotherLabel);
    }
}
