/** What went wrong, as a code with values, and its sentence in English and Chinese. Start at {@link io.waybill.problem.Problem}. */
@NullMarked
package io.waybill.problem;

import org.jspecify.annotations.NullMarked;
