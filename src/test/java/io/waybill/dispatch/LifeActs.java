package io.waybill.dispatch;

import io.waybill.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Lets happen what was thrown: around the orders, or by somebody, who is told when it cannot be done. */
final class LifeActs {
    private static final Map<String, String> AIMS = Map.of(
            "resolve", "UNKNOWN|REVIEW",
            "void", "LABELLED|BOUGHT",
            "retry", "REFUSED|UNKNOWN|REVIEW|VOIDING|BOUGHT",
            "another", "VOIDED|LABELLED",
            "patch", "READY|REFUSED|VOIDED|HELD",
            "pack", "HELD|READY|REFUSED",
            "release", "HELD",
            "past limit", "HELD");

    private final LifeWorld world;
    private final Map<String, Consumer<LifeTry>> around;
    private final Map<String, Consumer<LifeTry>> unasked = new HashMap<>();
    private final Map<String, Consumer<LifeTry>> aimed = new HashMap<>();

    LifeActs(LifeWorld world) {
        this.world = world;
        this.around = new LifeAroundActs(world).all();
        unasked.putAll(new LifeSenderActs(world).all());
        unasked.putAll(new LifeManifestActs(world).all());
        aimed.putAll(new LifeOrderActs(world).all());
        aimed.putAll(new LifeLabelActs(world).all());
    }

    void perform(LifeAct act) {
        SplittableRandom dice = new SplittableRandom(act.dice());
        if (dice.nextBoolean()) {
            world.hub().otherNode();
        }
        if (around.containsKey(act.what())) {
            around.get(act.what()).accept(tried(act, dice));
        } else if (unasked.containsKey(act.what())) {
            somebody(act, unasked.get(act.what()), dice);
        } else {
            LifeAct about = aimed(act, dice);
            if (world.known().orders().containsKey(about.number())) {
                somebody(about, aimed.get(act.what()), dice);
            }
        }
    }

    private LifeTry tried(LifeAct act, SplittableRandom dice) {
        String number = act.number();
        return new LifeTry(number, world.known().orders().getOrDefault(number, ""), dice);
    }

    /** Mostly about an order of which it can be done. */
    private LifeAct aimed(LifeAct act, SplittableRandom dice) {
        String states = AIMS.get(act.what());
        List<String> fit = states == null || dice.nextInt(4) == 0 ? List.of() : ordersIn(states);
        return fit.isEmpty() ? act : act.about(fit.get(dice.nextInt(fit.size())));
    }

    /** @param states divided by bars */
    private List<String> ordersIn(String states) {
        return world.tables().column("""
                SELECT DISTINCT o.order_id FROM orders o JOIN shipment s ON s.order_uid = o.id
                WHERE s.state IN ('%s') ORDER BY o.order_id""".formatted(states.replace("|", "', '")));
    }

    private void somebody(LifeAct act, Consumer<LifeTry> does, SplittableRandom dice) {
        world.tell(act.what() + " " + act.number());
        try {
            does.accept(tried(act, dice));
        } catch (ProblemException no) {
            world.tell("is told: " + no.problems().get(0).code());
        } catch (LifeCarrier.Bug bug) {
            world.tell("is told: " + bug.getMessage());
        }
    }
}
