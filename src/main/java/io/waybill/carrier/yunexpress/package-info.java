/**
 * YunExpress (云途): the open platform at openapi.yunexpress.cn, v1. Start at {@link
 * io.waybill.carrier.yunexpress.YunExpressFactory}.
 *
 * <p>Every call carries a token, the time in milliseconds and a signature over body, time, method and path. An answer is an
 * envelope: {@code success}, {@code code}, {@code msg}, {@code result}; a refusal is a 200 too. Fields are read however they are
 * spelled; the order is sent in snake_case, as the platform's document and its users have it.
 *
 * <p>The customer's order number of a purchase is our ref, which the platform takes once only and can be asked for. Class B, or A
 * where the account says {@code duplicateProven=true}. The waybill's number stands for the shipment; its tracking number and its
 * label may come later, its price is asked for.
 *
 * <p>One parcel a waybill. Not supported: what {@link io.waybill.carrier.yunexpress.YunExpressFactory#facts} lists.
 */
@NullMarked
package io.waybill.carrier.yunexpress;

import org.jspecify.annotations.NullMarked;
