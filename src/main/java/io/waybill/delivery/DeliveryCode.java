package io.waybill.delivery;

import io.waybill.problem.Code;

/** What can be wrong with a delivery. */
public enum DeliveryCode implements Code {
    DELIVERY_PARKED,
    DELIVERY_ENDS_HUB,
    DELIVERY_NOT_REPLAYED,
    DELIVERY_NOT_DISCARDED,
    DELIVERY_NOT_KEPT,
    DELIVERY_WITHOUT_SINK,
    BUNDLE_UNWRITTEN,
    SINK_GONE,
    SINK_NOT_FOUND,
    SINK_NOTHING_YET
}
