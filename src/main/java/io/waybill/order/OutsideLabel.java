package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.waybill.measure.Money;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A label that was bought outside this hub, {@code shipment-import/1}.
 *
 * @param account the hub's name of the account it was bought with; null when it is none of the hub's
 * @param carrier null where the account says it
 * @param date when it was bought
 * @param cost what it was said to cost, or null
 * @param system where it was bought, as people there call it
 * @param voided it was given back there
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutsideLabel(
        String orderId,
        @Nullable String namespace,
        @Nullable String reference,
        @Nullable String account,
        @Nullable String carrier,
        @Nullable String service,
        String trackingNumber,
        LocalDate date,
        @Nullable Money cost,
        @Nullable String costCenter,
        String system,
        boolean voided) {}
