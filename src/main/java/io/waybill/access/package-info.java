/** Who may call, what they may do and which namespaces they see. Start at {@link io.waybill.access.Access}. */
@NullMarked
package io.waybill.access;

import org.jspecify.annotations.NullMarked;
