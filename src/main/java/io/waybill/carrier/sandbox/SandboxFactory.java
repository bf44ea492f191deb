package io.waybill.carrier.sandbox;

import io.waybill.carrier.Carrier;
import io.waybill.carrier.CarrierFactory;
import io.waybill.settings.Section;

/** Makes {@code account.<name>.adapter=sandbox} known. */
public final class SandboxFactory implements CarrierFactory {
    @Override
    public String id() {
        return "sandbox";
    }

    @Override
    public Carrier open(String accountName, Section account) {
        return new SandboxCarrier(SandboxSettings.read(account));
    }
}
