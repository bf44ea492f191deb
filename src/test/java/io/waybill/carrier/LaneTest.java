package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.order.Address;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a shipment goes, whichever way its addresses are written. */
class LaneTest {
    @ParameterizedTest
    @ValueSource(strings = {"PR", "VI", "GU", "AS", "MP"})
    void a_territory_of_the_us_is_a_country_also_where_it_is_written_as_a_state(String territory) {
        assertThat(Lane.country(in(territory, "US"))).isEqualTo(territory);
        assertThat(Lane.country(in(null, territory))).isEqualTo(territory);
        assertThat(Lane.of(Samples.shipment(in(territory, "US"), "ground", Samples.PDF, "1"))
                        .isDomestic())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"US", "PR", "VI", "GU", "AS", "MP"})
    void pounds_and_inches_are_what_is_measured_in_where_a_shipment_leaves_the_us_or_a_territory(String from) {
        assertThat(new Lane(from, "DE", false, false).isImperial()).isTrue();
        assertThat(new Lane("DE", from, false, false).isImperial()).isFalse();
    }

    @Test
    void states_bases_and_other_countries_stay_what_they_are() {
        assertThat(Lane.country(in("TX", "US"))).isEqualTo("US");
        assertThat(Lane.country(in("AE", "US"))).isEqualTo("US");
        assertThat(Lane.country(in(null, "US"))).isEqualTo("US");
        assertThat(Lane.country(in("MP", "ES"))).isEqualTo("ES");
    }

    @ParameterizedTest
    @CsvSource({
        "DE, 10115, ES, 28001, true",
        "DE, 10115, ES, 35001, false",
        "ES, 28001, ES, 38001, false",
        "ES, 35001, ES, 38001, true",
        "ES, 51001, ES, 52001, false",
        "DE, 10115, FR, 97110, false",
        "DE, 10115, FR, 98000, true",
        "DE, 10115, FR, 35000, true",
        "IT, 23041, DE, 10115, false",
        "FI, 00100, FI, 22100, false",
        "US, 35004, US, 38103, true"
    })
    void parts_of_a_country_outside_of_the_eus_customs_and_vat_are_beyond_a_border(
            String from, String fromCode, String to, String toCode, boolean isFree) {
        Shipment sold = Samples.shipment(in(null, to, toCode), "ground", Samples.PDF, "1");
        Shipment shipment =
                new Shipment(sold.order(), 1, sold.service(), in(null, from, fromCode), sold.parcels(), Samples.PDF);
        assertThat(Lane.of(shipment).isFreeOfCustoms()).isEqualTo(isFree);
    }

    private static Address in(@Nullable String state, String country) {
        return in(state, country, "00801");
    }

    private static Address in(@Nullable String state, String country, String postalCode) {
        return new Address(
                "Ana Cruz",
                null,
                "1 Marine Dr",
                null,
                null,
                "Town",
                state,
                postalCode,
                country,
                "3405550100",
                null,
                null,
                null);
    }
}
