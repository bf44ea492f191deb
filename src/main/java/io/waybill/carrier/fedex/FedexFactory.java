package io.waybill.carrier.fedex;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Arrival.Way;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Map;

/** Makes {@code account.<name>.adapter=fedex} known. */
public final class FedexFactory implements CarrierFactory {
    /** A shipment of many parcels is answered with a job, which is asked for its results ({@link FedexJobs}). */
    private static final Arrival JOB = Arrival.by(Way.SYNC, Way.POLL);

    @Override
    public String id() {
        return "fedex";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "FedEx",
                "REST v1",
                FedexCarrier.class,
                IdempotencyClass.B,
                List.of("PDF", "PNG", "ZPL", "EPL2"),
                CarrierFacts.Bill.FILE,
                List.of(
                        "printing a label again",
                        "a label found by its reference (it is voided and bought once more)",
                        "more than two references of the customer's own",
                        "freight and Ground Economy",
                        "dangerous goods; batteries beyond Ground",
                        "export filing (EEI, B13A) and electronic trade documents; EORI numbers",
                        "collect on delivery",
                        "subscribing to webhooks (what they push is read)"),
                Map.of(Fact.LABEL, JOB, Fact.NUMBER, JOB, Fact.CHARGE, JOB));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new FedexCarrier(FedexSettings.read(account));
    }
}
