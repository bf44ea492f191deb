package io.waybill;

import io.waybill.api.Api;
import io.waybill.dispatch.Dispatch;
import io.waybill.dispatch.Quoted;
import io.waybill.order.Order;
import io.waybill.rollout.Price;
import io.waybill.tracking.Tracking;
import java.util.Optional;

/** Choose, buy and record: labels of the accounts that the rules choose, and what becomes of their parcels. */
final class Buying {
    final Dispatch dispatch;
    final Tracking tracking;
    private final Plan plan;
    private final Telling telling;

    Buying(Plan plan, Ground ground, Pulse pulse, Telling telling) {
        this.plan = plan;
        this.telling = telling;
        HubNode node = ground.node;
        dispatch = new Dispatch(
                ground.ledger, plan.accounts, plan.dispatch, plan.spending, node.run, telling.delivery::wake);
        dispatch.doOnly(node::has);
        dispatch.buyWhile(() -> pulse.vitals.isWell() && node.isMember());
        tracking = new Tracking(ground.ledger, plan.accounts, plan.tracking, telling.delivery::wake, dispatch::arrived);
    }

    /** There may be something to buy, or to tell. */
    void wake() {
        dispatch.wake();
        telling.delivery.wake();
    }

    /** What the account that the rules choose asks for an order; empty where it tells no price. */
    Optional<Price> price(Order order) {
        Quoted quoted = dispatch.rating()
                .price(order, plan.choosing.choose(order, String.valueOf(order.namespace())))
                .get()
                .quoted();
        return Optional.ofNullable(quoted).flatMap(Buying::price);
    }

    private static Optional<Price> price(Quoted quoted) {
        return Optional.ofNullable(quoted.rate().total())
                .map(total -> new Price(quoted.carrier(), quoted.rate().service(), total));
    }

    Api.Carriage carriage() {
        return new Api.Carriage(plan.accounts, dispatch, plan.spending, plan.stations, tracking);
    }
}
