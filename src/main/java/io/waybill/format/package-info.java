/** Reads files and messages as a stream of trees, and writes trees as files. Start at {@link io.waybill.format.Formats}. */
@NullMarked
package io.waybill.format;

import org.jspecify.annotations.NullMarked;
