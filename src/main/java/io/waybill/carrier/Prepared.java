package io.waybill.carrier;

/**
 * A purchase ready to be sent, stored before it is.
 *
 * @param ref what the carrier will know it by
 * @param bytes the request body, re-sent verbatim by a class A recovery
 */
public record Prepared(Ref ref, byte[] bytes) {}
