package io.waybill.order;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Where a parcel comes from or goes to. Country is ISO 3166-1 alpha-2. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Address(
        @Nullable String name,
        @Nullable String company,
        String line1,
        @Nullable String line2,
        @Nullable String line3,
        @Nullable String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country,
        @Nullable String phone,
        @Nullable String email,
        @Nullable Boolean residential,
        @Nullable String taxId) {}
