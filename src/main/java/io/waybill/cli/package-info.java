/** The commands of {@code ./waybill}. Start at {@link io.waybill.cli.Commands}. */
@NullMarked
package io.waybill.cli;

import org.jspecify.annotations.NullMarked;
