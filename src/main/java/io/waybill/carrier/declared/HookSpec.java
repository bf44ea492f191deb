package io.waybill.carrier.declared;

import io.waybill.mapping.Mapping;

/**
 * What a carrier pushes.
 *
 * @param hmac whether {@code header} holds an HMAC-SHA256 of the body; the secret itself otherwise
 * @param secret the setting that holds it
 */
record HookSpec(boolean hmac, String header, String secret, Mapping reply, ReplySpec reads) {}
