package io.waybill.carrier;

import io.waybill.measure.Money;
import org.jspecify.annotations.Nullable;

/**
 * One part of a price as the carrier stated it.
 *
 * @param type one of the canonical types ({@code shipping, fuel_charge, additional_fees, …}), {@code uncategorized} for a code we do not know
 * @param code the carrier's own code, kept beside the canonical word
 * @param text the carrier's own words
 */
public record Charge(
        String type,
        Money amount,
        @Nullable String code,
        @Nullable String text) {}
