package io.waybill.carrier.ups;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Services;
import io.waybill.settings.Section;
import java.util.List;

/** Makes {@code account.<name>.adapter=ups} known. */
public final class UpsFactory implements CarrierFactory {
    /** {@code ground} and {@code 03} are the same. */
    static final Services SERVICES = Services.read(UpsFactory.class, "[0-9A-Z]{2}");

    @Override
    public String id() {
        return "ups";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "UPS",
                "REST v2409",
                UpsCarrier.class,
                IdempotencyClass.B,
                List.of("PDF", "PNG", "ZPL", "EPL2"),
                CarrierFacts.Bill.FILE,
                List.of(
                        "voiding single parcels",
                        "freight, Mail Innovations and Access Points",
                        "dangerous goods and batteries",
                        "export filing (EEI); EORI numbers",
                        "collect on delivery",
                        "labels of 300 dpi",
                        "subscribing to Track Alert (what it pushes is read)"));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new UpsCarrier(UpsSettings.read(account));
    }
}
