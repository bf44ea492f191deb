package io.waybill.rollout;

import org.jspecify.annotations.Nullable;

/**
 * What a channel shall be.
 *
 * @param from it takes orders that were placed from then on; null for any
 * @param until it takes orders that were placed before; null for any
 * @param readOnly it answers for what is in and takes nothing new, whatever the times say
 */
public record Wanted(@Nullable Moment from, @Nullable Moment until, boolean readOnly) {}
