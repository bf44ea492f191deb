/** The durable record and all its SQL, on H2 and PostgreSQL. Start at {@link io.waybill.ledger.Ledger}. */
@NullMarked
package io.waybill.ledger;

import org.jspecify.annotations.NullMarked;
