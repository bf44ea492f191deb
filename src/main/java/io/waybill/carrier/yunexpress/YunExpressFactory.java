package io.waybill.carrier.yunexpress;

import io.waybill.carrier.Arrival;
import io.waybill.carrier.Arrival.Fact;
import io.waybill.carrier.Arrival.Way;
import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.carrier.CarrierFacts;
import io.waybill.carrier.IdempotencyClass;
import io.waybill.carrier.Services;
import io.waybill.settings.Section;
import java.util.List;
import java.util.Map;

/** Makes {@code account.<name>.adapter=yunexpress} known. */
public final class YunExpressFactory implements CarrierFactory {
    /** Products are the account's own; those the table does not hold are asked for by their code. */
    static final Services SERVICES = Services.read(YunExpressFactory.class, "[A-Z0-9]{2,50}");

    @Override
    public String id() {
        return "yunexpress";
    }

    @Override
    public CarrierFacts facts() {
        return new CarrierFacts(
                "YunExpress",
                "open platform v1",
                YunExpressCarrier.class,
                IdempotencyClass.B,
                List.of("PDF", "PNG"),
                CarrierFacts.Bill.PULL,
                List.of(
                        "several parcels in one waybill (each is bought by itself)",
                        "returns (YunExpress's return orders go to its warehouses, and can be neither looked up nor called off)",
                        "insurance (its document names no service for it)",
                        "Saturday delivery and adult signatures",
                        "third-party billing",
                        "intercepting what the warehouse has received",
                        "subscribing to tracking",
                        "the order interface before the open platform"),
                Map.of(
                        Fact.LABEL,
                        Arrival.by(Way.POLL),
                        Fact.NUMBER,
                        Arrival.by(Way.SYNC, Way.POLL),
                        Fact.CHARGE,
                        Arrival.by()));
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new YunExpressCarrier(YunExpressSettings.read(account));
    }
}
