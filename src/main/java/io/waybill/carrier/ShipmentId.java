package io.waybill.carrier;

/** The carrier's own number of a shipment. */
public record ShipmentId(String value) {}
