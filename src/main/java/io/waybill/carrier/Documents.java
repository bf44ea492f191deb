package io.waybill.carrier;

import java.util.List;

/** Papers beside the label (invoice, waybill, receipt) that the carrier prints again. */
public interface Documents {
    /**
     * All it has of this shipment; an empty list when there are none.
     *
     * @throws RuntimeException when it cannot be asked now
     */
    List<Label.Document> documents(ShipmentId id);
}
