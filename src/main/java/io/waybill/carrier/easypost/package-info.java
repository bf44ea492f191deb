/**
 * EasyPost, API v2: many carriers' labels behind one interface. Start at {@link io.waybill.carrier.easypost.EasyPostFactory}.
 *
 * <p>Class A in two steps. Preparing makes a shipment, which is free and holds the prices; its id and the chosen rate are the bytes
 * that are stored and sent. Buying them twice is answered with "already bought", and the shipment is looked up by its id. The
 * shipment's reference is our ref, so that it is found again when those bytes are lost; one that was prepared before and says the
 * same is used again.
 *
 * <p>A refund is asked for and decided by the carrier in days. Label, tracker and refund are read from the shipment.
 *
 * <p>One parcel a shipment. Not supported: what {@link io.waybill.carrier.easypost.EasyPostFactory#facts} lists.
 */
@NullMarked
package io.waybill.carrier.easypost;

import org.jspecify.annotations.NullMarked;
