package io.waybill.carrier.dhl_parcel_de;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Services;
import io.waybill.settings.Section;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Makes {@code account.<name>.adapter=dhl-parcel-de} known. */
public final class PaketFactory implements CarrierFactory {
    /** DHL's product, and after it how it is delivered abroad where the order asks for that: {@code V53WPAK premium}. */
    static final Services SERVICES = Services.read(PaketFactory.class, "V\\d{2}[A-Z]{1,4}( premium| closest)?");

    @Override
    public String id() {
        return "dhl-parcel-de";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "DHL Parcel DE",
                "Parcel DE Shipping v2",
                PaketCarrier.class,
                IdempotencyClass.C,
                List.of("PDF", "ZPL"),
                CarrierFacts.Bill.FILE,
                List.of(
                        "prices (use a rate sheet)",
                        "more than four parcels in one purchase, beyond customs more than one (the others are bought"
                                + " by themselves)",
                        "returns alone (a return label comes with a shipment)",
                        "cash on delivery",
                        "preferred day, neighbour and place",
                        "identity checks",
                        "billing anybody but the account",
                        "batteries and dangerous goods",
                        "export filing above 1,000 EUR (MRN)"),
                Map.of(Fact.CHARGE, Arrival.by()));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new PaketCarrier(PaketSettings.read(account), Clock.systemUTC());
    }
}
