package io.waybill.carrier.dhl_express;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Services;
import io.waybill.settings.Section;
import java.time.Clock;
import java.util.List;

/** Makes {@code account.<name>.adapter=dhl-express} known. */
public final class ExpressFactory implements CarrierFactory {
    /** {@code express_worldwide} and {@code P} are the same: DHL's global product code. */
    static final Services SERVICES = Services.read(ExpressFactory.class, "[0-9A-Z]");

    @Override
    public String id() {
        return "dhl-express";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "DHL Express",
                "MyDHL API 3.1.1",
                ExpressCarrier.class,
                IdempotencyClass.B,
                List.of("PDF", "ZPL", "EPL2"),
                CarrierFacts.Bill.FILE,
                List.of(
                        "voids (DHL has none; an unused waybill just never moves)",
                        "printing a label again",
                        "booking pickups",
                        "dangerous goods and batteries",
                        "label-free shipping and service points",
                        "landed costs"));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new ExpressCarrier(ExpressSettings.read(account), Clock.systemUTC());
    }
}
