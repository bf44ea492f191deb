package io.waybill.intake;

import io.waybill.batch.Fate;
import io.waybill.order.Order;
import org.jspecify.annotations.Nullable;

/**
 * What {@link MappedIntake} would make of a document, without taking it in.
 *
 * @param fate as it would be answered
 * @param order with its source's defaults; null when it would be none
 * @param held it would be taken in and wait for a weight, a date or a person
 * @param contentSha256 of what it says, the same for two documents that say the same
 */
public record Rehearsal(
        Fate fate,
        @Nullable Order order,
        boolean held,
        @Nullable String contentSha256) {}
