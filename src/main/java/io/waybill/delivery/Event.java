package io.waybill.delivery;

/**
 * One canonical event for one sink.
 *
 * @param id the same on every attempt; what a receiver deduplicates by
 * @param type {@code order.labelled}
 * @param subject the customer's order number
 * @param json CloudEvents 1.0 JSON
 */
public record Event(String id, String type, String namespace, String subject, String json) {}
