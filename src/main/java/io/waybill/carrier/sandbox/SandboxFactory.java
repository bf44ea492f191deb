package io.waybill.carrier.sandbox;

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

/** Makes {@code account.<name>.adapter=sandbox} known. */
public final class SandboxFactory implements CarrierFactory {
    @Override
    public String id() {
        return "sandbox";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "Sandbox",
                "its own, v1",
                SandboxCarrier.class,
                IdempotencyClass.A,
                List.of("PDF", "PNG", "ZPL"),
                CarrierFacts.Bill.NONE,
                List.of(
                        "customs",
                        "a price for signatures, insurance, Saturdays, batteries and other payers (its label names them)",
                        "a label a carrier will scan"),
                Map.of(Fact.LABEL, Arrival.by(Way.SYNC, Way.POLL), Fact.REFUND, Arrival.by(Way.SYNC)));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new SandboxCarrier(SandboxSettings.read(account));
    }
}
