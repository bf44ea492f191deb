/**
 * What a namespace has switched on its way from a portal and sheets to the API: channels, stages, and sources that are only
 * looked at beside the live ones. Start at {@link io.waybill.rollout.Rollout} and {@link io.waybill.rollout.Comparison}.
 */
@NullMarked
package io.waybill.rollout;

import org.jspecify.annotations.NullMarked;
