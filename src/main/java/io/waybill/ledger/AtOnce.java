package io.waybill.ledger;

import io.waybill.ledger.AtOnce.Claim;
import io.waybill.ledger.AtOnce.Seat;
import io.waybill.ledger.AttemptBook.Opening;
import io.waybill.order.Order;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Whoever may buy an order in the very commit that takes it in, because a worker is free and nobody waits for one. */
public interface AtOnce {
    /** Every order waits its turn. */
    AtOnce NEVER = new AtOnce() {
        @Override
        public Optional<Seat> seat(OrderRow row, Order order, ShipmentRow shipment) {
            return Optional.empty();
        }

        @Override
        public Asked<List<Optional<Claim>>> claims(Tx tx, List<Seat> seats) {
            return Asked.answered(Collections.nCopies(seats.size(), Optional.empty()));
        }
    };

    /**
     * Keeps a worker for an order that is about to be taken in. It is begun, given back, or left in doubt.
     *
     * @param order what it says
     * @param shipment its first, which is ready to be bought
     */
    Optional<Seat> seat(OrderRow row, Order order, ShipmentRow shipment);

    /**
     * Asked in the transaction that takes the orders in.
     *
     * @return for each what goes to disk with it; none when it waits its turn
     */
    Asked<List<Optional<Claim>>> claims(Tx tx, List<Seat> seats);

    /** A worker that is kept for one order. */
    interface Seat {
        /** Its order, shipment and claim are on disk: it is bought now. */
        void begin();

        /** It was not claimed. */
        void giveBack();

        /** Nobody knows whether its claim is on disk: if it is, the order is ready again, for nothing was sent. */
        void doubt();
    }

    /** What a shipment that is bought from its first moment has besides. */
    record Claim(Opening intent, Duration lease) {}
}
