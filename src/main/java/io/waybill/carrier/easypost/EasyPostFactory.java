package io.waybill.carrier.easypost;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Arrival.Way;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Services;
import io.waybill.settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes {@code account.<name>.adapter=easypost} known. */
public final class EasyPostFactory implements CarrierFactory {
    /** "At least 15 days" for USPS, and 30 at most for any carrier: docs.easypost.com, Shipping Refund. */
    private static final Arrival REFUND = new Arrival(List.of(Way.POLL), Duration.ofDays(15));

    /** Carrier and service as EasyPost writes them: {@code USPS.GroundAdvantage}. */
    static final Services SERVICES = Services.read(EasyPostFactory.class, "[A-Za-z0-9]+\\.[A-Za-z0-9_-]+");

    @Override
    public String id() {
        return "easypost";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "EasyPost",
                "API v2",
                EasyPostCarrier.class,
                IdempotencyClass.A,
                List.of("PDF", "PNG", "ZPL", "EPL2"),
                CarrierFacts.Bill.NONE,
                List.of(
                        "several parcels in one shipment (each is bought by itself)",
                        "batteries and dangerous goods",
                        "export filing above 2,500 USD (AES)",
                        "SCAN forms, pickups and batches",
                        "asking again for a refund that was rejected",
                        "telling of a refund by webhook (it is looked up)"),
                Map.of(Fact.LABEL, Arrival.by(Way.POLL), Fact.REFUND, REFUND));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new EasyPostCarrier(EasyPostSettings.read(account));
    }
}
