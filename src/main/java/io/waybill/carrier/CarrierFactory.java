package io.waybill.carrier;

import io.waybill.settings.Section;

/** One line in {@code META-INF/services/io.waybill.carrier.CarrierFactory} makes an adapter known. */
public interface CarrierFactory {
    /** {@code ups}; what {@code account.<name>.adapter} says. */
    String id();

    /** What this adapter can do; {@code docs/carriers.md} is written from it. */
    CarrierFacts facts();

    /**
     * Opens one account. Connects to nothing.
     *
     * @param account the settings under {@code account.<name>.}, prefix removed; a missing key fails by name, unknown keys are refused
     * @throws io.waybill.problem.ProblemException with every missing or unknown key
     */
    Carrier open(String accountName, Section account);
}
