/**
 * Turns one tree into another by a declared list of target fields. Knows trees, not orders: target schemas are handed in.
 * Start at {@link io.waybill.mapping.Mappings}.
 */
@NullMarked
package io.waybill.mapping;

import org.jspecify.annotations.NullMarked;
