package io.waybill.intake;

import io.waybill.order.Order;

/**
 * What a document would be.
 *
 * @param order with its source's defaults
 * @param bought it would be bought at once from the account the rules choose; false where it waits for something, prices are
 *     compared first, or it is known already
 */
public record Previewed(Order order, boolean bought) {}
