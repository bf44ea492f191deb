package io.waybill.carrier;

import java.util.List;

/** The printed outcome: one document a parcel, and whatever papers go with them. */
public record Label(List<Document> documents) {

    /**
     * @param kind {@code shipping_label | return_label | waybill | commercial_invoice | customs_declaration | receipt |
     *     manifest}; a waybill is what the courier takes
     * @param parcel 1-based parcel, 0 for the whole shipment
     * @param format {@code PDF | PNG | ZPL | EPL2}; a receipt may be {@code HTML}
     */
    public record Document(String kind, int parcel, String format, String size, byte[] bytes) {}
}
