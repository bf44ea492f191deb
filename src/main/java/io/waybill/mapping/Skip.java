package io.waybill.mapping;

/**
 * Documents that are not ours, and why.
 *
 * @param cancels they call off the order they name
 * @param onlyUnsold and say nothing of one that has its label
 */
record Skip(When when, String reason, boolean cancels, boolean onlyUnsold) {}
