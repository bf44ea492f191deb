/**
 * DHL Parcel DE (DHL Paket, Kleinpaket, Warenpost): Parcel DE Shipping v2 (2.1.13), Parcel DE Tracking v0. Start at {@link
 * io.waybill.carrier.dhl_parcel_de.PaketFactory}.
 *
 * <p>Class C: there is neither an idempotency key nor a look-up. {@code refNo} is our ref, so a person who has to decide can search for it in
 * DHL's business portal, but the interface does not, and tracking knows it only after the daily close.
 *
 * <p>One parcel is one shipment with DHL. An order of several parcels is one POST of several shipments, which DHL may answer with 207: some
 * sold, some refused. Half an order is not what was asked for, so what was sold is deleted at once (DHL takes shipments back until the daily
 * close, without charge), and the order is refused with DHL's words. Where the deletion is not confirmed the purchase is unknown, its numbers are told, and a person
 * decides. Four parcels at most: the hub knows a shipment by one number, here by the numbers of its parcels joined.
 *
 * <p>What DHL is asked to print stands in the address of the call, not in its body, and only the body is stored. So the body says which it
 * is by the line breaks after its end, which JSON ignores ({@link io.waybill.carrier.dhl_parcel_de.PaketPrint}).
 *
 * <p>{@code mustEncode} is true unless the account says otherwise: else DHL sells a label for a German address its machines cannot read, with a
 * warning that only the story of the order tells, and the parcel is sorted by hand.
 *
 * <p>No prices: an account rates by a sheet. Not supported: returns without a shipment, cash on delivery, age and identity checks of a named person, preferred
 * days, neighbours and places, labels by address.
 */
@NullMarked
package io.waybill.carrier.dhl_parcel_de;

import org.jspecify.annotations.NullMarked;
