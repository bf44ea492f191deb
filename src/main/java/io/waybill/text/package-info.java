/**
 * What is made of texts and bytes that nobody looks into: one shortened, one for an address, a name for what they say. Start at
 * {@link io.waybill.text.Shortened}, {@link io.waybill.text.UrlPart}, {@link io.waybill.text.Sha256}.
 */
@NullMarked
package io.waybill.text;

import org.jspecify.annotations.NullMarked;
