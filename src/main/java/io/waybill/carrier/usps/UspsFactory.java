package io.waybill.carrier.usps;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.settings.Section;
import java.util.List;

/** Makes {@code account.<name>.adapter=usps} known. */
public final class UspsFactory implements CarrierFactory {
    @Override
    public String id() {
        return "usps";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "USPS",
                "APIs v3",
                UspsCarrier.class,
                IdempotencyClass.A,
                List.of("PDF", "PNG", "ZPL", "EPL2"),
                CarrierFacts.Bill.FILE,
                List.of(
                        "several parcels in one shipment (each is bought by itself)",
                        "more than two references of the customer's own",
                        "EPL2 of 203 dpi",
                        "tubes and presorted or destination entry mail",
                        "dangerous goods and batteries",
                        "payment by anybody but the account; duties paid by the sender",
                        "returns from abroad",
                        "export filing (ITN); tax numbers",
                        "pickups, Label Broker and lockers",
                        "webhooks"));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new UspsCarrier(UspsSettings.read(account));
    }
}
