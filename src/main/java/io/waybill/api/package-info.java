/** The REST face: the HTTP server, its gate, and the resources behind it. Start at {@link io.waybill.api.HttpServer}. */
@NullMarked
package io.waybill.api;

import org.jspecify.annotations.NullMarked;
