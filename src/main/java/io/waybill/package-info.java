/**
 * The hub itself, the only place where its parts are wired. {@link io.waybill.Hub} is the main class, and how a hub starts and
 * stops; {@link io.waybill.Spine} is the promise, part by part.
 */
@NullMarked
package io.waybill;

import org.jspecify.annotations.NullMarked;
