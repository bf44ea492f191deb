/** Measures what the documents claim. Start at {@link io.waybill.bench.Bench}; what was seen is in bench/README.md. */
@NullMarked
package io.waybill.bench;

import org.jspecify.annotations.NullMarked;
