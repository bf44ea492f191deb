/**
 * How ready a source's documents are, and what a month of them would cost and need. Looks and counts, in bounded memory;
 * takes nothing in. Start at {@link io.waybill.readiness.Readiness} and {@link io.waybill.readiness.Assessment}.
 */
@NullMarked
package io.waybill.readiness;

import org.jspecify.annotations.NullMarked;
