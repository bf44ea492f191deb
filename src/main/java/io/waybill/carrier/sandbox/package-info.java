/**
 * The teaching carrier: a small HTTP carrier with its own durable book, and the adapter that buys from it like from any
 * other. The adapter starts at {@link io.waybill.carrier.sandbox.SandboxFactory}, the carrier at
 * {@link io.waybill.carrier.sandbox.SandboxServer}.
 *
 * <h2>Its API (JSON, {@code Authorization: Bearer …}, loopback only)</h2>
 *
 * <pre>
 * POST /v1/shipments              Idempotency-Key: the same key and body answer the same shipment (200, Idempotent-Replayed);
 *                                 409 key_reused (another body), in_progress (not decided yet), voided (sold and given back)
 * GET  /v1/shipments?reference=R  what was sold under a reference and not given back
 * GET  /v1/shipments/{id}/label?format=PDF|PNG|ZPL&amp;size=4x6&amp;dpi=203|300      202 while it is being made
 * POST /v1/shipments/{id}/void    409 already_voided, already_used (picked up)
 * POST /v1/rates                  a price for every service, or why it is excluded
 * GET  /v1/tracking?numbers=A,B   events up to now
 * GET  /v1/book                   the audit: sold, voided and pending per order number and per reference
 * </pre>
 *
 * Errors are {@code {"errors": [{"code", "message", "field"}]}}: 401 token, 404, 409, 413, 422 refused. Prices are in
 * USD; every part is rounded half up to cents and the total is their sum. A parcel is charged by the greater of its
 * weight and its volume at 5,000 cm³ to the kilogram, and may weigh 70 kg.
 *
 * <h2>Magic recipients</h2>
 *
 * A {@code shipTo.name} that starts with one of these plays a fault, whatever channel the order came by. Times may be
 * set in seconds, {@code SANDBOX:LATE=2 Jane Roe}. Each fault but REFUSE comes with the first request under an
 * idempotency key; whoever sends again or looks up finds the sale, or after DROP makes it.
 *
 * <pre>
 * SANDBOX:REFUSE       not sold; refused in words, at /shipTo
 * SANDBOX:LOSE-ANSWER  sold, then the connection is closed without an answer
 * SANDBOX:SELL-503     sold, then answered 503
 * SANDBOX:LATE         answered 504; the sale takes effect some seconds later
 * SANDBOX:LABEL-LATER  sold without a label; it is ready some seconds later
 * SANDBOX:SLOW         sold, and answered some seconds later
 * SANDBOX:DROP         not sold; the connection is closed without an answer
 * SANDBOX:CUT          sold; the connection is closed after so many bytes of the answer's body, {@code CUT=20}
 * SANDBOX:HANG         sold, never answered; the connection is closed after a minute
 * SANDBOX:TRACK-FAIL   sold; its delivery fails
 * </pre>
 */
@NullMarked
package io.waybill.carrier.sandbox;

import org.jspecify.annotations.NullMarked;
