/**
 * The hub itself, the only room where its parts are wired. Start at {@link io.waybill.Hub}, the main class, which is how a hub
 * starts and stops; {@link io.waybill.Spine} is the promise, part by part.
 */
@NullMarked
package io.waybill;

import org.jspecify.annotations.NullMarked;
