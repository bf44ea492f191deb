package io.waybill.mapping;

/**
 * Documents that are not ours, and why.
 *
 * @param line of the mapping file
 * @param cancels they call off the order they name
 * @param onlyUnsold and say nothing of one that has its label
 */
record Skip(int line, When when, String reason, boolean cancels, boolean onlyUnsold) {}
