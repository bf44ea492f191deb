/** The money after the label: carriers' invoices, proved, matched, audited and posted. Start at {@link io.waybill.billing.Billing}. */
@NullMarked
package io.waybill.billing;

import org.jspecify.annotations.NullMarked;
