package io.waybill.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasureTest {

    @ParameterizedTest
    @CsvSource({"1, KG, 1000", "1, LB, 453.59237", "16, OZ, 453.592370", "350, G, 350", "0.1, KG, 100.0"})
    void a_weight_knows_its_exact_grams(String value, MassUnit unit, BigDecimal grams) {
        assertThat(Weight.of(value, unit).grams()).isEqualByComparingTo(grams);
    }

    @Test
    void weights_of_one_unit_keep_it_and_others_are_added_in_grams() {
        assertThat(Weight.of("1.2", MassUnit.KG).plus(Weight.of("0.3", MassUnit.KG)))
                .isEqualTo(Weight.of("1.5", MassUnit.KG));
        assertThat(Weight.of("1", MassUnit.KG).plus(Weight.of("1", MassUnit.LB)).grams())
                .isEqualByComparingTo("1453.59237");
    }

    @Test
    void a_weight_there_and_back_is_the_same() {
        Weight pounds = Weight.of("2.5", MassUnit.LB);
        assertThat(pounds.in(MassUnit.OZ).value()).isEqualByComparingTo("40");
        assertThat(pounds.in(MassUnit.OZ).in(MassUnit.LB).value()).isEqualByComparingTo("2.5");
    }

    @Test
    void a_weight_is_never_negative() {
        assertThatThrownBy(() -> Weight.of("-1", MassUnit.G)).hasMessageContaining("-1 g");
    }

    @ParameterizedTest
    @CsvSource({"kg, KG", "KGM, KG", "L, LB", "lbs, LB", "Ounces, OZ", "公斤, KG", "' g ', G"})
    void units_are_read_by_their_common_spellings(String text, MassUnit unit) {
        assertThat(MassUnit.read(text)).contains(unit);
    }

    @Test
    void a_unit_nobody_knows_is_not_guessed() {
        assertThat(MassUnit.read("stone")).isEmpty();
        assertThat(LengthUnit.read("ell")).isEmpty();
    }

    @Test
    void currencies_are_never_mixed() {
        assertThat(Money.of("8.10", "USD").plus(Money.of("1.32", "USD"))).hasToString("9.42 USD");
        assertThatThrownBy(() -> Money.of("1", "USD").plus(Money.of("1", "EUR")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("currencies differ");
    }

    @Test
    void a_box_has_an_exact_volume() {
        Dimensions box = new Dimensions(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TEN, LengthUnit.IN);
        assertThat(box.cubicMillimetres()).isEqualByComparingTo("163870.64");
    }

    @ParameterizedTest
    @CsvSource({"DE", "de", "DEU", "Germany", "德国", "Deutschland", "' Allemagne '"})
    void a_country_is_read_by_code_and_by_name(String text) {
        assertThat(Country.read(text)).contains(new Country("DE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HK | Hong Kong
            HK | 香港
            MO | Macao SAR
            AE | U.A.E.
            TR | TÜRKIYE
            CI | Cote D’Ivoire
            CZ | Czech Republic
            NL | The Netherlands
            GM | Gambia, The
            BA | Bosnia and Herzegovina
            LC | Saint Lucia
            KR | Korea, Republic of
            VI | Virgin Islands, U.S.
            US | U.S.A.
            XK | Kosovo
            """)
    void a_country_is_read_by_the_names_shops_and_customs_write(String alpha2, String text) {
        assertThat(Country.read(text)).contains(new Country(alpha2));
    }

    @Test
    void every_country_is_read_by_its_own_codes_and_names() {
        for (String code : Locale.getISOCountries()) {
            Country country = new Country(code);
            assertThat(Country.read(code)).contains(country);
            assertThat(Country.read(country.alpha3())).contains(country);
            assertThat(Country.read(new Locale("", code).getDisplayCountry(Locale.ENGLISH)))
                    .contains(country);
        }
        assertThat(new Country("XK").alpha3()).isEqualTo("XKX");
    }

    @Test
    void the_united_kingdom_is_gb() {
        assertThat(Country.read("UK")).contains(new Country("GB"));
        assertThat(new Country("GB").alpha3()).isEqualTo("GBR");
        assertThat(Country.read("Narnia")).isEmpty();
    }
}
