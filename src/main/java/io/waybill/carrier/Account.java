package io.waybill.carrier;

import java.time.Duration;
import java.util.Set;

/**
 * A configured account: which carrier, for whom, and how patiently.
 *
 * @param namespaces who may ship with it; empty means everyone
 * @param workers how many purchases may be under way at once
 * @param settle how long an unknown purchase rests before it is looked up: client time-out + late effect + look-up lag
 * @param chargeEvent {@code on_creation | on_carrier_acceptance | carrier_default}
 * @param lookUpProven a look-up that finds nothing may be believed (class B)
 */
public record Account(
        String name,
        String carrierId,
        Carrier carrier,
        Set<String> namespaces,
        int workers,
        Duration settle,
        String chargeEvent,
        boolean lookUpProven,
        Aftercare aftercare) {
    private static final String ON_SCAN = "on_carrier_acceptance";

    /** With the usual aftercare. */
    public Account(
            String name,
            String carrierId,
            Carrier carrier,
            Set<String> namespaces,
            int workers,
            Duration settle,
            String chargeEvent,
            boolean lookUpProven) {
        this(name, carrierId, carrier, namespaces, workers, settle, chargeEvent, lookUpProven, Aftercare.DEFAULT);
    }

    /** A label that is never scanned is never billed. */
    public boolean isBilledOnScan() {
        return chargeEvent.equals(ON_SCAN);
    }

    public boolean serves(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
