/**
 * USPS APIs v3: OAuth 3, Payments 3.1.20, Labels 3.9.13 (domestic, return and reprint), Shipping Options 3.1.29, Tracking
 * 3.2.6, International Labels 3, SCAN Forms 3. Start at {@link io.waybill.carrier.usps.UspsFactory}.
 *
 * <p>Class A: the purchase key travels as {@code X-Idempotency-Key}, and the same key and payload are answered with the label
 * that was sold. A key is looked up by printing its label again, which USPS does three times up to the mailing date, and for
 * labels mailed within the last seven days.
 *
 * <p>A label is one parcel. Services are called by the words or the codes of {@code services.csv}. Labels are asked for as
 * one JSON and read in parts too. Prices are commercial, or the contract's with the commercial ones beside.
 *
 * <p>USPS's documents of International Labels and SCAN Forms were not at hand: their fields are taken from public clients
 * and USPS's own examples, and so are the error codes 160378, 160412 and 160979. Not checked against a document: lengths and
 * enums of an address abroad, the names within {@code customerReference} abroad, the reprint of labels abroad, and how many
 * labels a SCAN form takes.
 */
@NullMarked
package io.waybill.carrier.usps;

import org.jspecify.annotations.NullMarked;
