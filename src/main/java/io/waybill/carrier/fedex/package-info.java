/**
 * FedEx: Ship, Rates and Transit Times, and Track APIs v1; Ground End of Day Close; Advanced Integrated Visibility. Start at {@link
 * io.waybill.carrier.fedex.FedexFactory}.
 *
 * <p>Class B: FedEx has no idempotency key. The order number travels as each package's customer reference and our ref as its
 * invoice number; Track by References finds the ref again, with its numbers and without its label, for FedEx prints none
 * twice. What was found so is voided and bought once more.
 *
 * <p>Above 40 parcels FedEx answers with a job, and the label and the numbers are asked for later; until then the job's name
 * stands for the shipment, {@code job:…}.
 *
 * <p>Services are called by the words or the codes of {@code services.csv}.
 */
@NullMarked
package io.waybill.carrier.fedex;

import org.jspecify.annotations.NullMarked;
