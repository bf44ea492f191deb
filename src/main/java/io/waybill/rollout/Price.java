package io.waybill.rollout;

import io.waybill.measure.Money;

/** What a document would cost with whom the rules choose. */
public record Price(String carrier, String service, Money total) {}
