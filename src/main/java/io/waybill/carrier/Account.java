package io.waybill.carrier;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured account: which carrier, for whom, and how patiently.
 *
 * @param namespaces who may ship with it; empty means everyone
 * @param workers how many purchases may be under way at once
 * @param settle how long an unknown purchase rests before it is looked up: client time-out + late effect + look-up lag
 * @param chargeEvent {@code on_creation | on_carrier_acceptance | carrier_default}
 * @param lookUpProven a look-up that finds nothing may be believed (class B)
 * @param sheet prices of its rate sheet, or null when it has none
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
        Aftercare aftercare,
        @Nullable Rates sheet) {
    static final String ON_SCAN = "on_carrier_acceptance";

    /** Without a rate sheet. */
    public Account(
            String name,
            String carrierId,
            Carrier carrier,
            Set<String> namespaces,
            int workers,
            Duration settle,
            String chargeEvent,
            boolean lookUpProven,
            Aftercare aftercare) {
        this(name, carrierId, carrier, namespaces, workers, settle, chargeEvent, lookUpProven, aftercare, null);
    }

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

    /** The same, of another carrier by name: what is told of a purchase belongs to the one it was sent to. */
    public Account of(String carrierId) {
        return new Account(
                name, carrierId, carrier, namespaces, workers, settle, chargeEvent, lookUpProven, aftercare, sheet);
    }

    /**
     * Whether its carrier is the one something was sent to: the settings may name another by now, which knows nothing of it.
     *
     * @param carrier null where none was written down, which is taken for its own
     */
    public boolean isOf(@Nullable String carrier) {
        return carrier == null || carrier.equals(carrierId);
    }

    /** Where its prices come from: its rate sheet, else its carrier; empty when neither gives any. */
    public Optional<Rates> rates() {
        if (sheet != null) {
            return Optional.of(sheet);
        }
        return carrier instanceof Rates rates ? Optional.of(rates) : Optional.empty();
    }

    /** A label that is never scanned is never billed. */
    public boolean isBilledOnScan() {
        return chargeEvent.equals(ON_SCAN);
    }

    public boolean serves(String namespace) {
        return namespaces.isEmpty() || namespaces.contains(namespace);
    }
}
