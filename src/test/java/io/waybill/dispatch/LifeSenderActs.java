package io.waybill.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.intake.CancelDoor;
import io.waybill.intake.HoldDoor;
import io.waybill.intake.Submission;
import io.waybill.intake.Taken;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the systems that orders come from do: they send them, call them off, hold them, and tell of labels of their own. */
final class LifeSenderActs {
    private final LifeWorld world;
    private final LifeDoors doors;

    LifeSenderActs(LifeWorld world) {
        this.world = world;
        this.doors = world.doors();
    }

    Map<String, Consumer<LifeTry>> all() {
        return Map.of("send", this::send, "call off", this::callOff, "hold", this::hold, "outside", this::outside);
    }

    private void send(LifeTry act) {
        ObjectNode order = LifePapers.order(act);
        boolean reopen = act.onceIn(3);
        String source = act.one(List.of("strict", "small", "erp", "erp", "erp"));
        order.put("service", act.one(List.of("ground", "ground", "express", "cheapest")));
        boolean called = act.half();
        Submission submission =
                called ? LifePapers.called(source, order, reopen) : LifePapers.filed(source, order, reopen);
        Taken taken = doors.intake().take(submission);
        world.took(act.number(), taken, source + (called ? " api" : "") + (reopen ? " reopen " : " ") + said(order));
    }

    private static String said(ObjectNode order) {
        return order.at("/shipTo/line1").asText() + " "
                + order.path("service").asText() + (order.has("parcels") ? "" : " unpacked")
                + (order.has("release") ? " hold" : "");
    }

    private void callOff(LifeTry act) {
        Submission submission = LifePapers.why(act.number(), "cancelled");
        Taken taken = world.ledger()
                .commit(tx -> new CancelDoor(doors.intake(), act.half())
                        .work(submission)
                        .apply(tx));
        world.tell("  " + taken.result());
    }

    private void hold(LifeTry act) {
        Submission submission = LifePapers.why(act.number(), "fraud check");
        Taken taken = world.ledger()
                .commit(tx ->
                        new HoldDoor(doors.intake(), true).work(submission).apply(tx));
        if (taken.result() == Taken.Result.REPLACED) {
            world.known().revised(act.number());
        }
        world.tell("  " + taken.result());
    }

    private void outside(LifeTry act) {
        int which = 1 + act.dice().nextInt(2);
        ObjectNode label = LifePapers.label(act, which);
        Taken taken = doors.outside().take(LifePapers.told(label));
        world.tell("  label " + which + (label.has("voided") ? " voided" : "") + ": " + LifeWorld.said(taken));
        world.known().isIn(act.number(), taken);
    }
}
