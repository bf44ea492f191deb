package io.waybill.mapping;

/**
 * Documents that are not ours, and why.
 *
 * @param cancels they call off the order they name
 */
record Skip(When when, String reason, boolean cancels) {}
