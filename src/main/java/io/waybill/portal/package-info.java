/**
 * The pages for people, in English and Chinese. A page is made of what the calls answer and an act is one call, so a page
 * can neither see nor do what the caller may not by REST. Start at {@link io.waybill.portal.Portal}.
 */
@NullMarked
package io.waybill.portal;

import org.jspecify.annotations.NullMarked;
