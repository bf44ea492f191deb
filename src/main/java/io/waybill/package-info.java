/** The hub itself: {@link io.waybill.Hub} is the main class and the only place where parts are wired. */
@NullMarked
package io.waybill;

import org.jspecify.annotations.NullMarked;
