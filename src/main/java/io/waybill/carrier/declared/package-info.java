/**
 * Carriers without code: a description in {@code carriers/<name>/carrier.yaml} and mappings beside it say how a carrier is called
 * over HTTP. {@link io.waybill.carrier.declared.DeclaredFactory} is the door; docs/declared.md is the description's own.
 *
 * <p>Not supported: SOAP envelopes with signatures inside, multipart bodies, signatures within a body, a purchase of more than two
 * calls, several shipments in one call.
 */
@NullMarked
package io.waybill.carrier.declared;

import org.jspecify.annotations.NullMarked;
