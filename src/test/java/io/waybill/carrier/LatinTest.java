package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatinTest {
    @ParameterizedTest
    @ValueSource(strings = {"Jane Roe", "Łódź, ul. Święta 3/4", "Æbeløgade № 5", "O’Neil & Söhne (2.)", ""})
    void accents_digits_and_signs_are_latin(String text) {
        assertThatCode(() -> Latin.require(text, "/x")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"东京都", "Улица Ленина 1", "Main St 北", "شارع", "ถนน"})
    void other_scripts_are_told_at_the_field_in_both_languages(String name) {
        Shipment shipment = Samples.shipment(Samples.home(name), "ground", Samples.PDF, "1");
        assertThatThrownBy(() -> Latin.require(shipment)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            org.assertj.core.api.Assertions.assertThat(refused.pointer()).isEqualTo("/shipTo/name");
            org.assertj.core.api.Assertions.assertThat(String.valueOf(refused.problem("ups-acme")))
                    .contains("ups-acme", "Latin letters");
        });
    }

    @Test
    void both_addresses_are_looked_at() {
        Shipment fine = Samples.shipment();
        Shipment shipment = new Shipment(fine.order(), 1, "ground", Samples.home("仓库"), fine.parcels(), Samples.PDF);
        assertThatThrownBy(() -> Latin.require(shipment))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> org.assertj.core.api.Assertions.assertThat(refused.pointer())
                                .isEqualTo("/shipFrom/name"));
    }
}
