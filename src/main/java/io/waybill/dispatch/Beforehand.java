package io.waybill.dispatch;

import io.waybill.carrier.Account;
import io.waybill.carrier.Choice;
import io.waybill.carrier.RefusedException;
import io.waybill.carrier.Shipment;
import io.waybill.order.Order;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Optional;

/** Why a purchase would be refused before anything is sent. Nobody is asked, so a carrier whose purchases begin with a call says nothing. */
final class Beforehand {
    private Beforehand() {}

    static Optional<Problem> refusal(Account account, Order order, Choice.Fixed choice) {
        if (!account.carrier().preparesAlone()) {
            return Optional.empty();
        }
        try {
            Shipment whole = Shipments.of(order, 1, choice.service(), Shipments.label(order));
            List<Shipment> pieces = Splitting.isNeeded(account, whole)
                    ? Cutting.shipments(whole, account.carrier().parcelsPerPurchase(whole))
                    : List.of(whole);
            String namespace = String.valueOf(order.namespace());
            pieces.forEach(piece -> account.carrier().prepare(piece, Refs.of(namespace, order.orderId(), 1, 1)));
            return Optional.empty();
        } catch (RefusedException no) {
            return Optional.of(no.problem(account.name()));
        }
    }
}
