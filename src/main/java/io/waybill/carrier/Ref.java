package io.waybill.carrier;

import java.util.UUID;

/**
 * What a carrier knows a purchase by.
 *
 * @param value at most 35 of {@code [A-Z0-9-]}: a hash of (namespace, orderId, shipment) and the attempt number
 * @param purchaseKey the same for every attempt of one shipment; the idempotency key of class A carriers
 * @param orderNumber what a person reads on the label: the orderId, then {@code orderId-2} for the second shipment
 */
public record Ref(String value, UUID purchaseKey, String orderNumber) {}
