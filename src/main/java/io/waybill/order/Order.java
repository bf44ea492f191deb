package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.measure.Dimensions;
import io.waybill.measure.Money;
import io.waybill.measure.Weight;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The canonical order, {@code order/1}: what every source is mapped to and every carrier adapter reads. Lists are never
 * null.
 *
 * @param orderId the customer's order number, unique in its namespace over all channels
 * @param release {@code now | packed | shipDate | hold}; null until a default is chosen
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Order(
        String orderId,
        @Nullable String namespace,
        @Nullable OffsetDateTime placedAt,
        @Nullable String reference,
        List<Identifier> identifiers,
        @Nullable Address shipFrom,
        Address shipTo,
        @Nullable String service,
        @Nullable String account,
        @Nullable String release,
        List<Parcel> parcels,
        List<Item> items,
        @Nullable Customs customs,
        @Nullable LabelSpec label,
        @Nullable Billing billing,
        @Nullable Options options,
        Map<String, JsonNode> metadata) {

    public Order {
        identifiers = identifiers == null ? List.of() : List.copyOf(identifiers);
        parcels = parcels == null ? List.of() : List.copyOf(parcels);
        items = items == null ? List.of() : List.copyOf(items);
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** An order's number in another system: {@code {system: sap, type: VBELN, value: 0080001234}}. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Identifier(String system, @Nullable String type, String value) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Parcel(
            @Nullable String reference,
            @Nullable Weight weight,
            @Nullable Dimensions dimensions,
            @Nullable String packaging,
            List<String> items) {
        public Parcel {
            items = items == null ? List.of() : List.copyOf(items);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(
            @Nullable String sku,
            @Nullable String externalId,
            @Nullable String description,
            @Nullable String descriptionLocal,
            @Nullable Integer quantity,
            @Nullable Money unitPrice,
            @Nullable Weight weight,
            @Nullable String hsCode,
            @Nullable String originCountry) {}

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Customs(
            @Nullable String contents,
            @Nullable String incoterm,
            @Nullable Money declaredValue,
            @Nullable String invoiceNumber,
            @Nullable String signer) {}

    /** What the label shall be: format {@code PDF PNG ZPL EPL2}, size {@code 4x6 …}, dpi 203 or 300. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LabelSpec(
            @Nullable String format,
            @Nullable String size,
            @Nullable Integer dpi) {
        public static final LabelSpec DEFAULT = new LabelSpec("PDF", "4x6", 203);
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Billing(
            @Nullable String costCenter,
            @Nullable String department,
            @Nullable String payer,
            @Nullable String account,
            @Nullable String postalCode,
            @Nullable String country,
            @Nullable String dutiesPayer,
            List<String> references) {
        public Billing {
            references = references == null ? List.of() : List.copyOf(references);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Options(
            @Nullable String signature,
            @Nullable Money insuredValue,
            @Nullable Boolean saturday,
            @Nullable Boolean isReturn,
            @Nullable String batteries,
            @Nullable LocalDate shipDate) {}

    /** The total weight in grams of parcels that have one. */
    public BigDecimal grams() {
        return parcels.stream()
                .map(Parcel::weight)
                .filter(weight -> weight != null)
                .map(Weight::grams)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
