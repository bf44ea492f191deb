package io.waybill.carrier;

/**
 * An external number of a shipment.
 *
 * @param kind {@code shipment | tracking | piece | return | agent | last_mile}
 * @param parcel 1-based parcel it belongs to, 0 for the whole shipment
 */
public record ExternalNumber(String kind, int parcel, String value) {}
