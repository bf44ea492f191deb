package io.waybill.mapping;

import org.jspecify.annotations.Nullable;

/**
 * Documents that are not ours, and why.
 *
 * @param line of the mapping file
 * @param stops what they say of the order they name; null where they say nothing of it
 */
record Skip(int line, When when, String reason, @Nullable Stop stops) {}
