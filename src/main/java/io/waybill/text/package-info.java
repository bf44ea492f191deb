/**
 * What is made of texts and bytes that nobody looks into: one shortened, one without what nobody sees, one for an address, a name for what they say, the words of a failure, one told
 * again. Start at {@link io.waybill.text.Shortened}.
 */
@NullMarked
package io.waybill.text;

import org.jspecify.annotations.NullMarked;
