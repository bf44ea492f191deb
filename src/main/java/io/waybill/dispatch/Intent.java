package io.waybill.dispatch;

import io.waybill.ledger.AttemptBook.Buyer;
import io.waybill.ledger.AttemptBook.Opening;
import io.waybill.ledger.AttemptRow;
import io.waybill.ledger.OrderRow;
import io.waybill.ledger.ShipmentRow;

/** That a shipment is about to be bought: what T1 puts on disk, and under which permit. */
record Intent(OrderRow order, ShipmentRow row, AttemptRow attempt, Buyer buyer) {
    Opening opening(String sentBy) {
        return new Opening(attempt, buyer, sentBy);
    }
}
