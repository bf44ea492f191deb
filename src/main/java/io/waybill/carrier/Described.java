package io.waybill.carrier;

import io.waybill.mapping.Mappings;

/** A carrier that is not known by its adapter: a file describes it. */
public interface Described {
    /** {@code label-platform}; what orders, charges and events call the carrier. */
    String carrierId();

    /** What the description says that it can do. */
    CarrierFacts facts();

    /** What writes its requests and reads its replies. */
    Mappings mappings();
}
