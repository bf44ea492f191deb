/** Weights, lengths, money and countries, each with its unit in the type. Start at {@link io.waybill.measure.Weight}. */
@NullMarked
package io.waybill.measure;

import org.jspecify.annotations.NullMarked;
