package io.waybill.carrier;

import io.waybill.order.Order;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An account's prices by its rate sheet, for the day the order shall be shipped, else for today where the hub is. */
record SheetRates(RateSheet sheet, Supplier<LocalDate> today) implements Rates {
    @Override
    public List<Rate> rates(Shipment shipment) {
        LocalDate day = Optional.ofNullable(shipment.order().options())
                .map(Order.Options::shipDate)
                .orElseGet(today);
        return sheet.rates(shipment, day);
    }
}
