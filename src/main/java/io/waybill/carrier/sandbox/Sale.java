package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * One line of the book: a shipment sold.
 *
 * @param key the idempotency key it was bought with
 * @param bodySha256 of the request bytes; another body under the same key is refused
 * @param effectiveAt when the sale takes effect; before, nobody finds it
 * @param labelAt when its label is ready
 * @param numbers one tracking number a parcel
 * @param request what was bought, as it was sent
 */
record Sale(
        String id,
        String key,
        String reference,
        String orderNumber,
        String bodySha256,
        Instant soldAt,
        Instant effectiveAt,
        Instant labelAt,
        List<String> numbers,
        List<Part> price,
        JsonNode request) {

    /** A part of the price in USD. */
    record Part(
            String code,
            String text,
            @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount) {}

    String service() {
        return Json.text(request, "service");
    }

    Magic magic() {
        return Magic.in(Json.text(request.path("shipTo"), "name"));
    }

    BigDecimal total() {
        return price.stream().map(Part::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
